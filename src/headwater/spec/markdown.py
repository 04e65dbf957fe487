"""Markdown as a light tree of blocks, each with the exact bytes that it covers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

import pyromark

from headwater.spec.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyromark.event import Event


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One block.

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
    builder = _Builder(text.encode(), offset)
    for event, where in pyromark.events_with_range(text, options=options, merge_text=False):
        builder.add(event, Span(start=where["start"], end=where["end"]))
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
_COMMENT = rb"<!--.*?(?:-->|\Z)"


@dataclass(slots=True)
class _Open:
    """A block that has begun and not ended."""

    kind: BlockKind
    span: Span
    inline: Span | None = None
    level: int = 0
    start: int | None = None
    info: str = ""
    fenced: bool = False
    code: list[str] = field(default_factory=list)
    rows: list[Span] = field(default_factory=list)
    children: list[Block] = field(default_factory=list)


class _Builder:
    """Turns the parser's flat events into blocks, with a stack: nesting may be very deep."""

    def __init__(self, data: bytes, offset: int) -> None:
        self._data = data
        self._offset = offset
        self._stack = [_Open(BlockKind.QUOTE, Span(start=0, end=len(data)))]
        self._comments: list[Span] = []
        self._code_spans: list[Span] = []

    def add(self, event: Event, span: Span) -> None:
        """Take the next event: a name, or `{name: details}`."""
        name, details = _split(event)
        if name == "Start":
            self._start(details, span)
        elif name == "End":
            self._end(details)
        elif name == "Rule":
            self._close_loose_paragraph()
            self._keep(_Open(BlockKind.RULE, span))
        else:
            self._add_inline(name, details, span)

    def finish(self) -> Outline:
        """The tree, once every event was taken."""
        return Outline(
            blocks=tuple(self._stack[0].children),
            comments=self._moved_all(self._comments),
            code_spans=self._moved_all(self._code_spans),
        )

    def _start(self, tag: object, span: Span) -> None:
        name, details = _split(tag)
        if name in _ROWS:
            self._stack[-1].rows.append(span)
            return
        kind = _KINDS.get(name)
        if kind is None:
            self._extend(span)
            return
        self._close_loose_paragraph()
        self._stack.append(_open_block(kind, details, span))
        if kind is BlockKind.HTML:
            self._comments.extend(self._find_comments(span))

    def _end(self, tag: object) -> None:
        if _split(tag)[0] in _KINDS:
            self._close_loose_paragraph()
            self._keep(self._stack.pop())

    def _add_inline(self, name: str, details: object, span: Span) -> None:
        top = self._stack[-1]
        match name, details:
            case "Code", _:
                self._code_spans.append(span)
            case "InlineHtml", str(html) if html.startswith("<!--"):
                self._comments.append(span)
            case "Text", str(text) if top.kind is BlockKind.CODE:
                top.code.append(text)
        self._extend(span)

    def _extend(self, span: Span) -> None:
        top = self._stack[-1]
        start = top.inline.start if top.inline else span.start
        end = max(top.inline.end, span.end) if top.inline else span.end
        top.inline = Span(start=start, end=end)

    def _close_loose_paragraph(self) -> None:
        """Make a paragraph of text that stands in an item of a tight list without one."""
        top = self._stack[-1]
        if top.kind is BlockKind.ITEM and top.inline:
            loose = _Open(BlockKind.PARAGRAPH, top.inline, inline=top.inline)
            top.inline = None
            self._keep(loose)

    def _keep(self, done: _Open) -> None:
        span = self._moved(done.span)
        if done.inline and done.kind is BlockKind.PARAGRAPH:
            # The box of a task stands before its paragraph, by the parser's account.
            span = Span(start=min(span.start, done.inline.start + self._offset), end=span.end)
        self._stack[-1].children.append(
            Block(
                kind=done.kind,
                span=span,
                content=self._moved(done.inline) if done.inline else span,
                level=done.level,
                start=done.start,
                info=done.info,
                fenced=done.fenced,
                code="".join(done.code),
                rows=self._moved_all(done.rows),
                children=tuple(done.children),
            )
        )

    def _find_comments(self, span: Span) -> Iterator[Span]:
        html = self._data[span.start : span.end]
        for match in re.finditer(_COMMENT, html, re.DOTALL):
            yield Span(start=span.start + match.start(), end=span.start + match.end())

    def _moved(self, span: Span) -> Span:
        return Span(start=span.start + self._offset, end=span.end + self._offset)

    def _moved_all(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        return tuple(map(self._moved, spans))


def _split(event: object) -> tuple[str, object]:
    """Name and details of an event or a tag, which is a name or `{name: details}`."""
    if isinstance(event, dict):
        name, details = next(iter(event.items()))
        return str(name), details
    return str(event), None


def _open_block(kind: BlockKind, details: object, span: Span) -> _Open:
    opened = _Open(kind, span)
    match kind, details:
        case BlockKind.HEADING, {"level": str(level)}:
            opened.level = int(level.removeprefix("H"))
        case BlockKind.LIST, int(start):
            opened.start = start
        case BlockKind.CODE, {"Fenced": str(info)}:
            opened.fenced = True
            opened.info = info
    return opened
