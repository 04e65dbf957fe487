"""The `headwater.toml` that `init` writes: every setting, explained and commented out."""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
import textwrap
from typing import TYPE_CHECKING

from headwater.config import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

_INTRODUCTION = """\
# Settings of Headwater. Every key is optional; the values below are the defaults.
# To change one, take the `#` before its key away.
"""


def render_settings() -> str:
    """The file's text. It holds no setting, so that defaults of later versions apply."""
    settings = Settings()
    tables = (
        _render_table(item.name, getattr(settings, item.name))
        for item in dataclasses.fields(settings)
    )
    return "\n".join([_INTRODUCTION, *tables])


def _render_table(name: str, section: object) -> str:
    assert dataclasses.is_dataclass(section)
    meanings = dict(_read_meanings(inspect.getdoc(type(section)) or ""))
    lines = [f"[{name}]"]
    for field in dataclasses.fields(section):
        meaning = meanings.get(field.name, "")
        lines += textwrap.wrap(meaning, 96, initial_indent="# ", subsequent_indent="# ")
        lines.append(f"#{field.name} = {json.dumps(getattr(section, field.name))}")
    return "\n".join(lines) + "\n"


def _read_meanings(docstring: str) -> Iterator[tuple[str, str]]:
    """Names and meanings of an `Attributes:` section, as settings classes document themselves."""
    _, _, attributes = docstring.partition("Attributes:\n")
    for entry in re.finditer(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", attributes, re.MULTILINE):
        yield entry[1], " ".join(entry[2].split())
