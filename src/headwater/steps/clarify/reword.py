"""A model's wording of an answer, taken only when nothing of the answer or the spec is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import BaseModel

from headwater.errors import HeadwaterError
from headwater.spec.questions import MARK_PATTERN
from headwater.steps.drafting.asking import Ledger, Question, ask
from headwater.steps.drafting.quoting import quote_data
from headwater.steps.drafting.texts import PlainLine
from headwater.steps.drafting.wording import judge_wording
from headwater.steps.specify.numbers import find_numbers, list_known
from headwater.steps.specify.stories import end_sentence
from headwater.steps.specify.words import list_stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.spec.model import Requirement
    from headwater.steps.clarify.topics import Topic
    from headwater.steps.drafting.drafter import Drafter

# Names and things in quotation marks or code have to come through as they are.
_NAME = re.compile(r"(?<=\s)[A-Z][\w.-]*|`[^`]+`|\"[^\"]+\"|“[^”]+”")
_KEPT_SHARE = 0.5


class Sentence(BaseModel):
    """One sentence."""

    text: PlainLine


@dataclass(kw_only=True, slots=True)
class Reword:
    """Asks a model; once one cannot be reached, none is asked again in this run.

    Attributes:
        failed: why no model could be asked; empty while one can.
    """

    drafter: Drafter
    ledger: Ledger = field(default_factory=Ledger)
    failed: str = ""

    def answer(self, requirement: Requirement, *, question: str, answer: str) -> str:
        """A requirement's text with the answer in place of its mark; empty where none fits."""
        said = re.sub(MARK_PATTERN, " ", requirement.text)
        values = {
            "requirement": quote_data("requirement", " ".join(requirement.text.split())),
            "question": quote_data("question", question),
            "answer": quote_data("answer", answer),
        }
        return self._ask("clarify/answer", values, about=requirement.id, said=said, answer=answer)

    def demand(self, topic: Topic, *, answer: str) -> str:
        """A requirement that says what an answer to a topic's question demands; or empty."""
        values = {
            "question": quote_data("question", topic.question),
            "answer": quote_data("answer", answer),
        }
        return self._ask("clarify/demand", values, about=topic.name, said="", answer=answer)

    def _ask(
        self, template: str, values: dict[str, str], *, about: str, said: str, answer: str
    ) -> str:
        if self.failed:
            return ""
        question = Question(
            template=template,
            values=values,
            kind=Sentence,
            about=about,
            check=lambda sentence: find_losses(sentence.text, said=said, answer=answer),
            wishes=lambda sentence: judge_wording(sentence.text),
        )
        try:
            asked = self.ledger.add(ask(question, drafter=self.drafter))
        except HeadwaterError as error:
            self.failed = error.message
            return ""
        return end_sentence(asked.value.text) if asked.value else ""


def find_losses(text: str, *, said: str, answer: str) -> Sequence[str]:
    """What a new sentence loses of what was said and of the answer, or invents."""
    faults = []
    given = list_known([said, answer])
    there = list_known([text])
    lost = [number for number in find_numbers(f"{said} {answer}") if number not in there]
    invented = [number for number in find_numbers(text) if number not in given]
    if lost or invented:
        faults.append(f"use the numbers of requirement and answer: {', '.join(lost or invented)}")
    names = [name for name in _NAME.findall(f" {answer}") if name not in text]
    if names:
        faults.append(f"the answer's {names[0]} is missing")
    obligations = len(re.findall(r"\b(?:MUST|SHALL)\b", text))
    if obligations != 1:
        faults.append("write one sentence with one MUST")
    for what, share in ((answer, _KEPT_SHARE), (said, _KEPT_SHARE)):
        words = list_stems(what)
        if words and len(words & list_stems(text)) < share * len(words):
            faults.append(f"it loses what was said: {' '.join(what.split())[:80]}")
    return faults
