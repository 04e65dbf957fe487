"""Checks for statements that name what may be used and what may not."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from headwater.policies.proposals import Proposal
from headwater.policies.severities import give_severity
from headwater.policies.spdx import find_licences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.policies.statements import Statement

_CODE = r"`([^`]+)`"
_DOTTED = r"[A-Za-z_]\w*(?:\.(?:[A-Za-z_]\w*|\*))*"
_BETWEEN = r"(?:,?\s+(?:and|or)\s+|,\s*)"
_LISTED = rf"(?:modules?|packages?|librar(?:y|ies))\s+(?P<names>{_DOTTED}(?:{_BETWEEN}{_DOTTED})*)"
_IMPORTING = r"(?i)\b(?:imports?|imported|importing|modules?|packages?|librar(?:y|ies)|depend\w*)\b"
_IMPORTED = r"(?i)\bimport(?:s|ed|ing)?\b"
_NAMED = rf"(?:modules?|packages?|librar(?:y|ies)|dependenc(?:y|ies))\s+`({_DOTTED})`"
_FILE = r"\.(?:py|md|txt|toml|json|ya?ml|go|ts|js|cfg|ini|lock|html|css|sh)$"
_CALLING = r"(?i)\b(?:calls?|called|calling|functions?|methods?|us(?:e|ed|ing)|built-?ins?)\b"
# Functions that are called so often in policies that they are known without a code span.
_CALLS = (
    r"(?<![\w.`])(eval|exec|os\.system|os\.popen|pickle\.loads?|yaml\.load|__import__)(?![\w.])"
)
_ONLY = r"(?i)\bonly\b|\b(?:approved|allowed|permitted|acceptable)\b"
_FOLDER = r"(?:in|under|below|within|inside)\s+`((?:[\w.-]+/)+(?:\*\*)?)`"


def propose_names(statement: Statement) -> Iterator[Proposal]:
    """Checks on imports, calls, dependencies and licences."""
    if statement.is_fact:
        return
    yield from _propose_libraries(statement)
    if statement.libraries:
        return
    scope, severity = _read_scope(statement.clause), give_severity(statement.demand.strength)
    if statement.demand.negative:
        calls = _find_calls(statement.clause)
        modules = [name for name in _find_modules(statement.clause) if name not in calls]
        for check, argument, names in (
            ("imports.forbidden", "modules", modules),
            ("calls.forbidden", "calls", calls),
        ):
            if names:
                yield Proposal(
                    check=check, severity=severity, scope=scope, arguments={argument: names}
                )
    elif re.search(r"(?i)\blicen[cs]e", statement.clause) and re.search(_ONLY, statement.clause):
        licences = find_licences(statement.clause)
        if licences:
            yield Proposal(
                check="licences.allowed", severity=severity, arguments={"licenses": list(licences)}
            )


def _propose_libraries(statement: Statement) -> Iterator[Proposal]:
    severity = give_severity(statement.demand.strength)
    allowed = [one.name for one in statement.libraries if one.allowed]
    forbidden = [one.name for one in statement.libraries if not one.allowed]
    modules = [name for name in forbidden if re.fullmatch(_DOTTED, name)]
    for check, argument, names in (
        ("dependencies.allowed", "packages", allowed),
        ("dependencies.forbidden", "packages", forbidden),
        ("imports.forbidden", "modules", modules),
    ):
        if names:
            yield Proposal(check=check, severity=severity, arguments={argument: names})


def _find_modules(text: str) -> list[str]:
    """Names of modules: in code, or listed behind “modules” where they are Python's own."""
    if not re.search(_IMPORTING, text):
        return []
    listed = re.search(_LISTED, text)
    plain = re.split(_BETWEEN, listed["names"]) if listed else []
    known = [name for name in plain if name.split(".")[0] in sys.stdlib_module_names]
    named = _list_code(text) if re.search(_IMPORTED, text) else re.findall(_NAMED, text)
    return _unique([*named, *known])


def _find_calls(text: str) -> list[str]:
    if not re.search(_CALLING, text):
        return []
    spans = re.findall(_CODE, text)
    called = [span.removesuffix("()") for span in spans if span.endswith("()")]
    if not re.search(_IMPORTING, text):
        called += _list_code(text)
    known = re.findall(_CALLS, text.replace("`", " "))
    names = _unique([*called, *known])
    return [name for name in names if re.fullmatch(_DOTTED, name)]


def _list_code(text: str) -> list[str]:
    """Code that may be a name; that of a file is none."""
    spans = re.findall(_CODE, text)
    return [one for one in spans if re.fullmatch(_DOTTED, one) and not re.search(_FILE, one)]


def _read_scope(text: str) -> str:
    """The folder that a statement names as its own: “in `src/core/`”."""
    folder = re.search(_FOLDER, text)
    return f"{folder[1].removesuffix('**')}**" if folder else ""


def _unique(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(names))
