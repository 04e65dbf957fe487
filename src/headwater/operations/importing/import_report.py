"""What `import` reports: what became of every feature, and what stays behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.spec.model import Place, Problem
    from headwater.spec.origin import Origin


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportedFeature:
    """One native feature, and what it was made from.

    Attributes:
        origin: whose format it was in.
        source: its folder there.
        folder: the native one.
        documents: paths of the native documents.
        requirements, scenarios, decisions, tasks: how many there are.
        prose: how many sections were carried over as prose, which nothing checks.
        refs: every ref there to the native one.
    """

    origin: Origin
    source: str
    folder: str
    documents: tuple[str, ...]
    requirements: int
    scenarios: int
    decisions: int
    tasks: int
    prose: int
    refs: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftBehind:
    """What was not carried over, and why."""

    place: Place
    what: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportReport:
    """What was imported.

    Attributes:
        written: whether it was written, or would be.
        features: in the order of their numbers.
        constitution: its path; empty when none is written.
        articles: how many it has.
        left: what was not carried over, by place.
        problems: what readers found wrong with the documents that were imported.
    """

    written: bool
    features: tuple[ImportedFeature, ...]
    constitution: str
    articles: int
    left: tuple[LeftBehind, ...]
    problems: tuple[Problem, ...]
