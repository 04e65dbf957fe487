"""`decision-serves-none`: a decision that says for no requirement what it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.rules.sample import PLAN
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject


def find_decisions_that_serve_none(subject: FeatureSubject) -> Iterator[Finding]:
    """Decisions (`### D1: …`) of a plan whose **Serves** is missing or empty."""
    plan = subject.feature.plan
    for decision in plan.decisions if plan else ():
        if not decision.serves:
            yield Finding(
                place=decision.place,
                message=f"{decision.id} does not say which requirement it serves",
                hint="Add **Serves**: the ids of the requirements that it is made for.",
            )


RULE = Rule(
    name="decision-serves-none",
    title="A decision that serves no requirement",
    why="A decision without a requirement cannot be looked at again when the requirement changes, "
    "and often there is none: it is a taste, or the beginning of something nobody asked for.",
    source="ISO/IEC/IEEE 42010:2022, 6.10 (rationale and correspondence of decisions)",
    severity=Severity.WARNING,
    native_only=True,
    bad={"plan.md": PLAN.replace("**Serves**: FR-001\n", "")},
    good={"plan.md": PLAN},
    alone=(
        # An article may be what a decision is for.
        {
            "plan.md": PLAN.replace("**Serves**: FR-001", "**Serves**: US1"),
        },
    ),
    find_in_feature=find_decisions_that_serve_none,
)
