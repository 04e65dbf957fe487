"""What stands beside spec, plan and tasks in a feature's folder: nothing is derived from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headwater.spec.model import Place, Problem, Source, Span
    from headwater.spec.statements import Entity


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolution:
    """A decision as research records it, without an id that a ref could name.

    Attributes:
        title: its heading, or the words in bold that it begins with; empty when it has neither.
        choice: what was decided.
        rationale: why.
        alternatives: what was weighed and not taken.
    """

    title: str
    choice: str
    rationale: str
    alternatives: str
    span: Span
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Research:
    """A feature's `research.md`."""

    source: Source
    resolutions: tuple[Resolution, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DataModel:
    """A feature's `data-model.md`."""

    source: Source
    entities: tuple[Entity, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ChecklistItem:
    """`- [x] CHK001 …`; the id may be missing. `group` is the heading that it stands under."""

    id: str
    done: bool
    text: str
    group: str
    span: Span
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Checklist:
    """A file of a feature's folder `checklists`."""

    source: Source
    title: str
    items: tuple[ChecklistItem, ...] = ()
    problems: tuple[Problem, ...] = ()
