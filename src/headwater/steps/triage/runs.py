"""Command lines in a text, and what the text says that they should print, as cells of a Run row."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import replace
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
        (match, claim)
        for match in re.finditer(_LINE, text)
        if (claim := _read_line(match["line"] or match["span"], commands))
    ]
    for number, (match, claim) in enumerate(found):
        end = found[number + 1][0].start() if number + 1 < len(found) else len(text)
        behind = text[match.end() : end]
        prints, exits = re.search(_PRINTS, behind), re.search(_EXITS, behind)
        printed = _write_text(_end_line(_read_text(prints["text"]))) if prints else ""
        yield _claim(claim, printed=printed, code=exits["code"] if exits else "")


def read_run_claim(text: str, *, commands: Collection[str]) -> Claim | None:
    r"""A whole text as one Run row, `till 10 4 = "6 coins\n", exit 0`; None where it is none."""
    match = re.match(_ROW, text, re.DOTALL)
    claim = _read_line(match["line"], commands) if match else None
    if match is None or claim is None:
        return None
    printed, code = match["text"] or "", match["code"] or ""
    if not (printed or code):
        return None
    is_value = printed.startswith('"')
    cell = _write_text(_read_text(printed)) if is_value else printed  # else a pattern
    return _claim(claim, printed=cell, code=code)


def _claim(claim: Claim, *, printed: str, code: str) -> Claim:
    return replace(claim, result=printed, exit_code=quote_cell(str(int(code))) if code else "")


def _read_line(line: str, commands: Collection[str]) -> Claim | None:
    """A command line as a claim of nothing; None where it starts none of these commands."""
    line, stdin = _split_input(line)
    try:
        words = shlex.split(line)
    except ValueError:  # a quote that is never closed
        return None
    if not words or words[0] not in commands:
        return None
    return Claim(
        function=words[0],
        call=quote_cell(shlex.join(words)),
        stdin=_write_text(stdin) if stdin else "",
        is_command=True,
    )


def _split_input(line: str) -> tuple[str, str]:
    """A command line without what it is given to read, and that."""
    given = re.fullmatch(r"(?P<line>.+?)\s+<\s*(?P<text>\"(?:[^\"\\]|\\.)*\")", line)
    if given:
        return given["line"], _read_text(given["text"])
    piped = re.fullmatch(r"(?P<tool>echo|printf)\s+(?P<text>.+?)\s*\|\s*(?P<line>[^|]+)", line)
    if not piped:
        return line, ""
    try:
        text = " ".join(shlex.split(piped["text"]))
    except ValueError:
        return line, ""
    ended = f"{text}\n" if piped["tool"] == "echo" else text.replace("\\n", "\n")
    return piped["line"], ended


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
