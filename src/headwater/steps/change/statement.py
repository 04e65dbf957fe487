"""One sentence of a requirement, assembled from typed parts in the shape of EARS."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field

from headwater.steps.drafting.ears import Keyword, assemble, lower_first
from headwater.steps.drafting.texts import LINE, tidy_line

if TYPE_CHECKING:
    from collections.abc import Iterable

Pattern = Literal["always", "when", "while", "if", "where"]

# What would mean more than its words in a requirement: marks, questions, tags, table bars.
_MEANS_MORE = re.compile(r"[*_]\(|\[NEEDS|</?[A-Za-z!]|\|")
_CONDITION_HEAD = re.compile(r"(?i)^(?:when|while|if|where|always)\b[\s,:]*")
_ACTION_HEAD = re.compile(r"^.*?\b(?:MUST|SHALL|must|shall)(?:\s+(?:NOT|not))?\s+")
_SUBJECT = re.compile(
    r"(?:^|,\s+(?:then\s+)?)(?P<subject>[^,.]{1,60}?)\s+(?P<modal>MUST|SHALL|must|shall)\b"
)
_NUMBER = re.compile(r"\d+(?:[.:]\d+)*")
_CODE = re.compile(r"`([^`]*)`")


def _tidy_part(text: str) -> str:
    """A part of a sentence on one line, without a sign at its end; it may be empty."""
    if len(text) >= LINE:
        raise ValueError(f"it was cut off at {LINE} characters")
    line = tidy_line(text).rstrip(" .,;") if text.strip() else ""
    if _MEANS_MORE.search(line):
        raise ValueError("it holds markup; write plain words")
    if line.count("`") % 2:
        raise ValueError("a back-tick in it is not closed")
    return line


_Part = Annotated[str, Field(max_length=LINE), AfterValidator(_tidy_part)]


class StatementAnswer(BaseModel):
    """The parts of one sentence.

    Attributes:
        pattern: how it begins.
        condition: what stands behind that word; empty for `always`.
        obligation: whether the action is demanded or forbidden.
        action: what is done, from the verb on.
    """

    pattern: Pattern
    condition: _Part = ""
    obligation: Literal["MUST", "MUST NOT"]
    action: _Part


def find_subject(sentences: Iterable[str], *, otherwise: str = "the system") -> str:
    """Who must do something, as most of these sentences have it: `the wallet`."""
    found = Counter(
        match["subject"] for text in sentences for match in [_SUBJECT.search(text)] if match
    )
    return found.most_common(1)[0][0] if found else otherwise


def write_statement(answer: StatementAnswer, *, subject: str) -> str:
    """The sentence, such as `When it rains, the wallet MUST close.`, with its full stop."""
    action = _ACTION_HEAD.sub("", answer.action)
    condition = _CONDITION_HEAD.sub("", answer.condition)
    keyword = Keyword.NONE if answer.pattern == "always" else Keyword(answer.pattern.title())
    named = not re.match(r"(?:The|An?|Each|Every|All|Any)\b", subject)
    return assemble(
        keyword,
        condition=condition,
        subject=subject if named else lower_first(subject),
        demand=f"{answer.obligation} {lower_first(action)}",
    )


def find_faults(answer: StatementAnswer, *, known: str) -> list[str]:
    """What is wrong with the parts: nothing to do, or a number or name that nobody gave.

    Args:
        answer: the parts.
        known: the wish, and what the spec says.
    """
    faults = []
    if not _ACTION_HEAD.sub("", answer.action).strip():
        faults.append("`action` must say what is done")
    if answer.pattern != "always" and not answer.condition:
        faults.append("`condition` is empty; fill it in, or choose the pattern `always`")
    text = answer.action if answer.pattern == "always" else f"{answer.condition} {answer.action}"
    numbers = set(_NUMBER.findall(known))
    faults += [
        f"the number {number} stands neither in the wish nor in the specification"
        for number in dict.fromkeys(_NUMBER.findall(text))
        if number not in numbers
    ]
    faults += [
        f"the name `{name}` stands neither in the wish nor in the specification"
        for name in dict.fromkeys(_CODE.findall(text))
        if name not in known
    ]
    return faults
