"""Reads what a change does to one capability: added, modified, removed, renamed requirements."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headwater.interop.openspec.requirements import (
    REQUIREMENT_LEVEL,
    BlockReader,
    find_blocks,
    find_misplaced,
    make_requirement_id,
    read_name,
)
from headwater.interop.remainders import find_prose
from headwater.spec.document import find_unclosed, open_document, sort_problems
from headwater.spec.marks import Change, Retirement
from headwater.spec.model import Requirement, Severity, Span, Spec
from headwater.spec.read_spec import find_clarifications
from headwater.spec.sections import find_fields, find_sections

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.interop.interface import Remainder
    from headwater.interop.openspec.requirements import Block, ReadBlock
    from headwater.spec.document import Document
    from headwater.spec.model import Problem, Source
    from headwater.spec.sections import Section

_SECTION = r"(?i)(?P<kind>ADDED|MODIFIED|REMOVED|RENAMED)\s+Requirements"
_WHERE = "`## ADDED`, `MODIFIED` or `REMOVED Requirements`"
_NAME = rb"(?P<name>[^`\r\n]+?)`?[ \t]*"
_HEADER = rb"`?(?:###\s*)?(?:Requirement:\s*)?" + _NAME
_REMOVED = rb"(?im)^[ \t]*[-*+][ \t]+`?(?:###\s*)?Requirement:\s*" + _NAME + rb"\r?$"
_RENAMED = (
    rb"(?im)^[ \t]*(?:[-*+][ \t]+)?(?:\*\*)?FROM:(?:\*\*)?[ \t]*"
    + _HEADER.replace(b"name", b"old")
    + rb"\r?\n\s*(?:[-*+][ \t]+)?(?:\*\*)?TO:(?:\*\*)?[ \t]*"
    + _HEADER
    + rb"\r?$"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Delta:
    """A delta as a spec, with what it names of the main spec.

    Attributes:
        spec: added requirements as they are; modified and renamed ones with what they change;
            removed ones as retired.
        remainders: prose beside them.
        changed: ids of the main spec's requirements that must exist, each with who names it.
        added: requirements that must not exist there.
    """

    spec: Spec
    remainders: tuple[Remainder, ...]
    changed: tuple[tuple[str, Requirement], ...]
    added: tuple[Requirement, ...]


def read_delta(source: Source, *, capability: str) -> Delta:
    """Read a delta; `capability` is the number of the feature that it changes."""
    document = open_document(source)
    sections = find_sections(document)
    reader = _DeltaReader(document, sections, capability)
    for section in sections:
        match = re.fullmatch(_SECTION, section.title)
        if match and section.level == 2:
            reader.take(match["kind"].upper(), section)
    spec = reader.finish(source)
    prose = find_prose(document, sections, taken=reader.taken)
    return Delta(
        spec=spec,
        remainders=tuple(prose),
        changed=tuple(reader.changed),
        added=tuple(reader.added),
    )


class _DeltaReader:
    """Takes the sections of a delta in order."""

    def __init__(self, document: Document, sections: Sequence[Section], capability: str) -> None:
        self._document = document
        self._sections = sections
        self._capability = capability
        self._blocks = BlockReader(document)
        self._renamed = _find_renamed(document, sections)
        self._seen: list[Block] = []
        self._read: list[ReadBlock] = []
        self._bare: list[Requirement] = []
        self._problems: list[Problem] = []
        self.taken: list[Span] = []
        self.changed: list[tuple[str, Requirement]] = []
        self.added: list[Requirement] = []

    def take(self, kind: str, section: Section) -> None:
        """One section; `kind` is how it begins."""
        if kind == "RENAMED":
            self._take_renamed(section)
            return
        blocks = list(find_blocks(self._sections, parent=section))
        self._seen += blocks
        self.taken += [block.section.span for block in blocks]
        for block in blocks:
            self._take_block(kind, block)
        if kind == "REMOVED":
            self._take_removed_items(section)
        self._problems += _find_unread(self._document, self._sections, section)

    def finish(self, source: Source) -> Spec:
        """The delta as a spec, once every section was taken."""
        document = self._document
        misplaced = find_misplaced(document, self._sections, read=self._seen, where=_WHERE)
        problems = [
            *find_unclosed(document),
            *self._problems,
            *self._blocks.problems,
            *misplaced,
            *([] if self._read or self._bare else [_empty(document)]),
        ]
        requirements = [*(one.requirement for one in self._read), *self._bare]
        return Spec(
            source=source,
            title=self._capability,
            stories=tuple(one.story for one in self._read if one.story),
            requirements=tuple(sorted(requirements, key=lambda one: one.span.start)),
            clarifications=find_clarifications(document),
            problems=sort_problems(problems),
        )

    def _take_block(self, kind: str, block: Block) -> None:
        read = self._blocks.read(block)
        requirement = read.requirement
        if kind == "ADDED":
            self.added.append(requirement)
        else:
            old = self._renamed.get(block.name, block.name)
            requirement = self._link(requirement, old)
        if kind == "REMOVED":
            retired = Retirement(reason=_read_reason(self._document, block))
            requirement = replace(requirement, retired=retired)
        elif not block.scenarios:
            self._blocks.warn_without_scenario(block)
        self._read.append(replace(read, requirement=requirement))

    def _link(self, requirement: Requirement, old: str) -> Requirement:
        target = make_requirement_id(old)
        change = Change(ref=f"{self._capability}/{target}")
        linked = replace(requirement, changes=(change,))
        self.changed.append((target, linked))
        return linked

    def _take_removed_items(self, section: Section) -> None:
        for match, span in _find_lines(self._document, section, _REMOVED):
            name = match["name"].decode().strip()
            bare = self._make_bare(name, span)
            self._bare.append(replace(self._link(bare, name), retired=Retirement(reason="removed")))

    def _take_renamed(self, section: Section) -> None:
        """Renamed requirements; one that is modified too stands there with its text."""
        modified = {block.name for block in find_blocks(self._sections, parent=None)}
        matches = list(_find_lines(self._document, section, _RENAMED))
        for match, span in matches:
            old, new = match["old"].decode().strip(), match["name"].decode().strip()
            self.taken.append(span)
            if new not in modified:
                self._bare.append(self._link(self._make_bare(new, span), old))
        if not matches:
            self._problems.append(_unpaired(self._document, section))

    def _make_bare(self, name: str, span: Span) -> Requirement:
        self.taken.append(span)
        return Requirement(
            id=make_requirement_id(name),
            text=name,
            span=span,
            place=self._document.place(span.start),
        )


def _find_lines(
    document: Document, section: Section, pattern: bytes
) -> Iterator[tuple[re.Match[bytes], Span]]:
    for match in re.finditer(pattern, document.masked[: section.body.end][section.body.start :]):
        text = match[0].lstrip()
        start = section.body.start + match.end() - len(text)
        yield (
            match,
            Span(start=start, end=section.body.start + match.start() + len(match[0].rstrip())),
        )


def _find_renamed(document: Document, sections: Sequence[Section]) -> dict[str, str]:
    """New names to old ones."""
    return {
        match["name"].decode().strip(): match["old"].decode().strip()
        for section in sections
        if re.fullmatch(r"(?i)RENAMED\s+Requirements", section.title)
        for match, _ in _find_lines(document, section, _RENAMED)
    }


def _read_reason(document: Document, block: Block) -> str:
    for field in find_fields(document, block.section.blocks):
        if field.name.casefold() == "reason":
            return " ".join(field.value.split())
    return "removed"


def _find_unread(
    document: Document, sections: Sequence[Section], parent: Section
) -> Iterator[Problem]:
    for section in sections:
        inside = parent.body.start <= section.start < parent.body.end
        if inside and section.level == REQUIREMENT_LEVEL and read_name(section) is None:
            yield document.problem(
                "heading-not-read",
                f"expected `### Requirement: Name`, found “{section.title}”; it is not read",
                offset=section.start,
                hint="Begin the heading with `Requirement:`, or move it out of this section.",
                severity=Severity.WARNING,
            )


def _unpaired(document: Document, section: Section) -> Problem:
    return document.problem(
        "rename-unreadable",
        "expected a line `FROM:` and a line `TO:`, each with `### Requirement: Name`",
        offset=section.start,
        hint="Write both names; until then nothing is renamed.",
    )


def _empty(document: Document) -> Problem:
    return document.problem(
        "no-requirements",
        f"expected requirements below {_WHERE}, found none",
        offset=0,
        hint="Say what the change adds, modifies or removes.",
        severity=Severity.WARNING,
    )
