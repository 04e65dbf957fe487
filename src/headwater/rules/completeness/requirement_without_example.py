"""`requirement-without-example`: prose alone says what the program has to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.completeness.open_clarification import is_planned
from headwater.rules.completeness.sample import STORY, write_spec
from headwater.rules.interface import Finding, Rule
from headwater.rules.sample import PLAN, REQUIREMENTS
from headwater.spec.ids import find_refs
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject
    from headwater.spec.model import Spec


def find_requirements_without_example(subject: FeatureSubject) -> Iterator[Finding]:
    """Every functional requirement with neither a table nor a scenario that mentions it.

    Only where the feature is written to be derived: its plan has components, or its spec has
    example tables. A spec of Spec Kit's own has no tables, and a finding for each of its
    requirements would say one thing fifty times.
    """
    spec = subject.feature.spec
    if spec is None or not (is_planned(subject) or _has_tables(spec)):
        return
    mentioned = _list_mentioned(spec)
    for requirement in spec.requirements:
        shown = requirement.tables or requirement.retired or requirement.id in mentioned
        if not shown and not requirement.id.startswith("NFR"):
            yield Finding(
                place=requirement.place,
                message=f"{requirement.id} has no example",
                hint="Put a table `| Call | Result |` below it; otherwise a model writes its test.",
            )


def _has_tables(spec: Spec) -> bool:
    in_stories = any(
        story.tables or any(scenario.tables for scenario in story.scenarios)
        for story in spec.stories
    )
    return in_stories or any(requirement.tables for requirement in spec.requirements)


def _list_mentioned(spec: Spec) -> frozenset[str]:
    """The ids that scenarios mention."""
    texts = [scenario.text for story in spec.stories for scenario in story.scenarios]
    texts += [scenario.text for scenario in spec.loose_scenarios]
    return frozenset(find_refs("\n".join(texts)))


_SECOND = "\n- **FR-002**: The ledger MUST refuse an account that does not exist.\n"

RULE = Rule(
    name="requirement-without-example",
    title="A requirement that no example shows",
    why="A table is judged the same way every time. From prose a model has to guess the test as "
    "well as the code, and two guesses may agree and be wrong.",
    source="docs/design.md, section 3",
    severity=Severity.WARNING,
    bad={"spec.md": write_spec(requirements=REQUIREMENTS + _SECOND)},
    good={"spec.md": write_spec()},
    alone=(
        {
            "spec.md": write_spec(requirements=REQUIREMENTS.split("|", maxsplit=1)[0] + _SECOND),
        },
        {
            "spec.md": write_spec(
                story=STORY + "2. **Given** no account, **When** a clerk asks for it, **Then** "
                "FR-002 holds.",
                requirements=REQUIREMENTS + _SECOND,
            ),
            "plan.md": PLAN.replace("**Implements**: FR-001", "**Implements**: FR-001, FR-002"),
        },
        {
            "spec.md": write_spec(
                requirements=REQUIREMENTS
                + "\n- **FR-002** *(retired 2026-11-22: nobody asked)*: The ledger MUST sing.\n"
                + "- **NFR-001**: The ledger MUST answer within 200 ms.\n"
            ),
        },
    ),
    find_in_feature=find_requirements_without_example,
)
