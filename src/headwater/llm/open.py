"""Opens the model that the settings name, with redaction, cache and gateway in their order."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.llm.cache import CachedModel
from headwater.llm.catalog import find_entry
from headwater.llm.choose import choose_model
from headwater.llm.embedded import open_embedded
from headwater.llm.endpoint import read_endpoint
from headwater.llm.gateway import GatewayModel
from headwater.llm.redact import RedactedModel, find_secrets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from headwater.llm.interface import Model
    from headwater.llm.pull import PullObserver
    from headwater.llm.settings import ModelSettings
    from headwater.llm.shared_cache import SharedAnswers

_EMBEDDED = "embedded:"


@contextmanager
def open_model(
    settings: ModelSettings,
    *,
    observer: PullObserver,
    environment: Mapping[str, str],
    cache: Path | None = None,
    shared: SharedAnswers | None = None,
    frozen: bool = False,
    schemes: Mapping[str, Callable[[str], Model]] | None = None,
) -> Iterator[Model]:
    """The model to work with, until the block ends. Nothing is reached before the first request.

    Args:
        settings: which model; without a name one is chosen that is not billed, so ask
            `choose_model` first where a person can agree to another.
        observer: sees the embedded model being fetched, if it has to be.
        environment: holds API keys; its secrets are kept out of every request.
        cache: folder that keeps answers; None for no cache.
        shared: answers of others, looked at and added to beside `cache`; None for none.
        frozen: answer from the cache alone.
        schemes: further kinds of model: what stands before the first `:` of a name, and what
            opens the rest.

    Raises:
        UsageError: the name is of no known kind.
    """
    if not settings.name and not settings.base_url:
        choice = choose_model(settings, environment=environment)
        settings = replace(settings, name=(choice.otherwise or choice).name)
    with ExitStack() as opened:
        model = _open_bare(settings, opened, observer, environment, schemes or {})
        if cache is not None:
            model = CachedModel(model, folder=cache, shared=shared, frozen=frozen)
        yield RedactedModel(model, secrets=find_secrets(environment))


def _open_bare(
    settings: ModelSettings,
    opened: ExitStack,
    observer: PullObserver,
    environment: Mapping[str, str],
    schemes: Mapping[str, Callable[[str], Model]],
) -> Model:
    scheme, _, rest = settings.name.partition(":")
    if scheme in schemes:
        return schemes[scheme](rest)
    if settings.name.startswith(_EMBEDDED):
        entry = find_entry(rest)
        return opened.enter_context(open_embedded(entry, settings=settings, observer=observer))
    endpoint = read_endpoint(settings, environment=environment)
    gateway = GatewayModel(endpoint, timeout=settings.timeout, retries=settings.retries)
    return opened.enter_context(gateway)
