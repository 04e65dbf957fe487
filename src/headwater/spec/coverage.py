"""Counts how much of a document was read as something, and shows what was not."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from enum import IntEnum, auto
from typing import TYPE_CHECKING, TypeVar

from headwater.spec.document import Document, find_unreadable, open_document, sort_problems
from headwater.spec.ids import find_refs
from headwater.spec.item_spans import list_item_spans, list_reported_spans
from headwater.spec.known_sections import Expects, KnownSection, find_known, list_known
from headwater.spec.markdown import Block, BlockKind
from headwater.spec.model import Constitution, Place, Plan, Problem, Severity, Span, Spec, TaskList
from headwater.spec.sections import Section, find_sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


_NOT_READ = "passage-not-read"

Read = TypeVar("Read", Spec, Plan, TaskList, Constitution)


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """Blocks side by side that were read as nothing; `expected` says that items belong there."""

    span: Span
    place: Place
    section: str
    expected: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """What a document's bytes, white space aside, were read as. The numbers add up to all of it.

    Attributes:
        items: bytes of what has an id or is kept as a value of its own, its text included.
        reported: of what counts for nothing, and a problem says so: items without an id, say.
        structure: of headings, labels, comments and rules.
        prose: of sections whose headings are known to hold prose, by the name of their kind.
        unknown: of everything else; `passages` are where it stands.
    """

    items: int
    reported: int
    structure: int
    prose: Mapping[str, int]
    unknown: int
    passages: tuple[Passage, ...]

    @property
    def total(self) -> int:
        """All bytes that are not white space."""
        return self.items + self.reported + self.structure + sum(self.prose.values()) + self.unknown


def measure_coverage(read: Spec | Plan | TaskList | Constitution) -> Coverage:
    """Count what a document was read as. One that cannot be read at all is unknown, whole."""
    source = read.source
    if find_unreadable(source):
        whole = Span(start=0, end=len(source.data))
        passage = Passage(span=whole, place=source.place(0), section="", expected=False)
        unknown = len(source.data) - sum(source.data.count(blank) for blank in _BLANKS)
        return Coverage(
            items=0, reported=0, structure=0, prose={}, unknown=unknown, passages=(passage,)
        )
    document = open_document(source)
    return _Painter(document, find_sections(document), read).measure()


def report_unread(read: Read, *, document: Document, sections: Sequence[Section]) -> Read:
    """What was read, with a warning for each passage where items were expected and none was read.

    Args:
        read: with its problems so far; a passage that one of them speaks of is not told of again.
        document: the same document, opened.
        sections: all of its sections.
    """
    found: list[Problem] = [
        _unread(passage, read.source.text(passage.span).count("\n") + 1)
        for passage in _Painter(document, sections, read).find_passages()
        if passage.expected
    ]
    return replace(read, problems=sort_problems([*read.problems, *found])) if found else read


def _unread(passage: Passage, lines: int) -> Problem:
    what = "this line was" if lines == 1 else f"these {lines} lines were"
    return Problem(
        code=_NOT_READ,
        message=f"{what} read as nothing, though items are expected under “{passage.section}”",
        place=passage.place,
        hint="Give it the form of the items around it, or move it under a heading of its own.",
        severity=Severity.WARNING,
    )


class _Colour(IntEnum):
    """What a byte was read as; prose of the n-th kind is `PROSE + n`."""

    UNKNOWN = 0
    STRUCTURE = auto()
    REPORTED = auto()
    ITEM = auto()
    PROSE = auto()


_NOTHING = r"(?i)(?:none|n/a|not applicable|—|-)\.?"
_BLANKS = (b" ", b"\t", b"\r", b"\n", b"\f", b"\v")


class _Painter:
    """Gives every byte of a document a colour; what is painted later wins."""

    def __init__(
        self,
        document: Document,
        sections: Sequence[Section],
        read: Spec | Plan | TaskList | Constitution,
    ) -> None:
        self._document = document
        self._items, self._reported = list_item_spans(read), list_reported_spans(read)
        self._problem_lines = frozenset(
            problem.place.line for problem in read.problems if problem.code != _NOT_READ
        )
        self._names: list[str] = []
        self._colours = bytearray(len(document.source.data))
        self._sections = sections
        known = list_known(read)
        self._kinds = [find_known(section, known) for section in self._sections]

    def measure(self) -> Coverage:
        """Everything, byte by byte."""
        self._paint_all()
        return self._count()

    def find_passages(self) -> list[Passage]:
        """What was read as nothing."""
        self._paint_all()
        return list(self._find_passages())

    def _paint_all(self) -> None:
        for section, kind in zip(self._sections, self._kinds, strict=True):
            self._paint_section(section, kind)
        for block in self._document.every_block:
            if block.kind is BlockKind.RULE:
                self._paint([block.span], _Colour.STRUCTURE)
        self._paint(self._document.comments, _Colour.STRUCTURE)
        self._paint(self._reported, _Colour.REPORTED)
        self._paint(self._items, _Colour.ITEM)
        self._paint_reported()

    def _paint(self, spans: Iterable[Span], colour: int) -> None:
        for span in spans:
            self._colours[span.start : span.end] = bytes([colour]) * (span.end - span.start)

    def _paint_section(self, section: Section, kind: KnownSection | None) -> None:
        self._paint([Span(start=section.start, end=section.body.start)], _Colour.STRUCTURE)
        for block, after in zip(section.blocks, [*section.blocks[1:], None], strict=False):
            if kind and _is_prose(block, kind):
                self._paint([block.span], self._prose_colour(kind.name))
            elif block.kind is BlockKind.CODE or _is_label(self._document, block, after):
                self._paint([block.span], _Colour.STRUCTURE)

    def _paint_reported(self) -> None:
        """Paint what was read as nothing and has a problem at its beginning."""
        for section in self._sections if self._problem_lines else ():
            for was_read, span, _ in self._list_parts(section.blocks):
                if not was_read and self._document.place(span.start).line in self._problem_lines:
                    self._paint([span], _Colour.REPORTED)

    def _prose_colour(self, name: str) -> int:
        if name not in self._names:
            self._names.append(name)
        return _Colour.PROSE + self._names.index(name)

    def _count(self) -> Coverage:
        data = self._document.source.data
        pairs = zip(self._colours, data, strict=True)
        counts = Counter(colour for colour, byte in pairs if bytes([byte]) not in _BLANKS)
        return Coverage(
            items=counts[_Colour.ITEM],
            reported=counts[_Colour.REPORTED],
            structure=counts[_Colour.STRUCTURE],
            prose={name: counts[_Colour.PROSE + n] for n, name in enumerate(self._names)},
            unknown=counts[_Colour.UNKNOWN],
            passages=tuple(self._find_passages()),
        )

    def _find_passages(self) -> Iterator[Passage]:
        for section, kind in zip(self._sections, self._kinds, strict=True):
            reported = self._document.place(section.start).line in self._problem_lines
            expected = bool(kind and kind.expects is not Expects.NOTHING and not reported)
            for span in _join(self._find_unknown(section.blocks)):
                yield Passage(
                    span=self._document.trimmed(span),
                    place=self._document.place(span.start),
                    section=section.title,
                    expected=expected,
                )

    def _find_unknown(self, blocks: Sequence[Block]) -> Iterator[tuple[bool, Span]]:
        """Every part but those that only mention items, and whether something of it was read.

        Nothing where all of them were read, as they mostly are: mentions take time to be told.
        """
        found = self._list_parts(blocks)
        if not all(was_read for was_read, _, _ in found):
            for was_read, span, part in found:
                if not _is_mention(self._document, part):
                    yield was_read, span

    def _list_parts(self, blocks: Sequence[Block]) -> list[tuple[bool, Span, Block]]:
        """Every block, of a list every item, and whether something of it was read."""
        found = []
        for block in blocks:
            parts = block.children if block.kind is BlockKind.LIST else (block,)
            for part in parts:
                span = self._document.trimmed(part.span)
                if span.end > span.start:
                    found.append((any(self._colours[span.start : span.end]), span, part))
        return found


def _join(parts: Iterable[tuple[bool, Span]]) -> Iterator[Span]:
    """Unread spans, those with nothing read between them made one."""
    open_span: Span | None = None
    for was_read, span in parts:
        if was_read:
            if open_span:
                yield open_span
            open_span = None
        else:
            open_span = Span(start=open_span.start if open_span else span.start, end=span.end)
    if open_span:
        yield open_span


def _is_prose(block: Block, kind: KnownSection) -> bool:
    if kind.expects is Expects.LISTS:
        return block.kind not in (BlockKind.LIST, BlockKind.TABLE)
    return kind.expects is Expects.NOTHING


def _is_mention(document: Document, block: Block) -> bool:
    """A list item that speaks of items by their ids, and declares none."""
    return block.kind is BlockKind.ITEM and bool(find_refs(document.visible(block.span)))


def _is_label(document: Document, block: Block, after: Block | None) -> bool:
    """A paragraph that leads to a list or a table with a colon, or says that there is nothing."""
    if block.kind is not BlockKind.PARAGRAPH:
        return False
    text = document.visible(block.content).strip("*_ ")
    if re.fullmatch(r"(?i)(?:none|n/a|not applicable|—|-)\.?", text):
        return True
    return (
        after is not None
        and after.kind in (BlockKind.LIST, BlockKind.TABLE)
        and text.endswith((":", "："))
    )
