"""Settings, merged once: defaults, then `headwater.toml`, then environment, then command line.

Every package declares the frozen settings that it takes; this module only fills them in.
"""

from __future__ import annotations

import dataclasses
import difflib
import tomllib
import types
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from headwater.errors import UsageError
from headwater.llm.settings import ModelSettings
from headwater.operations.settings import BuildSettings
from headwater.sandbox.settings import SandboxSettings
from headwater.steps.settings import SearchSettings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SETTINGS_FILE = "headwater.toml"

_Section = TypeVar("_Section")


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """All settings. Each field is a table of `headwater.toml`."""

    model: ModelSettings = field(default_factory=ModelSettings)
    search: SearchSettings = field(default_factory=SearchSettings)
    build: BuildSettings = field(default_factory=BuildSettings)
    sandbox: SandboxSettings = field(default_factory=SandboxSettings)


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
    path = root / SETTINGS_FILE
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    tables = _parse(text)
    for name, value in environment.items():
        _apply_variable(tables, name, value)
    for dotted, given in overrides.items():
        if given is not None:
            section, key = dotted.split(".")
            tables.setdefault(section, {})[key] = given
    sections: dict[str, Any] = {
        item.name: _fill(_section_type(item.name), tables.pop(item.name, {}), item.name, text)
        for item in dataclasses.fields(Settings)
    }
    for unknown in tables:
        raise _unknown(unknown, tuple(sections), where=_where(text, f"[{unknown}"))
    return Settings(**sections)


def _parse(text: str) -> dict[str, dict[str, object]]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{SETTINGS_FILE} is not valid TOML: {error}") from error


def _apply_variable(tables: dict[str, dict[str, object]], name: str, value: str) -> None:
    """`HEADWATER_MODEL_SEED=3` sets `model.seed`; other variables are not settings."""
    words = name.lower().split("_", 2)
    if len(words) < 3 or words[0] != "headwater":
        return
    kind = _section_type(words[1], default=None)
    if kind is None or words[2] not in {item.name for item in dataclasses.fields(kind)}:
        return
    hint = get_type_hints(kind)[words[2]]
    tables.setdefault(words[1], {})[words[2]] = _read_variable(name, value, hint)


def _read_variable(name: str, value: str, hint: object) -> object:
    try:
        if hint is bool:
            return {"1": True, "true": True, "0": False, "false": False}[value.lower()]
        if hint in (int, float):
            return hint(value)
    except (KeyError, ValueError):
        raise UsageError(f"{name}={value!r} is no {_name_type(hint)}") from None
    return value


def _section_type(name: str, *, default: type | None = ModelSettings) -> type | None:
    return get_type_hints(Settings).get(name, default)


def _fill(kind: type[_Section] | None, table: object, section: str, text: str) -> _Section:
    assert kind is not None
    if not isinstance(table, dict):
        raise UsageError(f"{_where(text, section)}: [{section}] must be a table of settings")
    hints = get_type_hints(kind)
    values: dict[str, object] = {}
    for key, value in table.items():
        where = _where(text, key)
        if key not in hints:
            raise _unknown(f"{section}.{key}", tuple(f"{section}.{n}" for n in hints), where=where)
        values[key] = _convert(value, hints[key], f"{where}: {section}.{key}")
    return kind(**values)


def _convert(value: object, hint: object, where: str) -> object:
    if get_origin(hint) is tuple and isinstance(value, list):
        inner = get_args(hint)[0]
        return tuple(_convert(item, inner, where) for item in value)
    if hint is float and type(value) is int:
        return float(value)
    if get_origin(hint) is Literal:
        if value not in get_args(hint):
            raise UsageError(f"{where} must be one of {', '.join(get_args(hint))}, not {value!r}")
        return value
    allowed = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    if type(value) not in allowed and not (get_origin(hint) is tuple and type(value) is tuple):
        raise UsageError(f"{where} must be {_name_type(hint)}, not {value!r}")
    return value


def _name_type(hint: object) -> str:
    names = {int: "a whole number", float: "a number", bool: "true or false", str: "a text"}
    return names.get(hint, "a list of texts") if isinstance(hint, type) else "a list of texts"


def _where(text: str, key: str) -> str:
    """`headwater.toml:7`, the first line that starts with the key; the file when none does."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip().startswith(key):
            return f"{SETTINGS_FILE}:{number}"
    return SETTINGS_FILE


def _unknown(name: str, known: tuple[str, ...], *, where: str) -> UsageError:
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
    return UsageError(f"{where}: there is no setting {name}", hint=hint)
