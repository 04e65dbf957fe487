"""What specs tend to forget: a table of topics, each found missing by its words alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from headwater.spec.examples import CallRow, Raises

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.spec.model import Requirement, Spec


class Becomes(Enum):
    """What the answer to a topic's question is written as."""

    REQUIREMENT = "FR"
    QUALITY = "NFR"
    EDGE_CASE = "edge case"


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """One topic.

    Attributes:
        name: as it stands in a sentence: `For errors, …`.
        concerns: words of a requirement that makes the topic matter.
        covered: words by which a spec shows that it has thought of it.
        question: what is asked where it has not.
        becomes: what the answer is written as.
        options: answers that are often right.
    """

    name: str
    concerns: str
    covered: str
    question: str
    becomes: Becomes
    options: tuple[str, ...] = ()


TOPICS: tuple[Topic, ...] = (
    Topic(
        name="errors",
        concerns=r"\b(?:must|shall|should)\b",
        covered=r"\b(?:refus|reject|error|invalid|fail|deni|deny|warn)",
        question="What must the system refuse, and what happens then?",
        becomes=Becomes.REQUIREMENT,
    ),
    Topic(
        name="empty input",
        concerns=r"\b(?:lists?|texts?|files?|names?|entries|words|titles?|lines?)\b",
        covered=r"\b(?:empty|missing|blank|without any|no entr|nothing)",
        question="What happens when the input is empty?",
        becomes=Becomes.EDGE_CASE,
        options=("the system refuses it", "the result is empty too"),
    ),
    Topic(
        name="limits",
        concerns=r"\b(?:lists?|texts?|files?|names?|entries|upload|import|amounts?|message)\b",
        covered=r"\b(?:at most|maximum|limit|no more than|up to|longer than|larger than|exceed)",
        question="What is the largest input that the system has to take?",
        becomes=Becomes.REQUIREMENT,
    ),
    Topic(
        name="rounding",
        concerns=r"\b(?:prices?|costs?|fees?|euros?|dollars?|percent|averages?|rates?|interest|tax)\b|%",
        covered=r"\b(?:round|cents?\b|decimal|digits?\b|started|whole)",
        question="How are amounts rounded?",
        becomes=Becomes.REQUIREMENT,
        options=("half up to whole cents", "down to whole cents", "nothing is rounded"),
    ),
    Topic(
        name="time zones",
        concerns=r"\b(?:dates?|days?|midnight|deadline|schedule|calendar|month)\b",
        covered=r"\b(?:time ?zone|utc|local time|midnight|24 hours|calendar day)",
        question="In which time zone do dates and days count?",
        becomes=Becomes.REQUIREMENT,
        options=("UTC", "the user's own", "the server's"),
    ),
    Topic(
        name="kept data",
        concerns=r"\b(?:stor(?:e[sd]?|ing)|sav(?:e[sd]?|ing)|keeps?|kept|records?|persists?|accounts?)\b",
        covered=r"\b(?:retention|retain|delet|for \d+ (?:day|week|month|year)|forever|purge)",
        question="How long is data kept, and who can delete it?",
        becomes=Becomes.REQUIREMENT,
    ),
    Topic(
        name="access",
        concerns=r"\b(?:users?|accounts?|passwords?|personal|e-?mail|payments?|admin|private)\b",
        covered=r"\b(?:authenticat|authori[sz]|permission|log(?:ged)? in|sign(?:ed)? in|role"
        r"|encrypt|only (?:the|an?) \w+ (?:can|may))",
        question="Who may do this, and who may not?",
        becomes=Becomes.REQUIREMENT,
    ),
    Topic(
        name="concurrent use",
        concerns=r"\b(?:stor(?:e[sd]?|ing)|sav(?:e[sd]?|ing)|shar(?:e[sd]?|ing)|updates?|edits?|books?"
        r"|reserves?|transfers?|balances?|stock|seats?)\b",
        covered=r"\b(?:at the same time|at once|concurren|simultaneous|twice|lock|idempoten"
        r"|last \w+ wins)",
        question="What happens when two people change the same thing at the same time?",
        becomes=Becomes.EDGE_CASE,
        options=("the first wins and the second is refused", "the last one wins"),
    ),
    Topic(
        name="speed",
        concerns=r"\b(?:search(?:es)?|imports?|uploads?|requests?|pages?|reports?|downloads?)\b",
        covered=r"\b(?:within \d|\d+ ?(?:ms|milliseconds?|seconds?)\b|per second)",
        question="How long may an answer take at most, and under which load?",
        becomes=Becomes.QUALITY,
    ),
    Topic(
        name="accessibility",
        concerns=r"\b(?:pages?|screens?|buttons?|website|mobile|colou?rs?|dialogs?)\b",
        covered=r"\b(?:accessib|wcag|screen reader|keyboard|contrast)",
        question="Which level of accessibility must the pages reach?",
        becomes=Becomes.REQUIREMENT,
        options=("WCAG 2.2 AA", "WCAG 2.2 A"),
    ),
)


def find_topic(name: str) -> Topic:
    """The topic with this name; it must exist."""
    return next(topic for topic in TOPICS if topic.name == name)


def list_gaps(spec: Spec) -> Iterator[tuple[Topic, tuple[str, ...]]]:
    """Topics that matter to a spec and that it does not speak of, with the ids they matter to.

    English words are looked for: a spec in another language shows no gaps.
    """
    text = _list_said(spec)
    live = [one for one in spec.requirements if not one.retired]
    raises = any(_has_error(one) for one in live)
    for topic in TOPICS:
        concerned = tuple(one.id for one in live if re.search(f"(?i){topic.concerns}", one.text))
        covered = re.search(f"(?i){topic.covered}", text) or (topic.name == "errors" and raises)
        if concerned and not covered:
            yield topic, concerned


def _list_said(spec: Spec) -> str:
    texts = [one.text for one in spec.requirements if not one.retired]
    texts += [one.text for one in spec.edge_cases]
    texts += [one.text for one in spec.assumptions]
    texts += [one.text for one in spec.criteria]
    texts += [f"{one.question} {one.answer}" for one in spec.answers]
    texts += [scenario.text for story in spec.stories for scenario in story.scenarios]
    return "\n".join(texts)


def _has_error(requirement: Requirement) -> bool:
    rows = (row for table in requirement.tables for row in table.rows)
    return any(isinstance(row, CallRow) and isinstance(row.expected, Raises) for row in rows)
