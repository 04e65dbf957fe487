"""Reads a main spec: `openspec/specs/CAPABILITY/spec.md`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.interop.openspec.requirements import (
    BlockReader,
    find_blocks,
    find_loose_blocks,
    find_misplaced,
)
from headwater.interop.remainders import find_prose
from headwater.spec.document import find_unclosed, open_document, sort_problems
from headwater.spec.model import Severity, Spec
from headwater.spec.read_spec import find_clarifications
from headwater.spec.sections import find_sections, read_document_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.interop.interface import Remainder
    from headwater.interop.openspec.requirements import Block
    from headwater.spec.document import Document
    from headwater.spec.model import Problem, Source
    from headwater.spec.sections import Section

_REQUIREMENTS = r"(?i)requirements"


def read_main(source: Source, *, name: str) -> tuple[Spec, list[Remainder]]:
    """Read a main spec, and find the prose beside its requirements.

    Args:
        source: UTF-8 of at most 4 MB.
        name: the capability, which is the title where the document has none.
    """
    document = open_document(source)
    sections = find_sections(document)
    blocks, loose = _find_all_blocks(sections)
    reader = BlockReader(document)
    read = [reader.read(block) for block in blocks]
    for block in blocks:
        if not block.scenarios:
            reader.warn_without_scenario(block)
    problems = [
        *find_unclosed(document),
        *reader.problems,
        *(_misplaced(document, block) for block in loose),
        *find_misplaced(document, sections, read=blocks, where="`## Requirements`"),
        *([] if read else [_empty(document)]),
    ]
    spec = Spec(
        source=source,
        title=read_document_title(sections) or name,
        stories=tuple(one.story for one in read if one.story),
        requirements=tuple(one.requirement for one in read),
        clarifications=find_clarifications(document),
        problems=sort_problems(problems),
    )
    taken = [block.section.span for block in blocks]
    return spec, list(find_prose(document, sections, taken=taken))


def _find_all_blocks(sections: Sequence[Section]) -> tuple[list[Block], list[Block]]:
    """All requirements in order, and those among them that stand where they do not belong."""
    parents = [one for one in sections if re.fullmatch(_REQUIREMENTS, one.title) and one.level == 2]
    found = [block for one in parents for block in find_blocks(sections, parent=one, bare=True)]
    loose = list(find_loose_blocks(sections, known=found))
    return sorted([*found, *loose], key=lambda block: block.section.start), loose


def _misplaced(document: Document, block: Block) -> Problem:
    return document.problem(
        "requirement-misplaced",
        f"“{block.section.title}” is no heading of level 3 below `## Requirements`",
        offset=block.section.start,
        hint="Move it there: it is read here, but OpenSpec itself passes over it.",
        severity=Severity.WARNING,
    )


def _empty(document: Document) -> Problem:
    return document.problem(
        "no-requirements",
        "expected `## Requirements` with `### Requirement: Name` below it, found none",
        offset=0,
        hint="Add what the capability must do.",
        severity=Severity.WARNING,
    )
