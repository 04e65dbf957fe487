"""Where a model is reached, read from its name and the settings."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from headwater.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.llm.settings import ModelSettings


@dataclass(frozen=True, kw_only=True, slots=True)
class Endpoint:
    """A model and the way to it.

    Attributes:
        name: as locks record it.
        model: the model's name there; with a provider, `provider:model`.
        base_url: address of an OpenAI-compatible server; empty for a provider known by name.
        api_key: sent with requests; empty for none, or for the provider's own variable.
        continues: the server goes on with an answer that has begun, and keeps prompts in a cache
            when told to, as llama.cpp does.
    """

    name: str
    model: str
    base_url: str = ""
    api_key: str = ""
    continues: bool = False

    @property
    def local(self) -> bool:
        """Whether the server is on this machine."""
        return bool(self.base_url) and is_loopback(self.base_url)


def read_endpoint(settings: ModelSettings, *, environment: Mapping[str, str]) -> Endpoint:
    """The endpoint that `settings.name` and `settings.base_url` name.

    Raises:
        UsageError: the name has no provider and no address, or the key's variable is not set.
    """
    key = _read_key(settings.api_key_variable, environment)
    address, _, model = settings.name.partition("#")
    if settings.base_url:
        address, model = settings.base_url, settings.name
    if address.startswith(("http://", "https://")):
        address = address.rstrip("/")
        if not model:
            raise UsageError(
                f"the model at {address} has no name",
                hint=f"Write `{address}#NAME`, or set `model.name` beside `model.base_url`.",
            )
        return Endpoint(
            name=f"{address}#{model}",
            model=model,
            base_url=address,
            api_key=key,
            continues=_continues(settings.prefill, address),
        )
    if ":" not in settings.name:
        raise UsageError(
            f"the model name `{settings.name}` has no provider",
            hint="Write `provider:model`, such as `anthropic:claude-sonnet-5-5`, an address "
            "`http://host:port/v1#model`, or `embedded:` for the embedded model.",
        )
    return Endpoint(name=settings.name, model=settings.name, api_key=key)


def is_loopback(url: str) -> bool:
    """Whether `url` points to this machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _continues(prefill: str, address: str) -> bool:
    answers = {"always": True, "never": False, "auto": is_loopback(address)}
    if prefill not in answers:
        raise UsageError(f"`model.prefill` must be one of {', '.join(answers)}, not {prefill!r}")
    return answers[prefill]


def _read_key(variable: str, environment: Mapping[str, str]) -> str:
    if not variable:
        return ""
    key = environment.get(variable, "")
    if not key:
        raise UsageError(
            f"`model.api_key_variable` names {variable}, which is not set in the environment",
            hint=f"Set {variable}, or remove the setting.",
        )
    return key
