"""`too-many-clarifications`: so many open questions that the spec is none yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.completeness.open_clarification import is_planned
from headwater.rules.completeness.sample import write_spec
from headwater.rules.interface import Finding, Rule
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject


def find_too_many_clarifications(subject: FeatureSubject) -> Iterator[Finding]:
    """The first question above the bound; it stands for all of them."""
    questions = subject.feature.spec.clarifications if subject.feature.spec else ()
    most = subject.settings.clarifications
    if len(questions) > most and not is_planned(subject):
        yield Finding(
            place=questions[most].place,
            message=f"{len(questions)} questions are open; {most} are allowed",
            hint="Decide what has an obvious answer, and ask only what changes what is built.",
        )


def _ask(*questions: str) -> str:
    return write_spec(
        requirements="- **FR-001**: The ledger MUST add up the entries of an account.\n\n"
        + "\n".join(f"  [NEEDS CLARIFICATION: {question}]" for question in questions),
    )


RULE = Rule(
    name="too-many-clarifications",
    title="More open questions than one spec may have",
    why="Nobody answers a list of ten questions well. A spec that asks so much has not been "
    "thought through. `rules.clarifications` sets the bound; while there are more, this stands in "
    "place of `open-clarification`.",
    source="GitHub Spec Kit's command `specify`, which allows three",
    severity=Severity.WARNING,
    bad={"spec.md": _ask("which currency?", "which accounts?", "since when?", "for whom?")},
    good={"spec.md": _ask()},
    find_in_feature=find_too_many_clarifications,
)
