"""Answers written where they belong: into a mark's sentence, an assumption, or a new item."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.spec.splice import Edit, replace_requirement_text
from headwater.spec.statements import Standing
from headwater.steps.clarify.insert import next_id
from headwater.steps.clarify.questions import QuestionKind
from headwater.steps.clarify.topics import Becomes, find_topic
from headwater.steps.drafting.ears import lower_first
from headwater.steps.specify.idea import flatten
from headwater.steps.specify.stories import end_sentence

if TYPE_CHECKING:
    from headwater.spec.model import Requirement, Span, Spec
    from headwater.spec.statements import Assumption
    from headwater.steps.clarify.questions import OpenQuestion
    from headwater.steps.clarify.reword import Reword

_YES = re.compile(r"(?i)(?:yes|y|true|ok|okay|confirmed?|it does|holds?|it holds)\W*")
_NO = re.compile(r"(?i)(?:no|n|none|never|not needed|nothing|n/a|out of scope|does not matter)\W*")
_OPEN = re.compile(r"[*_]{0,3}\(open\)[*_]{0,3}:?", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")
_WHAT_HAPPENS = re.compile(r"(?i)what happens (?:when|if) (?P<case>.+?)\?*")
_SENTENCE_ENDS = (".", "!", "?", ":", ";")


@dataclass(kw_only=True, slots=True)
class Answers:
    """Edits and new items that answers to questions make of one spec.

    Attributes:
        day: of the session, ISO 8601.
        reword: asks a model for a sentence with the answer in it; None where none can be asked.
        edits, requirements, edge_cases, session: what becomes of the answers.
        refs: ids of the items that are changed or made.
    """

    spec: Spec
    day: str
    reword: Reword | None = None
    edits: list[Edit] = field(default_factory=list)
    requirements: list[str] = field(default_factory=list)
    edge_cases: list[str] = field(default_factory=list)
    session: list[str] = field(default_factory=list)
    refs: dict[str, None] = field(default_factory=dict)

    def add(self, question: OpenQuestion, answer: str) -> None:
        """Take in an answer to a question of this spec."""
        answer = flatten(answer)
        if question.kind is QuestionKind.MARK:
            self._answer_mark(question, answer)
        elif question.kind is QuestionKind.ASSUMPTION:
            self._answer_assumption(question, answer)
        elif not _NO.fullmatch(answer):
            self._fill_gap(question, answer)
        asked = question.text.replace("→", " ")
        self.session.append(f"- Q: {asked} → A: {end_sentence(answer)}")

    def _answer_mark(self, question: OpenQuestion, answer: str) -> None:
        assert question.span is not None, "a mark stands somewhere"
        requirement = self._find_requirement(question.span)
        if requirement:
            self.refs[requirement.id] = None
            text = self._reword(requirement, question, answer)
            if text:
                self.edits.append(replace_requirement_text(self.spec.source, requirement, text))
                return
        self.edits.append(self._put_literally(question.span, question.text, answer))

    def _reword(self, requirement: Requirement, question: OpenQuestion, answer: str) -> str:
        """The requirement with the answer in it; empty where it has other questions too."""
        if self.reword is None or requirement.text.count("[NEEDS CLARIFICATION") != 1:
            return ""
        return self.reword.answer(requirement, question=question.text, answer=answer)

    def _find_requirement(self, span: Span) -> Requirement | None:
        """The innermost requirement that holds a span in its own text."""
        holding = [
            one for one in self.spec.requirements if one.span.start <= span.start < one.span.end
        ]
        return min(holding, key=lambda one: one.span.end - one.span.start, default=None)

    def _put_literally(self, mark: Span, asked: str, answer: str) -> Edit:
        """The answer in place of the mark: in the sentence, or as one of its own behind it."""
        data = self.spec.source.data
        before = data[data.rfind(b"\n", 0, mark.start) + 1 : mark.start].decode()
        item = _ITEM.match(before)
        said = before[item.end() if item else 0 :].strip()
        said = re.sub(r"^\*\*[^*]+\*\*:?", "", said).strip()
        what_happens = _WHAT_HAPPENS.fullmatch(asked)
        if said and not said.endswith(_SENTENCE_ENDS):
            text = answer.rstrip(".")
        elif what_happens:
            text = f"When {what_happens['case']}, {lower_first(answer.rstrip('.'))}."
        else:
            text = end_sentence(f"{asked.rstrip(' ?.')}: {answer}")
        return Edit(span=mark, replacement=text.encode())

    def _answer_assumption(self, question: OpenQuestion, answer: str) -> None:
        assumption = next(one for one in self.spec.assumptions if one.span == question.span)
        mark = f"(confirmed {self.day})"
        if _YES.fullmatch(answer):
            self.edits.append(self._confirm(assumption, mark))
            return
        if _NO.fullmatch(answer):
            answer = f"It does not hold that {lower_first(flatten(assumption.text))}"
        written = self.spec.source.text(assumption.span)
        item = _ITEM.match(written)
        head = item[0] if item else ""
        text = f"{head}{end_sentence(answer)} {mark}"
        self.edits.append(Edit(span=assumption.span, replacement=text.encode()))

    def _confirm(self, assumption: Assumption, mark: str) -> Edit:
        written = self.spec.source.text(assumption.span)
        box = re.match(rf"{_ITEM.pattern}\[ \]", written)
        if box:
            written = f"{box[0][:-3]}[x]{written[box.end() :]}"
        if assumption.standing is Standing.OPEN and _OPEN.search(written):
            text = _OPEN.sub(mark, written, count=1)
        else:
            first, gap, rest = written.partition("\n\n")
            text = f"{first.rstrip()} {mark}{gap}{rest}"
        return Edit(span=assumption.span, replacement=text.encode())

    def _fill_gap(self, question: OpenQuestion, answer: str) -> None:
        topic = find_topic(question.topic)
        if topic.becomes is Becomes.EDGE_CASE:
            case = _WHAT_HAPPENS.fullmatch(question.text)
            said = lower_first(answer.rstrip("."))
            text = f"When {case['case']}, {said}." if case else end_sentence(answer)
            self.edge_cases.append(f"- {text}")
            return
        kind = topic.becomes.value
        own = sum(1 for item in self.requirements if item.startswith(f"- **{kind}-"))
        ref = next_id(self.spec, kind, after=own)
        text = self.reword.demand(topic, answer=answer) if self.reword else ""
        self.requirements.append(f"- **{ref}**: {text or _demand_literally(topic.name, answer)}")
        self.refs[ref] = None


def _demand_literally(topic: str, answer: str) -> str:
    """A requirement in the person's own words."""
    if re.search(r"\b(?:MUST|SHALL)\b", answer):
        return end_sentence(answer)
    return end_sentence(f"For {topic}, the system MUST hold to this: {answer}")
