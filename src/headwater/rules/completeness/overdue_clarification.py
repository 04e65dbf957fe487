"""`overdue-clarification`: a question still open where a plan says what to derive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.completeness.open_clarification import is_planned, report_question
from headwater.rules.completeness.sample import write_spec
from headwater.rules.interface import Finding, Rule
from headwater.rules.sample import PLAN, REQUIREMENTS
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject


def find_overdue_clarifications(subject: FeatureSubject) -> Iterator[Finding]:
    """Every open question of a feature whose plan has components."""
    if subject.feature.spec and is_planned(subject):
        yield from map(report_question, subject.feature.spec.clarifications)


_ASKING = REQUIREMENTS.replace("entries.", "entries in [NEEDS CLARIFICATION: which currency?].")

RULE = Rule(
    name="overdue-clarification",
    title="A question still open where a plan says what to derive",
    why="The model that writes the code gets the mark as it stands, and answers it for you.",
    source="GitHub Spec Kit's mark `[NEEDS CLARIFICATION: …]`",
    severity=Severity.ERROR,
    bad={"spec.md": write_spec(requirements=_ASKING), "plan.md": PLAN},
    good={"spec.md": write_spec(), "plan.md": PLAN},
    alone=(
        {
            "spec.md": write_spec(
                requirements="<!-- [NEEDS CLARIFICATION: which currency?] -->\n\n" + REQUIREMENTS
            ),
            "plan.md": PLAN,
        },
    ),
    find_in_feature=find_overdue_clarifications,
)
