"""Command lines in a text, and what the text says that they should print, as cells of a Run row."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING

from headwater.spec.write_expression import write_value
from headwater.steps.change.cells import quote_cell
from headwater.steps.triage.claims import Claim

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# A line behind a prompt, as terminals show it; else a span of code.
_LINE = r"(?m)^[ \t]*[$%#>][ \t]+(?P<line>\S[^\n]*?)[ \t]*$|`(?:\$ )?(?P<span>[^`\n]+)`"
_TEXT = r"(?:\"(?:[^\"\\\n]|\\.)*\"|`[^`\n]+`)"
_WANTS = r"(?i)\b(?:should|must|ought to|has to|have to|shall|expect(?:ed|s)?)\b"
_PRINTS = (
    rf"{_WANTS}[^.;\n]{{0,60}}?\b(?:print|show|output|write|say|give|be|have been)(?:ed|s)?\s+"
    rf"(?P<text>{_TEXT})"
)
_EXITS = rf"{_WANTS}[^.;]{{0,120}}?\bexit(?:s|ed)?\s+(?:with\s+)?(?:code\s+)?(?P<code>\d{{1,3}})\b"
_ROW = (
    r"^\s*(?:\$ )?`?(?P<line>.+?)`?\s+(?:=|=>|→|->)\s+"
    r"(?:`?(?P<text>\"(?:[^\"\\]|\\.)*\"|/.+/)`?)?(?:\s*,?\s*`?exit\s+`?(?P<code>\d{1,3})`?)?\s*$"
)


def find_run_claims(text: str, *, commands: Collection[str]) -> Iterator[Claim]:
    """The command lines in a text that start one of these commands, in order.

    What a text says behind a command line, up to the next one, is about it. A text that should be
    printed ends its line, whether or not the report shows that.

    Args:
        text: any text.
        commands: first words that some component declares as its **Command**.
    """
    found = [
        (match, line)
        for match in re.finditer(_LINE, text)
        if (line := match["line"] or match["span"]) and _starts(line, commands)
    ]
    for number, (match, line) in enumerate(found):
        end = found[number + 1][0].start() if number + 1 < len(found) else len(text)
        behind = text[match.end() : end]
        prints, exits = re.search(_PRINTS, behind), re.search(_EXITS, behind)
        printed = _write_text(_end_line(_read_text(prints["text"]))) if prints else ""
        yield _make(line, printed=printed, code=exits["code"] if exits else "")


def read_run_claim(text: str, *, commands: Collection[str]) -> Claim | None:
    r"""A whole text as one Run row, `till 10 4 = "6 coins\n", exit 0`; None where it is none."""
    match = re.match(_ROW, text, re.DOTALL)
    if match is None or not _starts(match["line"], commands):
        return None
    printed, code = match["text"] or "", match["code"] or ""
    if not (printed or code):
        return None
    is_value = printed.startswith('"')
    cell = _write_text(_read_text(printed)) if is_value else printed  # else a pattern
    return _make(match["line"], printed=cell, code=code)


def _starts(line: str, commands: Collection[str]) -> bool:
    try:
        return next(iter(shlex.split(line)), "") in commands
    except ValueError:  # a quote that is never closed
        return False


def _make(line: str, *, printed: str, code: str) -> Claim:
    words = shlex.split(line)
    return Claim(
        function=words[0],
        call=quote_cell(shlex.join(words)),
        result=printed,
        exit_code=quote_cell(str(int(code))) if code else "",
        is_command=True,
    )


def _write_text(text: str) -> str:
    return quote_cell(write_value(text))


def _read_text(quoted: str) -> str:
    """What stands between the marks; escapes count between double quotes."""
    inner = quoted.strip("`")
    if not inner.startswith('"'):
        return inner
    try:
        return str(json.loads(inner))
    except ValueError:  # an escape that JSON does not know
        return inner.strip('"')


def _end_line(text: str) -> str:
    return text if text.endswith("\n") or not text else f"{text}\n"
