"""Makes a Markdown text fit to stand inside one list item of another document."""

from __future__ import annotations

import re

_FENCE = re.compile(r"\s*(`{3,}|~{3,})\s*([^`]*)$")
_HEADING = re.compile(r" {0,3}#{1,6}\s+(.*?)[\s#]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)\s*$")
_EXAMPLE_HEADER = re.compile(r"(?i)\s*\|?\s*[`*_]*(call|run|request|for all)[`*_]*\s*\|")
_NO_TEXT = re.compile(r"\s{4}|\s*([-*+>|<#]\s|[|>]|\d+[.)]\s|`{3}|~{3}|$)")

# The frames of an exercise's files, which say nothing about it.
_FRAMES = {"Description", "Introduction", "Instructions"}


def flatten_markdown(text: str) -> str:
    """The text without headings or anything else that would take its reader out of the item.

    Headings become bold lines, notes (`~~~~exercism/note`) plain paragraphs; a table that would
    pass for examples becomes a code block. Code blocks stay as they are.
    """
    flattener = _Flattener()
    for line in text.replace("\r\n", "\n").expandtabs(4).split("\n"):
        flattener.take(line.rstrip())
    return flattener.finish()


def opens_with_text(text: str) -> bool:
    """Whether the first line is plain text, so that it can follow an item's id."""
    return not _NO_TEXT.match(text)


class _Flattener:
    """Takes line after line, and knows whether it stands in a code block or a table."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._fence = ""
        self._notes = ""
        self._in_table = False

    def take(self, line: str) -> None:
        """Take the next line, without white space at its end."""
        fence = _FENCE.match(line)
        if self._fence:
            self._lines.append(line)
            if fence and fence[1].startswith(self._fence) and not fence[2]:
                self._fence = ""
        elif fence:
            self._open_fence(line, mark=fence[1], info=fence[2])
        elif self._in_table and not line:
            self._lines.append("```")
            self._in_table = False
            self._end_paragraph()
        else:
            self._take_text(line)

    def finish(self) -> str:
        """All lines, with at most one empty line between two others outside code."""
        if self._in_table:
            self._lines.append("```")
        if self._fence:
            self._lines.append(self._fence)
        return "\n".join(self._lines).strip("\n")

    def _open_fence(self, line: str, *, mark: str, info: str) -> None:
        if self._notes and mark.startswith(self._notes) and not info:
            self._notes = ""
        elif info.startswith("exercism/"):
            self._notes = mark
        else:
            self._fence = mark
            self._lines.append(line)

    def _take_text(self, line: str) -> None:
        heading = _HEADING.match(line)
        before = self._lines[-1] if self._lines else ""
        if heading:
            if heading[1] not in _FRAMES:
                self._end_paragraph()
                self._lines += [f"**{heading[1]}**", ""]
        elif _UNDERLINE.match(line) and before:
            self._lines[-1:] = [f"**{before.strip()}**", ""]
        elif _EXAMPLE_HEADER.match(line) and not self._in_table:
            self._in_table = True
            self._end_paragraph()
            self._lines += ["```text", line]
        elif line or before:
            self._lines.append(line)

    def _end_paragraph(self) -> None:
        if self._lines and self._lines[-1]:
            self._lines.append("")
