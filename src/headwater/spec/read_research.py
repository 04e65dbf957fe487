"""Reads the decisions of a feature's `research.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.spec.document import find_unclosed, find_unreadable, open_document, sort_problems
from headwater.spec.find_resolutions import find_resolutions
from headwater.spec.sections import find_sections
from headwater.spec.side_documents import Research

if TYPE_CHECKING:
    from headwater.spec.model import Source


def read_research(source: Source) -> Research:
    """Read a feature's research. Whatever cannot be read stands in `problems`."""
    unreadable = find_unreadable(source)
    if unreadable:
        return Research(source=source, problems=(unreadable,))
    document = open_document(source)
    return Research(
        source=source,
        resolutions=find_resolutions(document, find_sections(document)),
        problems=sort_problems(find_unclosed(document)),
    )
