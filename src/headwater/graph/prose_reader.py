"""Reads the events of a Markdown parser into blocks in normal form."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from headwater.graph.blocks import (
    Block,
    BlockKind,
    arrange_blocks,
    render_code,
    render_code_span,
    render_item,
    render_table_row,
)

_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_LINE_PREFIX = re.compile(r"[ \t>]*")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_INLINE_TAGS = frozenset({"Emphasis", "Strong", "Strikethrough", "Link", "Image"})


@dataclass(kw_only=True, slots=True)
class _Frame:
    """An open block. `position` is how far its inline text was copied; None drops the next gap."""

    name: str
    detail: object = None
    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    position: int | None = None
    after_break: bool = False


@dataclass(kw_only=True, slots=True)
class ProseReader:
    """Turns the parser's events into blocks in normal form, with a stack instead of recursion.

    Attributes:
        data: the text that the events are of.
        keep_order: the order of bullet points and sections counts.
        without_code: code blocks with this content are left out.
        stack: the open blocks, outermost first.
    """

    data: bytes
    keep_order: bool
    without_code: str
    stack: list[_Frame] = field(default_factory=lambda: [_Frame(name="Root")])

    def take(self, name: str, detail: object, start: int, end: int) -> None:
        """Take one event; `start` and `end` are its byte offsets."""
        if name == "Start":
            tag, inner = split_event(detail)
            if tag in _INLINE_TAGS:
                self._copy_gap(start, resume=start)
            else:
                self._open(tag, inner, start)
        elif name == "End":
            tag, _ = split_event(detail)
            if tag in _INLINE_TAGS:
                self._copy_gap(end, resume=end)
            else:
                self._close(tag, start, end)
        else:
            self._take_leaf(name, detail, start, end)

    def finish(self) -> str:
        """The normal form of all that was taken."""
        return arrange_blocks(self.stack[0].blocks, keep_order=self.keep_order)

    def _open(self, tag: str, detail: object, start: int) -> None:
        self._flush_inline()
        self.stack.append(
            _Frame(name=tag, detail=detail, position=start if tag == "Paragraph" else None)
        )

    def _close(self, tag: str, start: int, end: int) -> None:
        frame = self.stack[-1]
        if tag == "Paragraph" and frame.position is not None:
            self._copy_gap(end, resume=end)
        self._flush_inline()
        self.stack.pop()
        parent = self.stack[-1]
        if tag in {"TableHead", "TableRow"}:
            row = self.data[start:end].decode()
            parent.pieces.append(render_table_row(row, head=tag == "TableHead"))
        elif tag != "TableCell":
            parent.blocks.extend(self._make_blocks(frame))

    def _make_blocks(self, frame: _Frame) -> list[Block]:
        body = "".join(frame.pieces)
        match frame.name:
            case "Heading":
                text = " ".join(block.text for block in frame.blocks)
                level = int(_read_key(frame.detail, "level").removeprefix("H"))
                return [Block(kind=BlockKind.HEADING, text=f"{'#' * level} {text}", level=level)]
            case "CodeBlock":
                if self.without_code and body.strip() == self.without_code:
                    return []
                return [Block(text=render_code(body, info=_read_key(frame.detail, "Fenced")))]
            case "HtmlBlock":
                text = _SPACE.sub(" ", _COMMENT.sub("", body)).strip(" ")
                return [Block(text=text)] if text else []
            case "Table":
                return [Block(text=body.rstrip("\n"))]
            case "List":
                kind = BlockKind.BULLETS if frame.detail is None else BlockKind.NUMBERS
                return [Block(kind=kind, items=tuple(block.text for block in frame.blocks))]
            case "Item":
                return [Block(text=arrange_blocks(frame.blocks, keep_order=self.keep_order))]
            case "BlockQuote":
                text = arrange_blocks(frame.blocks, keep_order=self.keep_order)
                return [Block(text=render_item(text, marker="> ", indent="> "))]
            case _:
                return frame.blocks

    def _take_leaf(self, name: str, detail: object, start: int, end: int) -> None:
        frame = self.stack[-1]
        if name == "Rule":
            self._flush_inline()
        elif frame.name in {"CodeBlock", "HtmlBlock"}:
            frame.pieces.append(str(detail))
        elif frame.name == "TableCell":
            return
        elif name == "TaskListMarker":
            frame.position = end
        else:
            self._take_inline(name, detail, start, end)

    def _take_inline(self, name: str, detail: object, start: int, end: int) -> None:
        frame = self.stack[-1]
        self._copy_gap(start, resume=end)
        if name in {"SoftBreak", "HardBreak"}:
            frame.pieces.append(" ")
            frame.after_break = True
        elif name == "Code":
            # Null bytes keep the white space of a code span from being collapsed with the rest.
            frame.pieces.append("\0" + render_code_span(str(detail)) + "\0")
        elif not (name == "InlineHtml" and str(detail).startswith("<!--")):
            frame.pieces.append(self.data[start:end].decode())

    def _copy_gap(self, until: int, *, resume: int) -> None:
        """Copy what stands between two events: markup, escapes, and the prefix of a new line."""
        frame = self.stack[-1]
        if frame.name == "TableCell":
            return
        if frame.position is not None and frame.position < until:
            gap = self.data[frame.position : until].decode()
            if frame.after_break:
                gap = _LINE_PREFIX.sub("", gap, count=1)
            frame.pieces.append(gap)
        frame.after_break = False
        frame.position = resume

    def _flush_inline(self) -> None:
        """Close a run of inline text; a tight list item holds it without a paragraph."""
        frame = self.stack[-1]
        if frame.name in {"CodeBlock", "HtmlBlock", "Table", "TableCell"}:
            return
        parts = "".join(frame.pieces).split("\0")
        parts[::2] = [_SPACE.sub(" ", part) for part in parts[::2]]
        text = "".join(parts).strip(" ")
        frame.pieces.clear()
        frame.position = None
        if text:
            frame.blocks.append(Block(kind=BlockKind.PARAGRAPH, text=text))


def split_event(detail: object) -> tuple[str, object]:
    """Name and content of an event or a tag: `"Paragraph"` has none, `{"List": 3}` has 3."""
    if isinstance(detail, dict):
        name, inner = next(iter(detail.items()))
        return str(name), inner
    return str(detail), None


def _read_key(detail: object, key: str) -> str:
    return str(detail.get(key, "")) if isinstance(detail, dict) else ""
