"""`story-without-priority`: several stories, and nobody says which comes first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.rules.completeness.sample import STORY, write_spec
from headwater.rules.interface import Finding, Rule
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject
    from headwater.spec.model import UserStory

# In words of its own: `(Priority: high)`, or a line `**Priority**: must have`.
_OWN_WORDS = r"(?i)(?<!this )\bpriority\b\**\s*[:：]"


def find_stories_without_priority(subject: FeatureSubject) -> Iterator[Finding]:
    """Every story without a priority, where there is another one to come before or after it."""
    stories = subject.feature.spec.stories if subject.feature.spec else ()
    for story in stories if len(stories) > 1 else ():
        if not story.priority and not _says_priority(story):
            yield Finding(
                place=story.place,
                message=f"{story.id} has no priority",
                hint=f"Write `### User Story {story.id[2:]} - title (Priority: P1)`.",
            )


def _says_priority(story: UserStory) -> bool:
    return re.search(_OWN_WORDS, f"{story.title}\n{story.text}") is not None


_SECOND = STORY.replace("Story 1", "Story 2").replace("balance", "statement")

RULE = Rule(
    name="story-without-priority",
    title="A story without a priority beside others",
    why="When time runs out, what is built last is dropped. Without priorities chance decides what "
    "that is.",
    source="GitHub Spec Kit's template for specs",
    severity=Severity.WARNING,
    native_only=True,
    bad={"spec.md": write_spec(story=STORY + "\n" + _SECOND.replace(" (Priority: P1)", ""))},
    good={"spec.md": write_spec(story=STORY + "\n" + _SECOND)},
    alone=(
        {"spec.md": write_spec(story=STORY.replace(" (Priority: P1)", ""))},
        {
            "spec.md": write_spec(
                story=STORY + "\n" + _SECOND.replace("(Priority: P1)", "(Priority: high)")
            )
        },
    ),
    find_in_feature=find_stories_without_priority,
)
