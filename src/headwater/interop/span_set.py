"""Spans of one document that are asked for what they cover."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.spec.model import Span


class SpanSet:
    """A fixed set of spans; a question takes no longer for many of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans, key=lambda span: span.start)
        self._starts = [span.start for span in ordered]
        # How far the spans up to this one reach.
        self._reach = list(accumulate((span.end for span in ordered), max))

    def overlaps(self, span: Span) -> bool:
        """Whether one of them shares a byte with this one."""
        return self._reaches(span.start, before=span.end)

    def holds(self, offset: int) -> bool:
        """Whether the byte at `offset` lies in one of them."""
        return self._reaches(offset, before=offset + 1)

    def _reaches(self, offset: int, *, before: int) -> bool:
        """Whether one that starts before `before` reaches beyond `offset`."""
        count = bisect_left(self._starts, before)
        return count > 0 and self._reach[count - 1] > offset
