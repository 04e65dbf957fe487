"""A document opened for reading: its blocks, its places, and its bytes without what is hidden."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from operator import methodcaller
from typing import TYPE_CHECKING

from headwater.spec.markdown import Block, BlockKind, read_outline, walk
from headwater.spec.model import Place, Problem, Severity, Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LARGEST_DOCUMENT = 4 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"
_TAB = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A source with its blocks.

    Attributes:
        source: where it came from.
        blocks: its top-level blocks.
        every_block: those inside others too, in the order of the document.
        masked: its bytes with HTML comments and code blocks blanked out, offsets unchanged:
            what looks like an id in there is none.
        prose: `masked` with inline code blanked out too.
        comments: its HTML comments.
        line_starts: the offset of every line's first byte.
    """

    source: Source
    blocks: tuple[Block, ...]
    every_block: tuple[Block, ...]
    masked: bytes
    prose: bytes
    comments: tuple[Span, ...]
    line_starts: tuple[int, ...]

    def place(self, offset: int) -> Place:
        """The place of the byte at `offset`; `Source.place` with the lines counted once."""
        line = bisect_right(self.line_starts, offset)
        before = self.source.data[self.line_starts[line - 1] : offset]
        column = len(before.removeprefix(_BOM if line == 1 else b"").decode(errors="replace")) + 1
        return Place(path=self.source.path, line=line, column=column)

    def problem(
        self,
        code: str,
        message: str,
        *,
        offset: int,
        hint: str = "",
        severity: Severity = Severity.ERROR,
    ) -> Problem:
        """A problem at the byte at `offset`."""
        place = self.place(offset)
        return Problem(code=code, message=message, place=place, hint=hint, severity=severity)

    def visible(self, span: Span) -> str:
        """The text of `span` with comments and code blocks blanked out, ends of line as LF."""
        return _with_lf(self.masked[span.start : span.end].decode(errors="replace"))

    def raw(self, span: Span, *, without: Iterable[Span] = (), indent: int = 0) -> str:
        """The text of `span` as it means: parts left out, the item's indentation taken off.

        Ends of line become LF, since a checkout may change them.
        """
        pieces = []
        start = span.start
        for cut in sorted(without, key=lambda cut: cut.start):
            if cut.start > start:
                pieces.append(Span(start=start, end=min(cut.start, span.end)))
            start = max(start, cut.end)
        pieces.append(Span(start=start, end=max(start, span.end)))
        data = self.source.data
        texts = [_with_lf(data[p.start : p.end].decode(errors="replace")) for p in pieces]
        kept = [text.rstrip().lstrip("\n") for text in texts if text.strip()]
        return _outdent("\n\n".join(kept), indent).strip()

    def trimmed(self, span: Span) -> Span:
        """`span` without the white space at its end."""
        kept = self.source.data[span.start : span.end].rstrip()
        return Span(start=span.start, end=span.start + len(kept))

    def indentation(self, block: Block) -> int:
        """The column, from 0, at which a list item's text stands."""
        first = block.children[0].span.start if block.children else block.span.end
        line_start = self.source.data.rfind(b"\n", 0, first) + 1
        return len(self.source.data[line_start:first].decode(errors="replace"))


def find_unreadable(source: Source) -> Problem | None:
    """Why a source cannot be read at all: too large, or not UTF-8; None when it can."""
    if len(source.data) > LARGEST_DOCUMENT:
        return Problem(
            code="document-too-large",
            message=f"expected at most 4 MB, found {len(source.data):,} bytes",
            place=Place(path=source.path, line=1),
            hint="Split the document.",
        )
    try:
        source.data.decode()
    except UnicodeDecodeError as error:
        byte = source.data[error.start]
        return Problem(
            code="document-not-utf-8",
            message=f"expected UTF-8 text, found byte 0x{byte:02x} at offset {error.start}",
            place=source.place(error.start),
            hint="Save the file as UTF-8.",
        )
    return None


def open_document(source: Source) -> Document:
    """Open a source that `find_unreadable` finds nothing wrong with."""
    data = source.data
    bom = len(_BOM) if data.startswith(_BOM) else 0
    outline = read_outline(data[bom:].decode(), offset=bom)
    every_block = tuple(walk(outline.blocks))
    code = [block.span for block in every_block if block.kind is BlockKind.CODE]
    masked = _blank(data, [*outline.comments, *code])
    return Document(
        source=source,
        blocks=outline.blocks,
        every_block=every_block,
        masked=masked,
        prose=_blank(masked, outline.code_spans),
        comments=outline.comments,
        line_starts=(0, *map(methodcaller("end"), re.finditer(rb"\n", data))),
    )


def find_unclosed(document: Document) -> list[Problem]:
    """Code blocks and comments without an end: they hide everything below them."""
    found = [
        (block.span.start, "code block", "a line with the same fence")
        for block in document.every_block
        if block.kind is BlockKind.CODE and block.fenced and not _is_closed(document, block)
    ]
    found += [
        (comment.start, "comment", "-->")
        for comment in document.comments
        if not document.source.text(comment).endswith("-->")
    ]
    return [
        document.problem(
            "not-closed",
            f"this {what} has no end, so it hides all that stands below it",
            offset=offset,
            hint=f"End it with {end}.",
            severity=Severity.WARNING,
        )
        for offset, what, end in found
    ]


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems in the order of their places, each once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda problem: problem.place))


def _is_closed(document: Document, block: Block) -> bool:
    shown = document.source.data[block.span.start : block.span.end].rstrip()
    last = max(shown.rfind(b"\n"), shown.rfind(b"\r"))
    return last >= 0 and bool(re.fullmatch(rb"[ \t>]*(?:`{3,}|~{3,})", shown[last + 1 :]))


def _blank(data: bytes, spans: Sequence[Span]) -> bytes:
    blanked = bytearray(data)
    for span in spans:
        hidden = data[span.start : span.end]
        lines = b"\n" in hidden or b"\r" in hidden
        blank = re.sub(rb"[^\r\n]", b" ", hidden) if lines else b" " * len(hidden)
        blanked[span.start : span.end] = blank
    return bytes(blanked)


def _with_lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _outdent(text: str, width: int) -> str:
    """Take up to `width` columns of white space off every line but the first."""
    if not width or "\n" not in text:
        return text
    first, *rest = text.split("\n")
    return "\n".join([first, *(_outdent_line(line, width) for line in rest)])


def _outdent_line(line: str, width: int) -> str:
    taken = 0
    while line and taken < width and line[0] in " \t":
        taken += _TAB if line[0] == "\t" else 1
        line = line[1:]
    return line
