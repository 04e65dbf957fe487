"""Reads `proposal.md`: why a change is made, and what it is about. All of it is prose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.interop.remainders import find_prose
from headwater.spec.document import find_unclosed, open_document
from headwater.spec.model import Spec
from headwater.spec.read_spec import find_clarifications
from headwater.spec.sections import find_sections, read_document_title

if TYPE_CHECKING:
    from headwater.interop.interface import Remainder
    from headwater.spec.model import Source

_TITLE = r"(?i)(?:change|proposal)\s*[:：]\s*"


def read_proposal(source: Source, *, name: str) -> tuple[Spec, list[Remainder]]:
    """Read a proposal as a spec without requirements; those stand in the change's deltas.

    Args:
        source: UTF-8 of at most 4 MB.
        name: the change, which is the title where the document has none.
    """
    document = open_document(source)
    sections = find_sections(document)
    title = re.sub(_TITLE, "", read_document_title(sections), count=1) or name
    spec = Spec(
        source=source,
        title=title,
        clarifications=find_clarifications(document),
        problems=tuple(find_unclosed(document)),
    )
    return spec, list(find_prose(document, sections, taken=()))
