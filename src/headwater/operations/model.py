"""What `headwater model` does: list, fetch and serve the embedded model."""

from __future__ import annotations

import signal
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.llm.catalog import CATALOG, find_entry
from headwater.llm.choose import choose_model
from headwater.llm.embedded import plan_server
from headwater.llm.join import join_server
from headwater.llm.probe import LOCAL_SERVERS, find_local_models
from headwater.llm.pull import find_model, pull_model
from headwater.llm.settings import model_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from headwater.llm.catalog import CatalogEntry
    from headwater.llm.choose import Choice
    from headwater.llm.probe import LocalModel
    from headwater.llm.pull import PullObserver
    from headwater.llm.settings import ModelSettings


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownModel:
    """A model of the catalog; `path` is where it was fetched to, None when it was not."""

    name: str
    size: int
    licence: str
    path: Path | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelList:
    """The embedded models, what servers on this machine offer, and what a build would use."""

    embedded: tuple[KnownModel, ...]
    local: tuple[LocalModel, ...]
    choice: Choice


@dataclass(frozen=True, kw_only=True, slots=True)
class PulledModel:
    """A model that is here now and whose hash is right."""

    name: str
    size: int
    sha256: str
    path: Path


@dataclass(frozen=True, kw_only=True, slots=True)
class ServedModel:
    """A running server: its OpenAI-compatible address, and the file that holds its API key."""

    name: str
    url: str
    key_file: Path
    pid: int


def list_models(
    settings: ModelSettings,
    *,
    environment: Mapping[str, str],
    servers: Sequence[str] = LOCAL_SERVERS,
) -> ModelList:
    """Which models there are, and which one a build would use and why."""
    folder = model_folder()
    return ModelList(
        embedded=tuple(
            KnownModel(
                name=entry.name,
                size=entry.size,
                licence=entry.licence,
                path=find_model(entry, folder=folder),
            )
            for entry in CATALOG
        ),
        local=find_local_models(servers),
        choice=choose_model(settings, environment=environment, servers=servers),
    )


def pull(
    name: str,
    *,
    settings: ModelSettings,
    observer: PullObserver,
    catalog: Sequence[CatalogEntry] = CATALOG,
) -> PulledModel:
    """Fetch a model of the catalog (empty name: the default), or check the one that is here.

    Raises:
        UsageError: the catalog has no such model.
        ModelError: its bytes cannot be had.
    """
    entry = find_entry(name, catalog=catalog)
    path = pull_model(entry, folder=model_folder(), mirror=settings.mirror, observer=observer)
    return PulledModel(name=entry.name, size=entry.size, sha256=entry.sha256, path=path)


def serve(
    name: str,
    *,
    settings: ModelSettings,
    observer: PullObserver,
    ready: Callable[[ServedModel], None],
    wait: Callable[[], object] = signal.pause,
) -> ServedModel:
    """Keep a model of the catalog served until `wait` returns or is interrupted.

    The server is the one that builds use: it is joined when it runs, and goes on after this for
    as long as others need it. `ready` is called once, when it answers.

    Raises:
        UsageError: the catalog has no such model.
        ModelError: the model cannot be had or served.
    """
    entry = find_entry(name)
    plan = plan_server(entry, settings=settings, observer=observer)
    with join_server(plan) as state:
        served = ServedModel(
            name=entry.name,
            url=f"{state.url}/v1",
            key_file=plan.folder / "state.json",
            pid=state.pid,
        )
        ready(served)
        with suppress(KeyboardInterrupt):  # how a person ends it
            wait()
    return served
