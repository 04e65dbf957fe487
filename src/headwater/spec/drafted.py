"""The mark before an example table that a model made and nobody has confirmed yet.

A person confirms the rows by deleting the line. The mark is a comment and part of no text, so that
deleting it changes no digest.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.spec.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.spec.examples import ExampleTable
    from headwater.spec.model import Source, Spec

DRAFTED_MARK = "<!-- drafted: confirm -->"

_MARK = rb"<!--\s*drafted:\s*confirm\s*-->"
_MARK_LINE = rb"[ \t]*" + _MARK + rb"[ \t]*\r?\n\s*\Z"


def is_drafted_mark(source: Source, comment: Span) -> bool:
    """Whether a comment of a document is the mark."""
    return re.fullmatch(_MARK, source.data[comment.start : comment.end]) is not None


def find_drafted_mark(source: Source, table: ExampleTable) -> Span | None:
    """The line of the mark before a table, its line break included; None where there is none."""
    match = re.search(_MARK_LINE, source.data[: _line_start(source, table.span.start)])
    if not match:
        return None
    end = source.data.index(b"\n", match.start()) + 1
    return Span(start=match.start(), end=end)


def list_drafted(spec: Spec) -> Iterator[tuple[ExampleTable, Span]]:
    """Every table of a spec that nobody has confirmed, with its mark; not those of what retired."""
    retired = {one.id for one in spec.requirements if one.retired}
    for table in (one for one in list_tables(spec) if one.owner not in retired):
        mark = find_drafted_mark(spec.source, table)
        if mark:
            yield table, mark


def list_tables(spec: Spec) -> Sequence[ExampleTable]:
    """Every example table of a spec, in the order of the document."""
    tables = [table for one in spec.requirements for table in one.tables]
    for story in spec.stories:
        tables += story.tables
        tables += [table for scenario in story.scenarios for table in scenario.tables]
    return sorted(tables, key=lambda table: table.span.start)


def _line_start(source: Source, offset: int) -> int:
    return source.data.rfind(b"\n", 0, offset) + 1
