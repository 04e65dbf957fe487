"""`ears-shape`: a condition that does not stand where its response can be told from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.rules.wording.obligations import CONDITIONS, find_obligation
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject
    from headwater.rules.sentences import Sentence

_HEAD = r"(?:[-*+]\s+|\d+[.)]\s+)?(?:\((?:must|should|may)\)\s*:?\s*)?[*_]*"
_LEADING = rf"{_HEAD}(?P<word>when|whenever|if|while|where)\b"
_TRAILING = r"\b(?<!only )(?:when|whenever|if|while)\b"
_NEW_CONDITION = r"\b(?:when|whenever|if|while)\s+(?:the|an?|it|no|all|any)\b"
# `otherwise` names the other case; what follows these words is no condition of the response.
_ELSE = r"\b(?:else|otherwise)\b"
_OTHER_CLAUSE = r"[:;(]|\b(?:whether|even|as|that|which|who)\b"
_EARS = "EARS: “While STATE, when EVENT, the SYSTEM shall RESPONSE”, or “If …, then the SYSTEM …”."
# Two deeds before one condition: `MUST log the payment and mail the owner when …`.
_SECOND_DEED = (
    r"\band\s+(?:also\s+|then\s+|not\s+)?(?:add|answer|append|archive|ask|block|cancel|clear"
    r"|close|create|delete|disable|discard|display|emit|enable|end|hide|ignore|keep|log|mail|mark"
    r"|move|notify|open|pause|print|raise|record|refuse|reject|remove|render|replace|reset|retry"
    r"|return|save|send|show|skip|start|stop|store|truncate|update|warn|write)\b"
)


def find_misplaced_conditions(subject: FeatureSubject) -> Iterator[Finding]:
    """The first condition of every sentence that EARS would put elsewhere."""
    for sentence in subject.statements:
        if sentence.words.isdisjoint(CONDITIONS):
            continue
        found = _judge(sentence)
        if found:
            index, message = found
            yield Finding(place=sentence.place(index), message=message, hint=_EARS)


def _judge(sentence: Sentence) -> tuple[int, str] | None:
    """Where something is wrong, and what; None where nothing is."""
    obligation = find_obligation(sentence)
    leading = re.match(_LEADING, sentence.lower)
    if leading:
        word, start = leading["word"], leading.start("word")
        if not obligation:
            return _judge_without_response(sentence, start)
        return _judge_conditions(
            sentence.lower[start : obligation.start()], start=start, word=word
        ) or _judge_both_sides(sentence, obligation.end())
    return _judge_trailing(sentence, obligation.end()) if obligation else None


def _judge_without_response(sentence: Sentence, start: int) -> tuple[int, str] | None:
    if re.search(r"[,:;]|\bthen\b|\bmay\b", sentence.lower[start:]):
        return None
    return start, "this condition has no response: nothing follows from it"


def _judge_conditions(text: str, *, start: int, word: str) -> tuple[int, str] | None:
    """What is wrong with the conditions before the response."""
    second = re.search(rf"(?:,|\band\b|\bor\b)\s+(?:{word})\b", text)
    if second:
        return start + second.start(), f"two “{word}” conditions; one of them is a requirement more"
    late = re.search(r",\s*(?:and\s+)?(while|where)\b(?=[^,]*,)", text)
    if late and word in ("when", "whenever", "if"):
        return start + late.start(1), f"“{late[1]}” stands after “{word}”, so the order is open"
    if not re.search(r",|\bthen\b|[:—–]", text):
        return start, f"nothing tells where the “{word}” condition ends and the response begins"
    return None


def _judge_both_sides(sentence: Sentence, after: int) -> tuple[int, str] | None:
    """`When A, the ledger MUST … if B`: two conditions with the response in between."""
    rest = sentence.lower[after:]
    found = re.search(_NEW_CONDITION, rest)
    if not found or re.search(_ELSE, rest) or re.search(_OTHER_CLAUSE, rest[: found.start()]):
        return None
    return after + found.start(), "conditions stand on both sides of the response"


def _judge_trailing(sentence: Sentence, after: int) -> tuple[int, str] | None:
    """`MUST do A and do B when C`: does C hold for A?"""
    rest = sentence.lower[after:]
    deed = re.search(_SECOND_DEED, rest)
    if not deed or re.search(_TRAILING, rest[: deed.start()]):
        return None
    found = re.compile(_TRAILING).search(rest, deed.end())
    if not found or re.search(_OTHER_CLAUSE, rest[: found.start()]) or "," in rest[: found.start()]:
        return None
    return after + found.start(), "this condition may belong to both responses or to the last one"


RULE = Rule(
    name="ears-shape",
    title="A condition that cannot be told from its response",
    why="In “do A and do B when C” nobody knows whether A waits for C. A condition that stands "
    "first, alone and closed by a comma is read the same way by everybody.",
    source="Mavin, Wilkinson, Harwood, Novak: Easy Approach to Requirements Syntax (EARS), RE 2009",
    severity=Severity.WARNING,
    bad="""\
- **FR-001**: The ledger MUST log the payment and mail the owner when the balance is negative.
""",
    good="""\
- **FR-001**: When the balance is negative, the ledger MUST log the payment and mail the owner.
""",
    alone=(
        """\
- **FR-001**: The ledger MUST refuse a payment when the account is closed.
""",
        """\
- **FR-001**: While an account is closed, when a clerk books a payment, the ledger MUST refuse the
  payment.
""",
        """\
- **FR-001**: If the account is closed, then the ledger MUST refuse the payment.
""",
        """\
- **FR-001**: Where the account has an owner, the ledger MUST show the owner.
""",
    ),
    find_in_feature=find_misplaced_conditions,
)
