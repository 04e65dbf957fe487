"""Blocks of prose in normal form, and how they are put together: the canonical Markdown writer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class BlockKind(Enum):
    """What the order of blocks depends on."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    BULLETS = "bullets"
    NUMBERS = "numbers"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One block; a list has `items` in place of `text`, a heading its `level`."""

    kind: BlockKind = BlockKind.OTHER
    text: str = ""
    level: int = 0
    items: tuple[str, ...] = ()


def arrange_blocks(blocks: Sequence[Block], *, keep_order: bool) -> str:
    """Write blocks as Markdown, sections and bullet points sorted unless `keep_order`."""
    levels = [block.level for block in blocks if block.kind is BlockKind.HEADING]
    if not levels:
        return _write_blocks(blocks, keep_order=keep_order)
    top = min(levels)
    starts = [number for number, block in enumerate(blocks) if block.level == top]
    ends = [*starts[1:], len(blocks)]
    sections = [
        _join(blocks[start].text, arrange_blocks(blocks[start + 1 : end], keep_order=keep_order))
        for start, end in zip(starts, ends, strict=True)
    ]
    if not keep_order:
        sections.sort()
    opening = arrange_blocks(blocks[: starts[0]], keep_order=keep_order)
    return _join(opening, *sections)


def render_item(text: str, *, marker: str, indent: str) -> str:
    """A list item or quotation: the first line after `marker`, the others after `indent`."""
    first, *others = text.split("\n")
    return "\n".join(
        [
            (marker + first).rstrip(),
            *((indent + line if line else indent.rstrip()) for line in others),
        ]
    )


def render_code(code: str, *, info: str) -> str:
    """A fenced block whose fence is longer than any run of back-ticks in it."""
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    ending = "" if code.endswith("\n") or not code else "\n"
    return f"{fence}{info.strip()}\n{code}{ending}{fence}"


def render_code_span(code: str) -> str:
    """A code span, with back-ticks around it that do not occur in it."""
    taken = {len(run) for run in re.findall(r"`+", code)}
    fence = "`" * next(length for length in count(1) if length not in taken)
    stripped = code.startswith(" ") and code.endswith(" ") and code.strip(" ") != ""
    pad = " " if stripped or code.startswith("`") or code.endswith("`") else ""
    return f"{fence}{pad}{code}{pad}{fence}"


def render_table_row(raw: str, *, head: bool) -> str:
    """A table row with its cells exact, without the padding that aligns columns."""
    cells = [cell.strip(" \t") for cell in re.split(r"(?<!\\)\|", raw.strip())]
    if len(cells) > 1 and not cells[0]:
        del cells[0]
    if len(cells) > 1 and not cells[-1]:
        del cells[-1]
    rule = "| --- " * len(cells) + "|\n" if head else ""
    return f"| {' | '.join(cells)} |\n{rule}"


def _write_blocks(blocks: Sequence[Block], *, keep_order: bool) -> str:
    text = ""
    previous: Block | None = None
    for block in _merge_lists(blocks):
        rendered = _render_list(block, keep_order=keep_order) if block.items else block.text
        close = previous is not None and previous.kind is BlockKind.PARAGRAPH and block.items
        text = f"{text}\n{rendered}" if close else _join(text, rendered)
        previous = block
    return text


def _merge_lists(blocks: Sequence[Block]) -> list[Block]:
    """Neighbouring lists of one kind are one: only their markers could tell them apart."""
    merged: list[Block] = []
    for block in blocks:
        if block.items and merged and merged[-1].kind is block.kind:
            items = merged.pop().items + block.items
            merged.append(Block(kind=block.kind, items=items))
        else:
            merged.append(block)
    return merged


def _render_list(block: Block, *, keep_order: bool) -> str:
    if block.kind is BlockKind.NUMBERS:
        markers = [f"{number}. " for number in range(1, len(block.items) + 1)]
        items = list(block.items)
    else:
        markers = ["- "] * len(block.items)
        items = list(block.items) if keep_order else sorted(block.items)
    return "\n".join(
        render_item(item, marker=marker, indent=" " * len(marker))
        for item, marker in zip(items, markers, strict=True)
    )


def _join(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
