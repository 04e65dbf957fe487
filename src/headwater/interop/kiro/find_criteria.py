"""Finds numbered acceptance criteria: in lists, and as lines that begin with `1.2`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.spec.markdown import Block, BlockKind
from headwater.spec.model import Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.spec.document import Document

_NUMBER = (
    r"\s*(?:\*\*|__|`|\[)?(?P<group>\d{1,3})\.(?P<number>\d{1,3})(?![\d.]*\d)"
    r"(?:\*\*|__|`|\])?[.:：)]?(?:\*\*|__)?[ \t　]+"
)
_LINE = rf"(?m)^{_NUMBER}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Criterion:
    """A criterion: its number, all that belongs to it, and where its text begins.

    `group` is the number of the requirement that it says it belongs to, 0 if it says none.
    """

    group: int
    number: int
    span: Span
    text: Span
    indent: int


def find_criteria(
    document: Document, parts: Sequence[Sequence[Block]]
) -> tuple[list[Criterion], list[Problem]]:
    """The criteria of one requirement, in the blocks of its sections.

    A numbered list counts as it is numbered, and on from there where it starts over. Where lines
    carry numbers of their own, lists between them belong to the line before.
    """
    lines = [one for blocks in parts for one in _read_lines(document, blocks)]
    if lines:
        return lines, []
    return _read_lists(document, [block for blocks in parts for block in blocks])


def _match_lines(document: Document, block: Block) -> Iterator[tuple[int, re.Match[str]]]:
    """Lines of a paragraph that begin with a number; offsets are of its first byte."""
    text = document.masked[block.span.start : block.span.end].decode()
    for match in re.finditer(_LINE, text):
        yield block.span.start, match


def _read_lines(document: Document, blocks: Sequence[Block]) -> list[Criterion]:
    paragraphs = (block for block in blocks if block.kind is BlockKind.PARAGRAPH)
    lined = [one for block in paragraphs for one in _match_lines(document, block)]
    starts = [base + len(match.string[: match.start()].encode()) for base, match in lined]
    ends = [*starts[1:], *(block.span.end for block in blocks[-1:])]
    found = []
    for (base, match), start, end in zip(lined, starts, ends, strict=False):
        span = document.trimmed(Span(start=start, end=end))
        text = base + len(match.string[: match.end()].encode())
        found.append(
            Criterion(
                group=int(match["group"]),
                number=int(match["number"]),
                span=span,
                text=Span(start=text, end=max(text, span.end)),
                indent=0,
            )
        )
    return found


def _read_lists(
    document: Document, blocks: Sequence[Block]
) -> tuple[list[Criterion], list[Problem]]:
    lists = [block for block in blocks if block.kind is BlockKind.LIST]
    found: list[Criterion] = []
    problems: list[Problem] = []
    last = 0
    for block in lists:
        number = block.start if block.start is not None else last + 1
        if number <= last:
            problems.append(_started_over(document, block, last + 1))
            number = last + 1
        for item in block.children:
            criterion = _read_item(document, item, number)
            found.append(criterion)
            last = criterion.number
            number = last + 1
    return found, problems


def _read_item(document: Document, item: Block, number: int) -> Criterion:
    span = document.trimmed(item.span)
    start = min(item.children[0].span.start, span.end) if item.children else span.end
    text = document.masked[start : span.end].decode()
    own = re.match(_NUMBER, text)
    if own:
        start += len(text[: own.end()].encode())
    return Criterion(
        group=int(own["group"]) if own else 0,
        number=int(own["number"]) if own else number,
        span=span,
        text=Span(start=start, end=span.end),
        indent=document.indentation(item),
    )


def _started_over(document: Document, block: Block, number: int) -> Problem:
    return document.problem(
        "criteria-start-over",
        f"these criteria are numbered from {block.start} again; they count on from {number}",
        offset=block.span.start,
        hint="Number all criteria of a requirement in one sequence.",
        severity=Severity.WARNING,
    )
