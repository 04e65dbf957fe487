"""Headings, list items and paragraphs in plain lines, told by how they look."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.policies.interface import BlockKind, PolicyBlock, PolicyLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# A sign on a line of its own is a bullet, whatever sign a font makes of it.
_MARKER = r"[^\w\s]\s*$|\s*(?:[•▪●◦‣⁃·∙*–—-]|[(]?(?:\d{1,2}|[a-z])[.)])(?:\s+|$)"
_NUMBERED = (
    r"\s*(?:(?:section|chapter|annex|appendix)\s+)?"
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[A-Z]\.)\s+[A-Z].*"
)
_UNDERLINE = r"\s*(?:={3,}|-{3,}|~{3,})\s*"
_QUOTED = r"\s*>"
_ENDED = r"[.!?:;)\]”\"]\s*$"
_LONGEST_HEADING = 70


def outline_lines(lines: Iterable[PolicyLine]) -> tuple[PolicyBlock, ...]:
    """The blocks that lines make; a blank line ends a block."""
    return tuple(
        block for group in _part_at_blanks(lines) for block in _outline_group(group) if block.lines
    )


def _part_at_blanks(lines: Iterable[PolicyLine]) -> Iterator[list[PolicyLine]]:
    group: list[PolicyLine] = []
    for line in lines:
        if line.text.strip():
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _outline_group(group: Sequence[PolicyLine]) -> Iterator[PolicyBlock]:
    if len(group) == 2 and re.fullmatch(_UNDERLINE, group[1].text):
        yield PolicyBlock(kind=BlockKind.HEADING, lines=(group[0],), level=1)
        return
    kind, held = BlockKind.PARAGRAPH, list[PolicyLine]()
    for number, line in enumerate(group):
        follows = group[number + 1] if number + 1 < len(group) else None
        marker = re.match(_MARKER, line.text)
        title = _is_heading(line.text, follows, continued=bool(held) and not _is_ended(held))
        if re.fullmatch(_UNDERLINE, line.text):
            continue
        if title or marker:
            yield PolicyBlock(kind=kind, lines=tuple(held))
            kind, held = BlockKind.PARAGRAPH, []
        if title:
            yield PolicyBlock(kind=BlockKind.HEADING, lines=(line,), level=_measure(line.text))
        elif marker:
            rest = line.text[marker.end() :]
            kind, held = BlockKind.ITEM, [PolicyLine(text=rest, spot=line.spot)]
        else:
            quoted = not held and re.match(_QUOTED, line.text)
            kind = BlockKind.QUOTE if quoted else kind
            held.append(line)
    yield PolicyBlock(kind=kind, lines=tuple(held))


def _is_ended(held: Sequence[PolicyLine]) -> bool:
    return re.search(_ENDED, held[-1].text) is not None


def _is_heading(text: str, follows: PolicyLine | None, *, continued: bool) -> bool:
    """A short line without an end, that is numbered, in capitals, or stands alone."""
    plain = text.strip()
    if continued or len(plain) > _LONGEST_HEADING or re.search(_ENDED, plain):
        return False
    if re.fullmatch(_NUMBERED, plain):
        return not _has_verb(plain)
    capitals = plain.isupper() and len(plain.split()) <= 8 and not _has_verb(plain)
    starts = follows is None or re.match(r"\s*[A-Z•▪●◦‣*–-]", follows.text) is not None
    few = len(plain.split()) <= 6 and plain[:1].isupper()
    return capitals or (few and starts and not _has_verb(plain))


def _has_verb(text: str) -> bool:
    """Whether it is a sentence that merely lacks its end."""
    verbs = r"(?i)\b(?:must|shall|should|may|is|are|never|always|do|only|will|required)\b"
    return re.search(verbs, text) is not None


def _measure(text: str) -> int:
    """A heading's level, by its number: `3.2.1` is below `3.2`."""
    number = re.match(r"\s*(\d+(?:\.\d+)*)", text)
    return min(6, 2 + number[1].count(".")) if number else 2
