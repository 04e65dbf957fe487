"""What a report of a failure names by itself: lines of code, tests, ids, and calls with results."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.spec.ids import find_refs
from headwater.steps.triage.claims import find_claims
from headwater.steps.triage.runs import find_run_claims

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from headwater.steps.triage.claims import Claim

# Python's own tracebacks, then what pytest and most tools print.
_FRAME = r'File "(?P<path>[^"\n]+)", line (?P<line>\d{1,9})(?:, in (?P<function>[^\n]+))?'
_PLACE = r"(?<![\w/.:-])(?P<path>[\w./-]*\w\.[A-Za-z]\w*):(?P<line>\d{1,9})\b"
_TEST = r"(?<![\w/.-])(?P<test>[\w./-]+::\w+(?:::\w+)*(?:\[[^\]\s]+\])?)"
_ERROR = r"(?m)^(?:E\s+)?(?P<error>[A-Za-z_][\w.]*(?:Error|Exception|Exit|Interrupt)\b(?:: .*)?)$"
_TRACEBACK = "Traceback (most recent call last):"


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """A line of code that a report names; `path` is as it stands there."""

    path: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Clues:
    """What a report names.

    Attributes:
        frames: lines of code, in the order of the report: of a traceback the deepest is last.
        error: the last error that it shows, with its message; empty for none.
        tests: runners' names of tests, `tests/001_wallet/test_c1.py::test_fr_001[FR-001-1f9a03c2]`.
        refs: ids and refs of documents.
        claims: calls of declared functions, then command lines, with what they should come to where
            that is said.
        prose: the report without its tracebacks; empty where it is nothing else.
    """

    frames: tuple[Frame, ...] = ()
    error: str = ""
    tests: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    prose: str = ""


def read_clues(text: str, *, functions: Collection[str], commands: Collection[str] = ()) -> Clues:
    """Everything that a report names; nothing of it is believed yet.

    Args:
        text: the report, whatever it is.
        functions: names that the interfaces of the project declare.
        commands: first words of command lines that its components start.
    """
    errors = [match["error"] for match in re.finditer(_ERROR, text)]
    tests = dict.fromkeys(match["test"] for match in re.finditer(_TEST, text))
    return Clues(
        frames=tuple(_list_frames(text)),
        error=errors[-1].strip() if errors else "",
        tests=tuple(tests),
        refs=tuple(dict.fromkeys(find_refs(re.sub(_TEST, " ", text)))),
        claims=(
            *find_claims(text, functions=functions),
            *find_run_claims(text, commands=commands),
        ),
        prose=_write_prose(text),
    )


def _list_frames(text: str) -> Iterator[Frame]:
    for match in (*re.finditer(_FRAME, text), *re.finditer(_PLACE, text)):
        yield Frame(path=match["path"], line=int(match["line"]))


def _write_prose(text: str) -> str:
    """What a person wrote: the report without tracebacks and the errors that end them."""
    kept, inside = [], False
    for line in text.splitlines():
        begins = line.strip() == _TRACEBACK or re.match(rf"\s*{_FRAME}", line) is not None
        if not inside and not begins:
            kept.append(line)
        # Its lines are indented; the first that is not names the error, and is the last.
        inside = begins or (inside and line[:1] in {" ", "\t"})
    return "\n".join(kept).strip()
