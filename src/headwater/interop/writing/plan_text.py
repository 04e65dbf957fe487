"""Writes `plan.md`: the design as it is, with native headings for what it decides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.interop.design import find_stated
from headwater.spec.document import open_document
from headwater.spec.model import Span
from headwater.spec.sections import find_sections
from headwater.spec.splice import Edit, apply_edits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.interop.design import Stated
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
    stated = find_stated(document, sections)
    edits: list[Edit] = [_title(document, sections, plan.title)]
    for one, decision in zip(stated, plan.decisions, strict=True):
        edits.append(_edit_heading(document, one, decision, draft))
    ours = {one.span.start for one in stated}
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


def _edit_heading(document: Document, stated: Stated, decision: Decision, draft: Draft) -> Edit:
    """The heading of a decision in place of its own, or above the paragraph that states it."""
    local = draft.local(draft.whole, decision.id)
    kind = f"Property {decision.id.removeprefix('P')}: " if decision.id.startswith("P") else ""
    lines = f"{'#' * min(stated.level, 6)} {local}: {kind}{stated.title}"
    serves = [draft.local(draft.whole, ref) for ref in decision.serves]
    if serves:
        lines += f"\n\n**Serves**: {', '.join(serves)}"
    start = stated.span.start
    if stated.becomes_heading:
        span = document.trimmed(Span(start=start, end=stated.body.start))
        return Edit(span=span, replacement=lines.encode())
    return Edit(span=Span(start=start, end=start), replacement=f"{lines}\n\n".encode())
