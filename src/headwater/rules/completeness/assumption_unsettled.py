"""`assumption-unsettled`: an assumption that nobody confirmed and nobody marked as open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.completeness.open_clarification import is_planned
from headwater.rules.completeness.sample import write_spec
from headwater.rules.interface import Finding, Rule
from headwater.rules.sample import PLAN
from headwater.spec.model import Severity
from headwater.spec.statements import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject


def find_unsettled_assumptions(subject: FeatureSubject) -> Iterator[Finding]:
    """Every unmarked assumption, where the feature is derived or another assumption is marked.

    Spec Kit knows no marks: in a spec of its own a finding for each assumption would only say that.
    """
    assumptions = subject.feature.spec.assumptions if subject.feature.spec else ()
    marked = any(assumption.standing is not Standing.UNMARKED for assumption in assumptions)
    for assumption in assumptions if marked or is_planned(subject) else ():
        if assumption.standing is Standing.UNMARKED:
            yield Finding(
                place=assumption.place,
                message="nobody has said whether this assumption holds",
                hint="End it with `(confirmed 2026-11-22)` and the day's date, or with `(open)`.",
            )


def _assume(mark: str) -> str:
    return write_spec(more=f"## Assumptions\n\n- Every account has one currency{mark}\n")


RULE = Rule(
    name="assumption-unsettled",
    title="An assumption neither confirmed nor marked as open",
    why="It was a guess of the model or of one person. What is derived from it is right only as "
    "long as the guess is, and nobody was asked.",
    source="docs/formats.md, spec.md",
    severity=Severity.WARNING,
    bad={"spec.md": _assume("."), "plan.md": PLAN},
    good={"spec.md": _assume(" (confirmed 2026-11-22)."), "plan.md": PLAN},
    alone=(
        {"spec.md": _assume("."), "plan.md": "# Implementation Plan: Ledger\n"},
        {"spec.md": _assume(" (open)."), "plan.md": PLAN},
    ),
    find_in_feature=find_unsettled_assumptions,
)
