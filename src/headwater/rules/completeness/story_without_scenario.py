"""`story-without-scenario`: a user story that nothing accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.completeness.sample import STORY, write_requirement, write_spec
from headwater.rules.interface import Finding, Rule
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject


def find_stories_without_scenario(subject: FeatureSubject) -> Iterator[Finding]:
    """Every user story with neither a scenario nor an example table."""
    for story in subject.feature.spec.stories if subject.feature.spec else ():
        if not story.scenarios and not story.tables:
            yield Finding(
                place=story.place,
                message=f"{story.id} has no acceptance scenario",
                hint="Write under **Acceptance Scenarios**: `1. **Given** …, **When** …, "
                "**Then** …`.",
            )


RULE = Rule(
    name="story-without-scenario",
    title="A user story without an acceptance scenario",
    why="Nothing says when the story is done, so no test belongs to it and nobody can accept it.",
    source="GitHub Spec Kit's template for specs",
    severity=Severity.WARNING,
    native_only=True,
    bad={"spec.md": write_spec(story=STORY.partition("**Acceptance")[0])},
    good={"spec.md": write_spec()},
    alone=(
        {
            "spec.md": write_spec(
                story=STORY.partition("**Acceptance")[0]
                + '| Run | Stdout |\n| --- | --- |\n| `ledger balance` | `"10"` |\n',
                requirements=write_requirement("FR-001", "The ledger MUST answer as US1 shows."),
            )
        },
    ),
    find_in_feature=find_stories_without_scenario,
)
