"""Writes `plan.md`: the design as it is, with native headings for what it decides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.interop.design import find_headings
from headwater.spec.document import open_document
from headwater.spec.model import Span
from headwater.spec.sections import find_sections
from headwater.spec.splice import Edit, apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.interop.design import Heading
    from headwater.interop.writing.draft import Draft
    from headwater.spec.document import Document
    from headwater.spec.model import Decision
    from headwater.spec.sections import Section

# What a heading begins with that the native reader takes for a decision or a component.
_NUMBERED = r"[CD]\d{1,3}(?!\w)(?!\.\d)"


def render_plan(draft: Draft) -> bytes | None:
    """A native plan; None where there is no design.

    Decisions and properties get their native ids, with what they serve. A heading that happens to
    begin like a native id is marked as a part.
    """
    plan = draft.whole.feature.plan
    if plan is None:
        return None
    document = open_document(plan.source)
    sections = find_sections(document)
    headings = list(find_headings(sections))
    edits: list[Edit] = [_title(document, sections, plan.title)]
    for heading, decision in zip(headings, plan.decisions, strict=True):
        edits += _edit_heading(document, heading, decision, draft)
    ours = {heading.section.start for heading in headings}
    for section in sections:
        if section.start not in ours and re.match(_NUMBERED, section.title) and section.level > 1:
            span = Span(start=section.title_start, end=section.title_start)
            edits.append(Edit(span=span, replacement=b"Part "))
    return apply_edits(plan.source.data, edits)


def _title(document: Document, sections: Sequence[Section], title: str) -> Edit:
    line = f"# Implementation Plan: {title}".encode()
    for section in sections:
        if section.level == 1:
            span = document.trimmed(Span(start=section.start, end=section.body.start))
            return Edit(span=span, replacement=line)
    start = 3 if document.source.data.startswith(b"\xef\xbb\xbf") else 0
    return Edit(span=Span(start=start, end=start), replacement=line + b"\n\n")


def _edit_heading(
    document: Document, heading: Heading, decision: Decision, draft: Draft
) -> Iterator[Edit]:
    section = heading.section
    local = draft.local(draft.whole, decision.id)
    kind = f"Property {decision.id.removeprefix('P')}: " if decision.id.startswith("P") else ""
    name = f"{'#' * section.level} {local}: {kind}{heading.title}"
    serves = [draft.local(draft.whole, ref) for ref in decision.serves]
    if serves:
        name += f"\n\n**Serves**: {', '.join(serves)}"
    span = document.trimmed(Span(start=section.start, end=section.body.start))
    yield Edit(span=span, replacement=name.encode())
