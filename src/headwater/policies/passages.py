"""A policy cut into passages: sentences, list items and tables, each with where it stands."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from headwater.policies.interface import BlockKind, PolicyBlock, PolicyLine, PolicyText
from headwater.policies.quotes import Quote, make_quote, normalise_words
from headwater.policies.strengths import read_demand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ENDED = r"[.!?][\"'”’)\]*_`]*\s+(?=[\"'“‘(\[*_`]*[A-Z0-9])"
_ABBREVIATED = (
    r"(?i)(?:\b(?:e\.g|i\.e|etc|cf|vs|no|art|sec|fig|resp|approx|ca|incl|ver|v)|\b[A-Z])\.\s*$"
)
_PRONOUN = r"(?:They|It|These|Those|This|That|He|She|Both|Such)\b"
_NUMBERED = r"^(?:[A-Z]{1,6}-)?\d{1,3}(?:\.\d{1,3}){0,4}[.)]?\s+(?=[A-Z])"


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyPassage:
    """One sentence, list item or table row, or a whole table.

    Attributes:
        kind: the kind of its block.
        quote: its words with their place. Those of an item that demands nothing by itself follow
            the words that lead its list in (“All services must:”), and a demand that begins with
            a pronoun follows the one before it: without them it would say something else.
        own: the words without such a lead; of a table row, its cells.
        headings: the titles above it, outermost first.
        rows: of a whole table, its rows, the first with the names of columns.
        paragraph: a number that the sentences of one block share, and the rows of one table.
    """

    kind: BlockKind
    quote: Quote
    own: str
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    paragraph: int = 0


def split_passages(policy: PolicyText) -> tuple[PolicyPassage, ...]:
    """The passages of a policy in order; headings are not among them."""
    return tuple(_split(policy))


def _split(policy: PolicyText) -> Iterator[PolicyPassage]:
    headings: list[tuple[int, str]] = []
    lead = ""
    grouped = groupby(enumerate(policy.blocks), key=lambda one: one[1].table or -one[0] - 1)
    for number, group in ((key, [block for _, block in blocks]) for key, blocks in grouped):
        (block, *_) = group
        titles = tuple(title for _, title in headings)
        if block.kind is BlockKind.HEADING:
            headings = [one for one in headings if one[0] < block.level]
            headings.append((block.level, _join(block.lines)))
            lead = ""
        elif block.kind is BlockKind.ROW:
            yield from _split_table(policy, group, titles, number=number)
        else:
            yield from _split_block(policy, block, titles, lead=lead, number=number)
            lead = _find_lead(block, lead)


def _find_lead(block: PolicyBlock, lead: str) -> str:
    """The words that lead in the list that follows; a list's items share theirs."""
    if block.kind is BlockKind.ITEM:
        return lead
    last = normalise_words(re.split(_ENDED, _join(block.lines))[-1])
    return last if last.endswith(":") and block.kind is BlockKind.PARAGRAPH else ""


def _split_block(
    policy: PolicyText,
    block: PolicyBlock,
    headings: tuple[str, ...],
    *,
    lead: str,
    number: int,
) -> Iterator[PolicyPassage]:
    lead = lead if block.kind is BlockKind.ITEM else ""
    before: tuple[str, list[PolicyLine]] = (lead, [])
    for text, lines in _split_sentences(block.lines):
        own = re.sub(_NUMBERED, "", normalise_words(text))
        demands = read_demand(own) is not None
        leans = demands and bool(before[1]) and re.match(_PRONOUN, own) is not None
        led = bool(before[0]) and not before[1] and not demands
        said = f"{before[0]} {own}" if leans or led else own
        if own:
            yield PolicyPassage(
                kind=block.kind,
                quote=make_quote(policy, [*before[1], *lines] if leans else lines, text=said),
                own=own,
                headings=headings,
                paragraph=number,
            )
        before = (own, lines)


def _split_sentences(lines: Sequence[PolicyLine]) -> Iterator[tuple[str, list[PolicyLine]]]:
    """Each sentence with the lines that it stands on."""
    parts, ends, length = list[str](), list[int](), 0
    for line in lines:
        parts.append(line.text.strip())
        length += len(parts[-1])
        ends.append(length)
        length += 1
    text = " ".join(parts)
    for start, end in _find_sentences(text):
        first, last = bisect_right(ends, start), bisect_left(ends, end)
        yield text[start:end], list(lines[first : last + 1])


def _find_sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in re.finditer(_ENDED, text):
        if not re.search(_ABBREVIATED, text[max(start, match.start() - 12) : match.start() + 1]):
            yield start, len(text[: match.end()].rstrip())
            start = match.end()
    if text[start:].strip():
        yield start, len(text.rstrip())


def _split_table(
    policy: PolicyText, rows: Sequence[PolicyBlock], headings: tuple[str, ...], *, number: int
) -> Iterator[PolicyPassage]:
    """The whole table, then each of its rows below the header."""
    lines = [line for row in rows for line in row.lines]
    whole = make_quote(policy, lines)
    yield PolicyPassage(
        kind=BlockKind.ROW,
        quote=whole,
        own=whole.text,
        headings=headings,
        rows=tuple(row.cells for row in rows),
        paragraph=number,
    )
    for row in rows[1:]:
        quote = make_quote(policy, row.lines)
        yield PolicyPassage(
            kind=BlockKind.ROW,
            quote=quote,
            own=": ".join(cell for cell in row.cells if cell),
            headings=headings,
            paragraph=number,
        )


def _join(lines: Sequence[PolicyLine]) -> str:
    return normalise_words(" ".join(line.text for line in lines))
