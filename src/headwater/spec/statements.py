"""What a spec states beside stories, requirements and criteria; none of it has an id."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headwater.spec.model import Place, Span


class Standing(Enum):
    """Whether somebody has looked at an assumption and said that it holds."""

    CONFIRMED = "confirmed"
    OPEN = "open"
    UNMARKED = "unmarked"


@dataclass(frozen=True, kw_only=True, slots=True)
class Assumption:
    """An item under Assumptions; `text` is without its mark.

    `date` is that of `(confirmed 2026-11-22)`, else empty.
    """

    text: str
    standing: Standing
    span: Span
    place: Place
    date: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class EdgeCase:
    """An item under Edge Cases: a question, or a case and what happens then."""

    text: str
    span: Span
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Entity:
    """An item under Key Entities; `text` is what is said about the one called `name`."""

    name: str
    text: str
    span: Span
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class LooseScenario:
    """A scenario that belongs to no user story; `title` is its heading's, if it has one."""

    title: str
    text: str
    span: Span
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Unnumbered:
    """A list item or heading where requirements or criteria stand, without an id as `wanted`."""

    text: str
    wanted: str
    span: Span
    place: Place
