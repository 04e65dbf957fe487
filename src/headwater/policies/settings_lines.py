"""Settings in TOML, INI and the like: section, key and value, with the lines that say so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.policies.quotes import list_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.policies.interface import PolicyLine, PolicyText

_SECTION = r"\s*\[+\s*([^\]]+?)\s*\]+\s*(?:[#;].*)?"
_SETTING = r"\s*[\"']?([\w.-]+)[\"']?\s*[=:]\s*(.*?)\s*"
_MOST_LINES = 500  # of one list


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """One key of a section, its value as written, and the lines that it takes."""

    section: str
    key: str
    value: str
    lines: tuple[PolicyLine, ...]

    @property
    def is_on(self) -> bool:
        """Whether it is set to true."""
        return self.value.split("#")[0].strip().lower() == "true"

    @property
    def number(self) -> float | None:
        """Its value as a number; None where it is none."""
        found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(?:[#;].*)?", self.value)
        return float(found[1]) if found else None

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts in quotation marks of a list, comments apart."""
        plain = re.sub(r"(?m)(?:^|\s)#.*$", "", self.value)
        return tuple(one or other for one, other in re.findall(r"\"([^\"]*)\"|'([^']*)'", plain))


def list_settings(policy: PolicyText) -> Iterator[Setting]:
    """Every setting of a file in order; a list in brackets may take several lines."""
    section = ""
    lines = list(list_lines(policy))
    number = 0
    while number < len(lines):
        taken = 1
        heading = re.fullmatch(_SECTION, lines[number].text)
        found = re.fullmatch(_SETTING, lines[number].text)
        if heading:
            section = heading[1]
        elif found:
            value = found[2]
            while _is_open(value) and number + taken < len(lines) and taken < _MOST_LINES:
                value += f"\n{lines[number + taken].text}"
                taken += 1
            held = tuple(lines[number : number + taken])
            yield Setting(section=section, key=found[1], value=value, lines=held)
        number += taken


def _is_open(value: str) -> bool:
    bare = re.sub(r"\"[^\"\n]*\"|'[^'\n]*'|(?m:#.*$)", "", value)
    return bare.startswith("[") and bare.count("[") > bare.count("]")
