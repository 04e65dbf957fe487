"""Markdown as a light tree of blocks, each with the exact bytes that it covers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import pyromark

from headwater.spec.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyromark.event import Event, Range


class BlockKind(Enum):
    """The blocks that documents are read from; whatever else Markdown has is prose."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    ITEM = "item"
    TABLE = "table"
    CODE = "code"
    HTML = "html"
    QUOTE = "quote"
    RULE = "rule"


class Block(NamedTuple):
    """One block. A tuple, since a document has very many.

    Attributes:
        kind: what it is.
        span: its bytes; that of a list item begins at its marker and may end with blank lines,
            that of a paragraph takes in the box of a task.
        content: the bytes of its inline text, or of a code block's code.
        level: of a heading, 1 to 6.
        start: the first number of an ordered list; None for an unordered one.
        info: what follows a code block's opening fence.
        fenced: whether a code block has fences; an indented one has none.
        code: a code block's lines, without the indentation of what holds it, ends of line as LF.
        rows: a table's lines without indentation: header first, then rows, no line of dashes.
        children: blocks inside.
    """

    kind: BlockKind
    span: Span
    content: Span
    level: int = 0
    start: int | None = None
    info: str = ""
    fenced: bool = False
    code: str = ""
    rows: tuple[Span, ...] = ()
    children: tuple[Block, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    """A document's blocks, and the bytes in it that are not prose.

    `comments` are HTML comments; `code_spans` are the inline ones, back-ticks included.
    """

    blocks: tuple[Block, ...]
    comments: tuple[Span, ...]
    code_spans: tuple[Span, ...]


def read_outline(text: str, *, offset: int = 0) -> Outline:
    """Read Markdown. Spans are UTF-8 byte offsets into `text`, plus `offset`.

    Tables and task lists are those of GitHub Flavored Markdown 0.29.
    """
    options = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_TASKLISTS
    builder = _Builder(text, offset)
    for event, where in pyromark.events_with_range(text, options=options, merge_text=False):
        builder.add(event, where)
    return builder.finish()


def walk(blocks: Sequence[Block]) -> Iterator[Block]:
    """Every block, those inside others too, in the order of the document."""
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        yield block
        waiting.extend(reversed(block.children))


_KINDS = {
    "Heading": BlockKind.HEADING,
    "Paragraph": BlockKind.PARAGRAPH,
    "List": BlockKind.LIST,
    "Item": BlockKind.ITEM,
    "Table": BlockKind.TABLE,
    "CodeBlock": BlockKind.CODE,
    "HtmlBlock": BlockKind.HTML,
    "BlockQuote": BlockKind.QUOTE,
}
_ROWS = ("TableHead", "TableRow")
_TEXTS = ("Text", "SoftBreak")
_COMMENT = rb"<!--.*?(?:-->|\Z)"


@dataclass(slots=True)
class _Open:
    """A block that has begun and not ended; its inline text is empty while it ends at 0."""

    kind: BlockKind
    start: int
    end: int
    inline_start: int = 0
    inline_end: int = 0
    level: int = 0
    number: int | None = None
    info: str = ""
    fenced: bool = False
    code: list[str] = field(default_factory=list)
    rows: list[Span] = field(default_factory=list)
    children: list[Block] = field(default_factory=list)


class _Builder:
    """Turns the parser's flat events into blocks, with a stack: nesting may be very deep."""

    def __init__(self, text: str, offset: int) -> None:
        self._text = text
        self._offset = offset
        self._top = _Open(BlockKind.QUOTE, offset, offset)
        self._stack = [self._top]
        self._comments: list[Span] = []
        self._code_spans: list[Span] = []

    @cached_property
    def _data(self) -> bytes:
        """The bytes that spans count in; few documents hold HTML, which alone needs them."""
        return bytes(self._offset) + self._text.encode()

    def add(self, event: Event, where: Range) -> None:
        """Take the next event, a name or `{name: details}`, and the bytes it covers.

        It runs some sixty times for a requirement, so it asks first what is true of most events.
        """
        name: str
        details: object = None
        if isinstance(event, str):
            name = event
        else:
            [(name, details)] = event.items()
        if name == "End":
            if _name(details) in _KINDS:
                self._end()
            return
        start, end = where["start"] + self._offset, where["end"] + self._offset
        if name == "Start":
            self._start(details, start, end)
        elif name == "Rule":
            self._close_loose_paragraph()
            self._keep(_Open(BlockKind.RULE, start, end))
        else:
            if name not in _TEXTS or self._top.kind is BlockKind.CODE:
                self._note(name, details, start, end)
            self._extend(start, end)

    def finish(self) -> Outline:
        """The tree, once every event was taken."""
        return Outline(
            blocks=tuple(self._top.children),
            comments=tuple(self._comments),
            code_spans=tuple(self._code_spans),
        )

    def _start(self, tag: object, start: int, end: int) -> None:
        name = _name(tag)
        kind = _KINDS.get(name)
        if kind is not None:
            self._close_loose_paragraph()
            self._top = _open_block(kind, tag, start, end)
            self._stack.append(self._top)
            if kind is BlockKind.HTML:
                self._comments += self._find_comments(start, end)
        elif name in _ROWS:
            self._top.rows.append(Span(start=start, end=end))
        else:
            self._extend(start, end)

    def _end(self) -> None:
        self._close_loose_paragraph()
        done = self._stack.pop()
        self._top = self._stack[-1]
        self._keep(done)

    def _note(self, name: str, details: object, start: int, end: int) -> None:
        """Keep what an inline event says, beside that there is text."""
        if name == "Text":
            self._top.code.append(str(details))
        elif name == "Code":
            self._code_spans.append(Span(start=start, end=end))
        elif name == "InlineHtml" and str(details).startswith("<!--"):
            self._comments.append(Span(start=start, end=end))

    def _extend(self, start: int, end: int) -> None:
        top = self._top
        if not top.inline_end:
            top.inline_start = start
        if end > top.inline_end:
            top.inline_end = end

    def _close_loose_paragraph(self) -> None:
        """Make a paragraph of text that stands in an item of a tight list without one."""
        top = self._top
        if top.inline_end and top.kind is BlockKind.ITEM:
            start, end = top.inline_start, top.inline_end
            top.inline_end = 0
            self._keep(_Open(BlockKind.PARAGRAPH, start, end, start, end))

    def _keep(self, done: _Open) -> None:
        start = done.start
        if done.inline_end and done.kind is BlockKind.PARAGRAPH:
            # The box of a task stands before its paragraph, by the parser's account.
            start = min(start, done.inline_start)
        span = Span(start=start, end=done.end)
        content = Span(start=done.inline_start, end=done.inline_end) if done.inline_end else span
        self._top.children.append(
            Block(
                kind=done.kind,
                span=span,
                content=content,
                level=done.level,
                start=done.number,
                info=done.info,
                fenced=done.fenced,
                code="".join(done.code),
                rows=tuple(done.rows),
                children=tuple(done.children),
            )
        )

    def _find_comments(self, start: int, end: int) -> Iterator[Span]:
        for match in re.compile(_COMMENT, re.DOTALL).finditer(self._data, start, end):
            yield Span(start=match.start(), end=match.end())


def _name(tag: object) -> str:
    """The name of a tag, which is a name or `{name: details}`."""
    return tag if isinstance(tag, str) else next(iter(tag))  # type: ignore[call-overload]


def _open_block(kind: BlockKind, tag: object, start: int, end: int) -> _Open:
    opened = _Open(kind, start, end)
    match tag:
        case {"Heading": {"level": str(level)}}:
            opened.level = int(level.removeprefix("H"))
        case {"List": int(number)}:
            opened.number = number
        case {"CodeBlock": {"Fenced": str(info)}}:
            opened.fenced = True
            opened.info = info
    return opened
