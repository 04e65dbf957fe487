"""Settings, merged once: defaults, then `headwater.toml`, then environment, then command line.

Every package declares the frozen settings that it takes; this module only fills them in.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args, get_origin, get_type_hints

from headwater.errors import UsageError
from headwater.llm.settings import ModelSettings
from headwater.operations.standing.settings import ApproveSettings, BuildSettings, ReviewSettings
from headwater.rules.settings import RuleSettings
from headwater.sandbox.settings import SandboxSettings
from headwater.steps.drafting.settings import DraftSettings
from headwater.steps.plan.settings import PlanSettings
from headwater.steps.settings import SearchSettings

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS_FILE = "headwater.toml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """All settings. Each field is a table of `headwater.toml`."""

    model: ModelSettings = field(default_factory=ModelSettings)
    search: SearchSettings = field(default_factory=SearchSettings)
    draft: DraftSettings = field(default_factory=DraftSettings)
    plan: PlanSettings = field(default_factory=PlanSettings)
    build: BuildSettings = field(default_factory=BuildSettings)
    approve: ApproveSettings = field(default_factory=ApproveSettings)
    review: ReviewSettings = field(default_factory=ReviewSettings)
    sandbox: SandboxSettings = field(default_factory=SandboxSettings)
    rules: RuleSettings = field(default_factory=RuleSettings)


def load_settings(
    root: Path, *, overrides: Mapping[str, object], environment: Mapping[str, str]
) -> Settings:
    """Merge the settings of a repository.

    Args:
        root: the repository, where `headwater.toml` may stand.
        overrides: from the command line, by dotted name (`model.seed`); None means not given.
        environment: read for `HEADWATER_MODEL_SEED` and the like.

    Raises:
        UsageError: the file is no TOML, or a table, key or value is not one that exists.
    """
    text = _read_text(root / SETTINGS_FILE)
    tables = _parse(text)
    kinds = get_type_hints(Settings)
    for name in tables:
        if name not in kinds:
            raise _unknown(name, tuple(kinds), where=_where(text, "", name))
    values = {
        name: _read_table(kind, tables.get(name, {}), name, text) for name, kind in kinds.items()
    }
    for name, value in environment.items():
        _apply_variable(values, name, value)
    for dotted, given in overrides.items():
        if given is not None:
            section, key = dotted.split(".")
            values[section][key] = _convert(given, get_type_hints(kinds[section])[key], dotted)
    return Settings(**{name: kind(**values[name]) for name, kind in kinds.items()})


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8") if path.is_file() else ""
    except UnicodeDecodeError as error:
        raise UsageError(f"{SETTINGS_FILE} is not UTF-8: {error.reason}") from error


def _parse(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{SETTINGS_FILE} is not valid TOML: {error}") from error


def _read_table(kind: type, table: object, section: str, text: str) -> dict[str, object]:
    """What one table sets, each value as the type that its setting has."""
    if not isinstance(table, dict):
        where = _where(text, "", section)
        raise UsageError(f"{where}: [{section}] must be a table of settings")
    hints = get_type_hints(kind)
    values: dict[str, object] = {}
    for key, value in table.items():
        where = _where(text, section, key)
        if key not in hints:
            raise _unknown(f"{section}.{key}", tuple(f"{section}.{n}" for n in hints), where=where)
        values[key] = _convert(value, hints[key], f"{where}: {section}.{key}")
    return values


def _apply_variable(values: dict[str, dict[str, object]], name: str, value: str) -> None:
    """`HEADWATER_MODEL_SEED=3` sets `model.seed`; other variables are not settings."""
    prefix, section, key = (*name.lower().split("_", 2), "", "")[:3]
    if prefix != "headwater" or section not in values:
        return
    hint = get_type_hints(get_type_hints(Settings)[section]).get(key)
    if hint is not None:
        values[section][key] = _convert(_read_variable(value, hint), hint, name)


def _read_variable(value: str, hint: object) -> object:
    """A variable's text as what it stands for; as it is where it stands for nothing."""
    if get_origin(hint) is tuple:
        return [part.strip() for part in value.split(",") if part.strip()]
    if hint is bool:
        return {"1": True, "true": True, "0": False, "false": False}.get(value.lower(), value)
    try:
        return hint(value) if hint in (int, float) else value
    except ValueError:
        return value


def _convert(value: object, hint: object, where: str) -> object:
    if get_origin(hint) is tuple and isinstance(value, list):
        inner = get_args(hint)[0]
        return tuple(_convert(item, inner, where) for item in value)
    if get_origin(hint) is Mapping:
        return _convert_table(value, get_args(hint)[1], where)
    if hint is float and type(value) is int:
        return float(value)
    if get_origin(hint) is Literal:
        if value not in get_args(hint):
            raise UsageError(f"{where} must be one of {', '.join(get_args(hint))}, not {value!r}")
        return value
    if type(value) is not hint:
        raise UsageError(f"{where} must be {_name_type(hint)}, not {value!r}")
    return value


def _convert_table(value: object, hint: object, where: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise UsageError(f"{where} must be a table, not {value!r}")
    return {name: _convert(item, hint, f"{where}.{name}") for name, item in value.items()}


def _name_type(hint: object) -> str:
    names = {int: "a whole number", float: "a number", bool: "true or false", str: "a text"}
    return names.get(hint, "a list of texts") if isinstance(hint, type) else "a list of texts"


def _where(text: str, section: str, key: str) -> str:
    """`headwater.toml:7`, where a key or table stands; just the file when no line begins so."""
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[\s*([\w-]+)", line)
        table = header[1] if header else table
        begins = table == section and re.match(rf"\s*{re.escape(key)}\s*=", line)
        if begins or (not section and header and table == key):
            return f"{SETTINGS_FILE}:{number}"
    return SETTINGS_FILE


def _unknown(name: str, known: tuple[str, ...], *, where: str) -> UsageError:
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
    return UsageError(f"{where}: there is no setting {name}", hint=hint)
