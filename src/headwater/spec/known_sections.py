"""What the sections of each document are for: items of ours, or prose that is known by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from headwater.spec.model import Constitution, Plan, Spec, TaskList

if TYPE_CHECKING:
    from headwater.spec.sections import Section


class Expects(Enum):
    """What of a section should have been read as items."""

    NOTHING = auto()
    LISTS = auto()
    EVERYTHING = auto()


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class KnownSection:
    """A kind of section: how its heading reads, a name for it, and what it should hold.

    Each stands in this module once, and is equal to itself alone.
    """

    title: str
    name: str
    expects: Expects = Expects.NOTHING


def list_known(read: Spec | Plan | TaskList | Constitution) -> tuple[KnownSection, ...]:
    """The kinds of section that a document of this sort has."""
    return _SECTIONS[type(read)]


def find_known(section: Section, known: tuple[KnownSection, ...]) -> KnownSection | None:
    """What a section is, by its heading, or else by the nearest one above it that is known."""
    if section.level <= 1:
        return INTRODUCTION
    titles = (section.title, *reversed(section.parents))
    return next((kind for title in titles if (kind := _find_by_title(title, known))), None)


# A heading stands above many others.
@lru_cache(maxsize=1000)
def _find_by_title(title: str, known: tuple[KnownSection, ...]) -> KnownSection | None:
    # Most headings are of no known kind, and one search tells so.
    if not _join_titles(known).search(title):
        return None
    return next(kind for kind in known if re.search(rf"(?i){kind.title}", title))


@cache
def _join_titles(known: tuple[KnownSection, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?i){'|'.join(kind.title for kind in known)}")


INTRODUCTION = KnownSection(title="", name="introduction")

_OVERVIEW = KnownSection(
    title=r"^\W*(?:executive )?(?:summary|overview|introduction|background|context|motivation"
    r"|problem|purpose|goals?|why|user input)\b",
    name="overview",
)
_SCOPE = KnownSection(
    title=r"\bout of scope\b|\bin scope\b|^\W*scope\b|\bnon-?goals\b|\bexclusions\b", name="scope"
)
_ASIDE = KnownSection(
    title=r"^\W*(?:notes?|references?|glossary|risks?\b|dependencies$|related|change ?log|history"
    r"|appendix|open questions|rollout|rollback)\b",
    name="notes",
)
_APPROACH = KnownSection(
    title=r"^\W*(?:(?:key|proposed|technical|implementation)\s+)?(?:approach|design|research|staging)\b"
    r"|^\W*data model\b",
    name="approach",
)
_REVIEW = KnownSection(
    title=r"\bexecution (?:flow|status)\b|\bquick guidelines\b|\breview\b|\bchecklist\b",
    name="review",
)

_SPEC_SECTIONS: tuple[KnownSection, ...] = (
    KnownSection(title=r"\bassumptions\b", name="assumptions", expects=Expects.EVERYTHING),
    KnownSection(title=r"\bedge\s+cases\b", name="edge cases", expects=Expects.EVERYTHING),
    KnownSection(title=r"\bentities\b", name="entities", expects=Expects.EVERYTHING),
    KnownSection(title=r"^\W*clarifications?\b", name="clarifications", expects=Expects.EVERYTHING),
    _REVIEW,
    KnownSection(title=r"\brequirements\b", name="requirements", expects=Expects.EVERYTHING),
    KnownSection(
        title=r"\bsuccess criteria\b|\bmeasurable outcomes\b",
        name="success criteria",
        expects=Expects.EVERYTHING,
    ),
    KnownSection(
        title=r"\bscenarios?\b|\buser stor(?:y|ies)\b", name="scenarios", expects=Expects.EVERYTHING
    ),
    KnownSection(title=r"^\W*examples?\b", name="examples", expects=Expects.EVERYTHING),
    _APPROACH,
    _OVERVIEW,
    _SCOPE,
    _ASIDE,
)
_PLAN_SECTIONS: tuple[KnownSection, ...] = (
    KnownSection(title=r"\bdecisions\b", name="decisions", expects=Expects.LISTS),
    KnownSection(title=r"^\W*components\b", name="components", expects=Expects.EVERYTHING),
    KnownSection(title=r"\btechnical context\b", name="technical context"),
    KnownSection(title=r"\bconstitution\b", name="constitution check"),
    KnownSection(
        title=r"\bproject structure\b|\bsource code\b|^\W*files\b|^\W*documentation\b",
        name="project structure",
    ),
    KnownSection(
        title=r"\bcomplexity tracking\b|\bprogress tracking\b|\bgenerated artifacts\b"
        r"|\bnext steps\b",
        name="tracking",
    ),
    KnownSection(title=r"\bphase \d", name="phases"),
    KnownSection(title=r"\btest(?:s|ing)?\b|\bverif(?:y|ication)\b", name="testing"),
    _APPROACH,
    _REVIEW,
    _OVERVIEW,
    _SCOPE,
    _ASIDE,
)
_TASK_SECTIONS: tuple[KnownSection, ...] = (
    KnownSection(
        title=r"\bdependenc|\bexecution order\b|\bparallel\b|\bstrategy\b|\bwithin each\b"
        r"|\bsequential\b|\bMVP\b|\bincremental\b|\bprogress\b|\bindependence\b",
        name="order of execution",
    ),
    KnownSection(title=r"\bformat\b|\bconventions?\b|\blegend\b", name="format"),
    KnownSection(title=r"\bphase\b|\bstory\b|\bUS\d", name="phases", expects=Expects.LISTS),
    KnownSection(
        title=r"\btasks\b|\bimplementation\b|\btests\b|\bpolish\b|\bsetup\b",
        name="phases",
        expects=Expects.LISTS,
    ),
    _REVIEW,
    _OVERVIEW,
    _ASIDE,
)
_CONSTITUTION_SECTIONS: tuple[KnownSection, ...] = (
    KnownSection(title=r"\bgovernance\b|\bamendment", name="governance"),
    KnownSection(title=r"\bprinciples\b|\barticles\b", name="articles", expects=Expects.EVERYTHING),
    KnownSection(
        title=r"\bconstraints\b|\bworkflow\b|\bstandards\b|\bquality\b|\bsecurity\b",
        name="additional sections",
    ),
)

_SECTIONS: dict[type, tuple[KnownSection, ...]] = {
    Spec: _SPEC_SECTIONS,
    Plan: _PLAN_SECTIONS,
    TaskList: _TASK_SECTIONS,
    Constitution: _CONSTITUTION_SECTIONS,
}
