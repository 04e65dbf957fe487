"""Which model to use when nothing is configured, and why."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.llm.catalog import find_entry
from headwater.llm.probe import LOCAL_SERVERS, find_local_models, pick_capable
from headwater.llm.pull import find_model
from headwater.llm.settings import model_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.llm.settings import ModelSettings

_PROVIDERS = (
    # Key's variable, the package that its client needs, the model to take.
    ("ANTHROPIC_API_KEY", "anthropic", "anthropic:claude-sonnet-5-5"),
    ("OPENAI_API_KEY", "openai", "openai:gpt-6.1-terra"),
    ("GEMINI_API_KEY", "google.genai", "google:gemini-3.8-flash"),
    ("MISTRAL_API_KEY", "mistralai", "mistral:codestral-latest"),
    ("DEEPSEEK_API_KEY", "openai", "deepseek:deepseek-v4-pro"),
    ("OPENROUTER_API_KEY", "openai", "openrouter:qwen/qwen3-coder"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A model, and why it.

    Attributes:
        name: as `ModelSettings.name` takes it.
        why: one sentence, to be said before the first call.
        needs_consent: calls are billed and no setting asked for it, so a person must agree.
        otherwise: what to use when the person does not.
    """

    name: str
    why: str
    needs_consent: bool = False
    otherwise: Choice | None = None


def choose_model(
    settings: ModelSettings,
    *,
    environment: Mapping[str, str],
    servers: Sequence[str] = LOCAL_SERVERS,
) -> Choice:
    """The configured model; else a local server's; else a provider's; else the embedded one.

    A provider is chosen when its key is in the environment and its client is installed; that
    choice needs consent. Nothing is sent anywhere but to `servers`, which are asked for their list
    of models, with a short timeout.
    """
    if settings.name or settings.base_url:
        return Choice(name=settings.name, why="The settings name it.")
    local = pick_capable(find_local_models(servers))
    if local is not None:
        return Choice(
            name=f"{local.base_url}#{local.model}",
            why=f"The server at {local.base_url} on this machine offers {local.model}.",
        )
    return _choose_provider(environment) or _choose_embedded()


def _choose_provider(environment: Mapping[str, str]) -> Choice | None:
    for variable, package, name in _PROVIDERS:
        if environment.get(variable) and _is_installed(package):
            return Choice(
                name=name,
                why=f"{variable} is set and no model server runs here; calls are billed.",
                needs_consent=True,
                otherwise=_choose_embedded(),
            )
    return None


def _choose_embedded() -> Choice:
    entry = find_entry("")
    fetched = find_model(entry, folder=model_folder()) is not None
    size = "" if fetched else f", fetched once ({entry.size / 1e9:.1f} GB)"
    return Choice(
        name=f"embedded:{entry.name}",
        why=f"No model server runs here and none is configured: the embedded model{size}.",
    )


def _is_installed(package: str) -> bool:
    try:
        return importlib.util.find_spec(package) is not None
    except ModuleNotFoundError:  # a parent package is absent
        return False
