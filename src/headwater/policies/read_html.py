"""Reads policies in HTML: what a person sees of a page, and nothing else."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from headwater.policies.decode_bytes import decode_bytes
from headwater.policies.interface import BlockKind, PolicyBlock, PolicyLine, PolicyText
from headwater.policies.refusals import refuse_policy
from headwater.spec.article_sources import Spot

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNSEEN = frozenset({"script", "style", "template", "noscript", "head", "svg", "math", "iframe"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_BLOCKS = {
    "p": BlockKind.PARAGRAPH,
    "div": BlockKind.PARAGRAPH,
    "section": BlockKind.PARAGRAPH,
    "article": BlockKind.PARAGRAPH,
    "body": BlockKind.PARAGRAPH,
    "ul": BlockKind.PARAGRAPH,
    "ol": BlockKind.PARAGRAPH,
    "table": BlockKind.PARAGRAPH,
    "dt": BlockKind.PARAGRAPH,
    "dd": BlockKind.ITEM,
    "li": BlockKind.ITEM,
    "blockquote": BlockKind.QUOTE,
    "pre": BlockKind.CODE,
    "tr": BlockKind.ROW,
    **{f"h{level}": BlockKind.HEADING for level in range(1, 7)},
}
# What another one of its kind ends, when its own end is left out.
_CLOSED_BY_NEXT = frozenset({"p", "li", "dt", "dd", "tr", "td", "th", "option"})
_DEEPEST = 500
_HIDING = (
    r"(?i)(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d]))"
)


def read_html(path: str, data: bytes) -> PolicyText:
    """The blocks of a page."""
    text = decode_bytes(path, data)
    if isinstance(text, PolicyText):
        return text
    try:
        return PolicyText(path=path, blocks=read_fragment(text, first=1))
    except AssertionError as error:  # how `html.parser` refuses `<![`, and `_Parser` nesting
        return refuse_policy(
            path,
            f"expected HTML, found what is none: {error}",
            hint="Save the page anew, or as text.",
        )


def read_fragment(text: str, *, first: int, paragraphs: bool = False) -> tuple[PolicyBlock, ...]:
    """The blocks of a piece of HTML.

    Args:
        text: of the piece.
        first: the line that it begins on.
        paragraphs: count blocks in place of lines.

    Raises:
        AssertionError: it is no HTML, or nested too deeply.
    """
    parser = _Parser(first=first, paragraphs=paragraphs)
    parser.feed(text)
    parser.close()
    return tuple(parser.finish())


class _Parser(HTMLParser):
    """Collects the lines of the block that is open, and what hides text."""

    def __init__(self, *, first: int, paragraphs: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._first = first
        self._paragraphs = paragraphs
        self._blocks: list[PolicyBlock] = []
        self._lines: dict[int, str] = {}
        self._open: list[str] = []
        self._hidden = 0  # how many open elements hide their text
        self._hiding: list[bool] = []
        self._cells: list[str] | None = None
        self._header: tuple[str, ...] = ()
        self._table = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins where another ends."""
        if tag in _VOID:
            if tag == "br":
                self._add_text(" ")
            return
        if tag in _BLOCKS and self._cells is None:
            self._end_block()
        if tag == "table":
            self._header, self._table = (), self._table + 1
        if tag == "tr":
            self._end_block()
            self._cells = []
        if tag in {"td", "th"} and self._cells is not None:
            self._cells.append("")
        if self._open and tag in _CLOSED_BY_NEXT and self._open[-1] == tag:
            self._open.pop()
            self._hidden -= self._hiding.pop()
        if len(self._open) == _DEEPEST:
            raise AssertionError(f"more than {_DEEPEST} elements inside each other")
        hides = tag in _UNSEEN or _is_hidden(attrs)
        self._open.append(tag)
        self._hiding.append(hides)
        self._hidden += hides

    def handle_endtag(self, tag: str) -> None:
        """Whatever was left open inside ends with it."""
        if tag not in self._open:
            return
        if tag in _BLOCKS and (self._cells is None or tag in {"tr", "table"}):
            self._end_block()
        while True:
            self._hidden -= self._hiding.pop()
            if self._open.pop() == tag:
                return

    def handle_data(self, data: str) -> None:
        """Text that is seen, with the line that each part stands on."""
        if not self._hidden:
            self._add_text(data)

    def finish(self) -> list[PolicyBlock]:
        """Everything, with what was left open."""
        self._end_block()
        return self._blocks

    def _add_text(self, data: str) -> None:
        number = self.getpos()[0] + self._first - 1
        for offset, piece in enumerate(data.split("\n")):
            line = number + offset
            self._lines[line] = self._lines.get(line, "") + piece
            if self._cells:
                self._cells[-1] += f"{' ' if offset else ''}{piece}"

    def _end_block(self) -> None:
        texts = {number: text for number, text in self._lines.items() if text.strip()}
        cells = tuple(" ".join(cell.split()) for cell in self._cells or ())
        self._lines, self._cells = {}, None
        if not texts:
            return
        tags = [tag for tag in self._open if tag in _BLOCKS]
        kind = BlockKind.ROW if cells else _choose_kind(tags)
        self._blocks.append(
            PolicyBlock(
                kind=kind,
                lines=self._make_lines(texts),
                level=int(tags[-1][1]) if kind is BlockKind.HEADING else 0,
                cells=cells,
                header=self._header if cells else (),
                table=self._table if cells else 0,
            )
        )
        if cells and not self._header:
            self._header = cells

    def _make_lines(self, texts: dict[int, str]) -> tuple[PolicyLine, ...]:
        if self._paragraphs:
            number = len(self._blocks) + 1
            return (PolicyLine(text=" ".join(texts.values()), spot=Spot(0, number)),)
        return tuple(PolicyLine(text=text, spot=Spot(0, n)) for n, text in sorted(texts.items()))


def _choose_kind(tags: Sequence[str]) -> BlockKind:
    """What encloses everything else decides where that is a quotation or code."""
    kinds = [_BLOCKS[tag] for tag in tags]
    for strong in (BlockKind.QUOTE, BlockKind.CODE):
        if strong in kinds:
            return strong
    if "li" in tags and kinds[-1] is not BlockKind.HEADING:
        return BlockKind.ITEM
    return kinds[-1] if kinds else BlockKind.PARAGRAPH


def _is_hidden(attrs: Sequence[tuple[str, str | None]]) -> bool:
    given = dict(attrs)
    hidden = "hidden" in given or (given.get("aria-hidden") or "").lower() == "true"
    return hidden or re.search(_HIDING, given.get("style") or "") is not None
