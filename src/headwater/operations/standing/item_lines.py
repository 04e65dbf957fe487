"""How far the items of a document reach, from where they begin and from how its lines look.

Where items end is known only to whoever reads a document whole, which is not done for one that did
not change. So an item under a heading is taken to reach to the next heading as high, one in a list
to the first line after an empty one that is indented no deeper, one in a table to the end of its
row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from headwater.graph.index import Item

_HEADING = re.compile(r" {0,3}(#{1,6})(?:\s|$)")
_LISTED = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
_FENCE = re.compile(r"\s*(?:```|~~~)")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Open:
    """An item that goes on: its heading's level, or else its indentation, or its one row."""

    ref: str
    level: int = 0
    indent: int = 0
    row: bool = False


def map_lines(lines: Sequence[str], items: Iterable[Item]) -> list[str]:
    """For each line the ref of the innermost item that it belongs to; empty where there is none."""
    beginning: dict[int, list[Item]] = {}
    for item in items:
        beginning.setdefault(item.line, []).append(item)
    refs: list[str] = []
    still: list[_Open] = []
    fenced, after_empty = False, True
    for number, line in enumerate(lines, 1):
        if not fenced and line.strip():
            still = [one for one in still if _goes_on(one, line, after_empty=after_empty)]
        still += [_begin(item, line) for item in beginning.get(number, ())]
        refs.append(still[-1].ref if still else "")
        fenced ^= bool(_FENCE.match(line))
        after_empty = not line.strip()
    return refs


def _begin(item: Item, line: str) -> _Open:
    heading = _HEADING.match(line)
    if heading:
        return _Open(ref=item.ref, level=len(heading[1]))
    row = line.lstrip().startswith("|")
    return _Open(ref=item.ref, indent=_find_indent(line), row=row)


def _goes_on(item: _Open, line: str, *, after_empty: bool) -> bool:
    heading = _HEADING.match(line)
    if heading:
        return 0 < item.level < len(heading[1])
    if item.level:
        return True
    if item.row or not (after_empty or _LISTED.match(line)):
        return not item.row
    return _find_indent(line) > item.indent


def _find_indent(line: str) -> int:
    return len(line) - len(line.lstrip())
