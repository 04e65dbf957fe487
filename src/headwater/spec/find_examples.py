"""Finds example tables and the requirement, scenario or story that each belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.spec.find_items import find_named_owner
from headwater.spec.ids import IdKind, find_refs, kind_of
from headwater.spec.markdown import BlockKind
from headwater.spec.read_table import name_kind, read_table
from headwater.spec.table_cells import split_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from headwater.spec.document import Document
    from headwater.spec.examples import ExampleTable
    from headwater.spec.find_items import Item
    from headwater.spec.find_stories import FoundStory
    from headwater.spec.markdown import Block
    from headwater.spec.model import Problem, Span
    from headwater.spec.sections import Section


@dataclass(frozen=True, kw_only=True, slots=True)
class Examples:
    """The tables by where their owner's span starts, the bytes of all, and what is wrong."""

    tables: Mapping[int, tuple[ExampleTable, ...]]
    spans: tuple[Span, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Owner:
    """What a table may belong to; `level` is that of the section or heading it stands in."""

    id: str
    start: int
    level: int
    kind: IdKind


_EXAMPLES_TITLE = r"(?i)examples?\b"
_CHAPTER_LEVEL = 2
_MAY_HIDE_ROWS = (BlockKind.PARAGRAPH, BlockKind.CODE, BlockKind.HTML)
_HEADER = r"[`*_]*(?:call|run|request|for all)[`*_]*[ \t]*\|"
_DASHES = r"[^\n]*\n[ \t>]*\|?[ \t]*:?-"
_KIND_LINE = rf"(?im)^(?P<indent>[ \t>]*)(?:\|[ \t]*{_HEADER}|{_HEADER}{_DASHES})"
_LINE = r"(?m)^(?P<indent>[ \t>]*)\|"


def find_examples(
    document: Document,
    sections: Sequence[Section],
    *,
    items: Sequence[Item],
    stories: Sequence[FoundStory],
) -> Examples:
    """Read every example table of a spec.

    A table belongs to the requirement or scenario whose list item holds it; else to the nearest
    requirement, scenario or story before it in its section; else to the one that its heading
    names (`### Examples: FR-003`, `#### FR-003`). Under a plain `### Examples` the section before
    counts too, if it is no chapter of its own.
    """
    finder = _Finder(document, _list_owners(items, stories))
    for section in sections:
        finder.enter(section)
        finder.read(section)
    return finder.finish()


def _list_owners(items: Sequence[Item], stories: Sequence[FoundStory]) -> list[_Owner]:
    owners = [
        _Owner(id=item.id, start=item.span.start, level=item.level, kind=item.kind)
        for item in items
    ]
    for story in stories:
        kind, level = IdKind.STORY, story.level
        owners.append(_Owner(id=story.id, start=story.span.start, level=level, kind=kind))
        owners += [
            _Owner(id=found.id, start=found.span.start, level=level, kind=IdKind.SCENARIO)
            for found in story.scenarios
        ]
    return owners


class _Finder:
    """Walks a spec in order and knows, at each place, whom a table would belong to."""

    def __init__(self, document: Document, owners: Sequence[_Owner]) -> None:
        self._document = document
        self._by_start = {owner.start: owner for owner in owners}
        self._by_id = {owner.id: owner for owner in reversed(owners)}
        self._headings: list[tuple[int, _Owner]] = []
        self._current: _Owner | None = None
        self._unknown = ""
        self._after_table = False
        self._tables: dict[int, list[ExampleTable]] = {}
        self._spans: list[Span] = []
        self._problems: list[Problem] = []

    def enter(self, section: Section) -> None:
        """Take in a heading: whom it names, or that what came before it is over."""
        before = self._current
        self._headings = [each for each in self._headings if each[0] < section.level]
        self._current = self._headings[-1][1] if self._headings else None
        self._unknown = ""
        self._after_table = False
        named = self._named_by(section)
        if section.start in self._by_start:
            self._current = self._by_start[section.start]
        elif named:
            self._current = self._by_id.get(named)
            self._unknown = "" if self._current else named
        elif re.match(_EXAMPLES_TITLE, section.title) and before and _is_near(before, section):
            self._current = before
        if self._current:
            self._headings.append((section.level, self._current))

    def read(self, section: Section) -> None:
        """Read the tables that stand directly in a section."""
        for block, holder in self._walk(section.blocks):
            if block.kind is BlockKind.TABLE:
                self._read_table(block, holder or self._current)
            elif block.kind is BlockKind.ITEM and block.span.start in self._by_start:
                self._current = self._by_start[block.span.start]
            elif block.kind in _MAY_HIDE_ROWS:
                self._report_lost_rows(block)

    def finish(self) -> Examples:
        """All that was found."""
        return Examples(
            tables={start: tuple(tables) for start, tables in self._tables.items()},
            spans=tuple(self._spans),
            problems=tuple(self._problems),
        )

    def _named_by(self, section: Section) -> str:
        """The id that a heading names; several make a name that no item has."""
        if find_named_owner(section):
            return find_named_owner(section)
        if not re.search(_EXAMPLES_TITLE, section.title):
            return ""
        kinds = (IdKind.REQUIREMENT, IdKind.STORY, IdKind.SCENARIO)
        refs = [ref for ref in find_refs(section.title) if kind_of(ref) in kinds]
        return " and ".join(refs)

    def _walk(self, blocks: Sequence[Block]) -> Iterator[tuple[Block, _Owner | None]]:
        """Blocks in order, each with the innermost owner whose item holds it."""
        waiting: list[tuple[Block, _Owner | None]] = [(block, None) for block in reversed(blocks)]
        while waiting:
            block, holder = waiting.pop()
            yield block, holder
            if block.kind is BlockKind.ITEM:
                holder = self._by_start.get(block.span.start, holder)
            waiting.extend((child, holder) for child in reversed(block.children))

    def _read_table(self, block: Block, owner: _Owner | None) -> None:
        header = split_row(self._document.source.data, block.rows[0])
        kind = name_kind(header)
        self._after_table = bool(kind)
        if not kind:
            return
        self._spans.append(block.span)
        if owner is None or owner.kind is IdKind.CRITERION:
            self._problems.append(self._without_owner(block, owner))
            return
        table, problems = read_table(self._document, block, header, owner=owner.id)
        self._problems += problems
        if table:
            self._tables.setdefault(owner.start, []).append(table)

    def _without_owner(self, block: Block, owner: _Owner | None) -> Problem:
        what = "an example table belongs to a requirement, a scenario or a story; "
        if self._unknown:
            what += f"its heading names {self._unknown}, which is no single one of this spec"
        elif owner:
            what += f"{owner.id} is none of these"
        else:
            what += "none stands before it in its section"
        return self._document.problem(
            "table-without-owner",
            what,
            offset=block.rows[0].start,
            hint="Put it below its requirement, or name it: `### Examples: FR-001`.",
        )

    def _report_lost_rows(self, block: Block) -> None:
        """Lines that were meant as a table and that Markdown reads as something else."""
        if block.fenced:
            return
        code = block.kind is BlockKind.CODE
        data = self._document.source.data if code else self._document.masked
        shown = data[block.content.start : block.content.end]
        if b"|" not in shown:
            return
        text = shown.decode()
        match = re.search(_KIND_LINE, text)
        if not match and self._after_table:
            match = re.search(_LINE, text)
        if match:
            offset = block.content.start + len(text[: match.end("indent")].encode())
            self._problems.append(self._not_read(offset))

    def _not_read(self, offset: int) -> Problem:
        return self._document.problem(
            "table-not-read",
            "these lines look like an example table, but Markdown reads them as something else",
            offset=offset,
            hint="Put an empty line before the header and none between the rows, give the line "
            "of dashes as many cells as the header, and indent all lines alike.",
        )


def _is_near(owner: _Owner, section: Section) -> bool:
    """Whether a plain `### Examples` may still speak of `owner`: no new chapter lies between."""
    return section.level > _CHAPTER_LEVEL and section.level >= owner.level
