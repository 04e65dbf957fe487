"""A specification before it is text: typed parts that `render.py` writes."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftedRow:
    """An example row: its two cells as they stand in the table."""

    call: str
    result: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftedRequirement:
    """One requirement.

    Attributes:
        id: `FR-001`, or `NFR-001` where a quality is measured.
        text: the EARS sentence.
        sentence: the sentence of the idea that it came from.
        question: what a person has to decide about it; empty for nothing.
        rows: its examples.
    """

    id: str
    text: str
    sentence: str
    question: str = ""
    rows: tuple[DraftedRow, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftedScenario:
    """An acceptance scenario, without its three keywords."""

    given: str
    when: str
    then: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftedStory:
    """A user story; its place in the list is its number and its priority."""

    title: str
    narrative: str
    why: str
    test: str
    scenarios: tuple[DraftedScenario, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftedEdge:
    """An edge case and what happens then; an empty outcome is a question for a person."""

    situation: str
    outcome: str = ""
    requirement: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SpecDraft:
    """All parts of a specification.

    Attributes:
        title: the feature's name.
        slug: its name in branch and folder.
        quoted: the idea as one line.
        entities: name and meaning.
        notes: what a person should know about the drafting, a sentence each.
    """

    title: str
    slug: str
    quoted: str
    requirements: tuple[DraftedRequirement, ...]
    stories: tuple[DraftedStory, ...] = ()
    edges: tuple[DraftedEdge, ...] = ()
    assumptions: tuple[str, ...] = ()
    entities: tuple[tuple[str, str], ...] = ()
    criteria: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
