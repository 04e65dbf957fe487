"""The text of one item of a document, without what has an identity of its own inside it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.spec.document import Document
    from headwater.spec.model import Span


class Prose:
    """A document's text with example tables, nested requirements and the like set apart."""

    def __init__(self, document: Document, *, apart: Iterable[Span]) -> None:
        self._document = document
        self._apart = sorted(apart, key=lambda span: (span.start, -span.end))
        self._starts = [span.start for span in self._apart]

    def text(self, span: Span, *, indent: int = 0) -> str:
        """The text of `span`; `indent` columns are taken off every line but the first."""
        first = bisect_left(self._starts, span.start)
        last = bisect_right(self._starts, span.end - 1)
        return self._document.raw(span, without=self._apart[first:last], indent=indent)
