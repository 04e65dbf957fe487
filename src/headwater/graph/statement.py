"""One thing that a document says: what it is about, and the text in normal form."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headwater.spec.model import Place


class Topic(Enum):
    """What a statement is, in the order in which a person should look at differences."""

    ARTICLE = "article"
    QUESTION = "open question"
    ANSWER = "answered question"
    REQUIREMENT = "requirement"
    EXAMPLE = "example"
    CHOICE = "choice"
    DECISION = "decision"
    INTERFACE = "interface"
    DEPENDENCY = "dependency"
    COMPONENT = "component"
    CONTEXT = "technical context"
    CRITERION = "success criterion"
    SCENARIO = "scenario"
    STORY = "story"
    ASSUMPTION = "assumption"
    EDGE_CASE = "edge case"
    ENTITY = "entity"
    TASK = "task"
    OTHER = "other text"


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One thing that a document says.

    Attributes:
        topic: what it is.
        ref: what it belongs to, `001/FR-003`; empty for what has no id.
        key: tells it from others of the same topic and ref, such as an example's call; where both
            are empty it is known by its text alone.
        text: what it says, in normal form.
        place: where it stands.
        retired: a requirement that no longer holds.
    """

    topic: Topic
    text: str
    place: Place
    ref: str = ""
    key: str = ""
    retired: bool = False

    @property
    def is_named(self) -> bool:
        """Whether it can be recognised although its text is another one."""
        return bool(self.ref or self.key)
