"""`open-clarification`: a question that nobody has answered yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.completeness.sample import write_spec
from headwater.rules.interface import Finding, Rule
from headwater.rules.sample import PLAN, REQUIREMENTS
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject
    from headwater.spec.questions import Clarification

_HINT = "Answer it with `headwater clarify`, or write what holds in place of the mark."


def find_open_clarifications(subject: FeatureSubject) -> Iterator[Finding]:
    """Every open question of a feature that is not planned yet, unless there are too many."""
    questions = subject.feature.spec.clarifications if subject.feature.spec else ()
    if len(questions) <= subject.settings.clarifications and not is_planned(subject):
        yield from map(report_question, questions)


def is_planned(subject: FeatureSubject) -> bool:
    """Whether the plan says what to derive: from then on an open question is built as a guess."""
    return bool(subject.feature.plan and subject.feature.plan.components)


def report_question(question: Clarification) -> Finding:
    """The finding about one open question."""
    asked = f": {question.text}" if question.text else ""
    return Finding(place=question.place, message=f"a question is open{asked}", hint=_HINT)


_ASKING = (
    "- **FR-001**: The ledger MUST add up entries in [NEEDS CLARIFICATION: which currency?].\n"
)

RULE = Rule(
    name="open-clarification",
    title="A question that nobody has answered yet",
    why="What follows from a spec with a question in it is a guess. Before there is a plan this is "
    "work in progress, and a warning; afterwards `overdue-clarification` takes over.",
    source="GitHub Spec Kit's mark `[NEEDS CLARIFICATION: …]`",
    severity=Severity.WARNING,
    bad={"spec.md": write_spec(requirements=_ASKING)},
    good={"spec.md": write_spec()},
    alone=(
        {
            "spec.md": write_spec(
                requirements=REQUIREMENTS.replace(
                    "entries", "entries but `[NEEDS CLARIFICATION: why?]`"
                )
            ),
            "plan.md": PLAN,
        },
    ),
    find_in_feature=find_open_clarifications,
)
