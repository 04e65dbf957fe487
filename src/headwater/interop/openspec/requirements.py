"""Reads requirements and their scenarios from headings: `### Requirement: Name`, `#### Scenario:`.

A requirement becomes `FR-name`; its scenarios become those of a story `US-name`, so that
components can implement, and tests can name, one of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.interop.below import list_below
from headwater.interop.names import SlugSet, make_slug
from headwater.interop.span_set import SpanSet
from headwater.spec.model import Requirement, Scenario, Severity, Span, UserStory
from headwater.spec.prose import Prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from headwater.spec.document import Document
    from headwater.spec.model import Problem
    from headwater.spec.sections import Section

REQUIREMENT_LEVEL = 3
_REQUIREMENT = r"(?i)requirement\s*[:：]\s*(?P<name>.*)"
_SCENARIO = r"(?i)(?:scenario\s*[:：]\s*)?(?P<name>.*)"


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A requirement's section, with those of its scenarios."""

    name: str
    section: Section
    scenarios: tuple[Section, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadBlock:
    """What a block holds; `story` is None without a scenario."""

    requirement: Requirement
    story: UserStory | None


def make_requirement_id(name: str) -> str:
    """`FR-progress-indicators` for `Progress Indicators`."""
    return f"FR-{make_slug(name)}"


def read_name(section: Section) -> str | None:
    """The name in `Requirement: Name`, empty where it is missing; None for another heading."""
    match = re.fullmatch(_REQUIREMENT, section.title)
    return match["name"].strip() if match else None


def find_blocks(
    sections: Sequence[Section], *, parent: Section | None, bare: bool = False
) -> Iterator[Block]:
    """The requirements below a section, or in all sections when it is None.

    Args:
        sections: those of the document.
        parent: whose requirements are meant.
        bare: a heading without `Requirement:` is one too, as in main specs.
    """
    for index, section in enumerate(sections):
        if section.level != REQUIREMENT_LEVEL or (parent and not is_inside(section, parent)):
            continue
        name = read_name(section)
        name = section.title if name is None and bare else name
        if name:
            yield _make_block(name, sections, index)


def find_loose_blocks(sections: Sequence[Section], *, known: Sequence[Block]) -> Iterator[Block]:
    """`Requirement: Name` at any level where OpenSpec itself does not look for it.

    Args:
        sections: those of the document.
        known: the requirements that were found where they belong.
    """
    last: Section | None = None
    taken = SpanSet(block.section.span for block in known)
    for index, section in enumerate(sections):
        name = read_name(section)
        if not name or section.level == 1 or (last and is_inside(section, last)):
            continue
        if not taken.holds(section.start):
            last = section
            yield _make_block(name, sections, index)


class BlockReader:
    """Reads the requirements of one document; the same name always gets the same id."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._slugs = SlugSet()
        self.problems: list[Problem] = []

    def read(self, block: Block) -> ReadBlock:
        """One requirement with its scenarios."""
        document, section = self._document, block.section
        slug = self._slugs.take(block.name)
        prose = Prose(document, apart=[*_rules(section), *(one.span for one in block.scenarios)])
        place = document.place(section.start)
        body = prose.text(section.body)
        if not body:
            self._warn("requirement-without-text", "has no text", section, "Say what it asks for.")
        requirement = Requirement(
            id=f"FR-{slug}",
            text="\n\n".join(filter(None, [block.name, body])),
            span=document.trimmed(section.span),
            place=place,
        )
        return ReadBlock(requirement=requirement, story=self._read_story(block, slug))

    def warn_without_scenario(self, block: Block) -> None:
        """Say that a requirement has no scenario, which OpenSpec asks for."""
        self._warn(
            "requirement-without-scenario",
            "has no scenario",
            block.section,
            "Add `#### Scenario: Name` with WHEN and THEN.",
        )

    def _read_story(self, block: Block, slug: str) -> UserStory | None:
        if not block.scenarios:
            return None
        document = self._document
        first, last = block.scenarios[0], block.scenarios[-1]
        names = SlugSet()
        return UserStory(
            id=f"US-{slug}",
            title=block.name,
            priority="",
            text="",
            span=document.trimmed(Span(start=first.start, end=last.span.end)),
            place=document.place(first.start),
            scenarios=tuple(
                self._read_scenario(one, story=f"US-{slug}", names=names) for one in block.scenarios
            ),
        )

    def _read_scenario(self, section: Section, *, story: str, names: SlugSet) -> Scenario:
        document = self._document
        match = re.fullmatch(_SCENARIO, section.title)
        name = match["name"].strip() if match else section.title
        body = Prose(document, apart=_rules(section)).text(section.body)
        if not body:
            hint = "Write `- **WHEN** …` and `- **THEN** …` below it."
            self._warn("scenario-without-steps", "has no steps", section, hint)
        return Scenario(
            id=f"{story}.{names.take(name)}",
            text="\n\n".join(filter(None, [name, body])),
            span=document.trimmed(section.span),
            place=document.place(section.start),
        )

    def _warn(self, code: str, what: str, section: Section, hint: str) -> None:
        problem = self._document.problem(
            code,
            f"“{section.title}” {what}",
            offset=section.start,
            hint=hint,
            severity=Severity.WARNING,
        )
        self.problems.append(problem)


def find_misplaced(
    document: Document, sections: Sequence[Section], *, read: Iterable[Block], where: str
) -> Iterator[Problem]:
    """Headings `Requirement: …` that nothing was read from, and those without a name."""
    known = {block.section.start for block in read}
    for section in sections:
        name = read_name(section)
        if name is None or section.start in known:
            continue
        message = f"“{section.title}” stands outside {where}, so it is not read"
        hint = f"Move it below {where}, at level 3."
        if not name:
            message, hint = "this requirement has no name", "Write `### Requirement: Name`."
        yield document.problem(
            "requirement-not-read",
            message,
            offset=section.start,
            hint=hint,
            severity=Severity.WARNING,
        )


def _make_block(name: str, sections: Sequence[Section], index: int) -> Block:
    """A requirement; every heading one level below it is a scenario, as OpenSpec counts them."""
    first, *inside = list_below(sections, index)
    scenarios = (one for one in inside if one.level == first.level + 1)
    return Block(name=name, section=first, scenarios=tuple(scenarios))


def is_inside(section: Section, parent: Section) -> bool:
    """Whether a section stands below another."""
    return parent.body.start <= section.start < parent.body.end


def _rules(section: Section) -> list[Span]:
    return [block.span for block in section.blocks if block.kind.value == "rule"]
