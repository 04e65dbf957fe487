"""How strongly a sentence demands something, by the words of RFC 2119 and ISO/IEC directives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class Strength(Enum):
    """How binding a statement is."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


@dataclass(frozen=True, kw_only=True, slots=True)
class Demand:
    """What a sentence demands: how strongly, and whether it forbids."""

    strength: Strength
    negative: bool = False


_NOT_ONLY = r"(?:strictly |expressly |generally |currently )?"
# The first that a sentence holds decides: what forbids before what demands, must before should.
_PATTERNS = (
    (
        Demand(strength=Strength.MUST, negative=True),
        (
            rf"must not|must never|shall not|shall never|may not|mustn't|cannot be used"
            rf"|(?:is|are|be) {_NOT_ONLY}(?:prohibited|forbidden|disallowed|banned"
            r"|not (?:allowed|permitted|acceptable))|not allowed|not permitted"
            r"|under no circumstances|(?:no|nothing|nobody|no one) .{0,60}?\b(?:may|shall|must|can)"
        ),
    ),
    (
        Demand(strength=Strength.MUST),
        (
            r"must|shall|(?:is|are) (?:always )?(?:required|mandatory|obligatory)|required to"
            r"|(?:has|have) to|only .{1,120}?\b(?:may|can|is|are)\b.{0,40}?"
            r"\b(?:be|allowed|permitted)|may only|can only|needs? to be"
        ),
    ),
    (Demand(strength=Strength.SHOULD, negative=True), r"should not|shouldn't|not recommended"),
    (Demand(strength=Strength.SHOULD), r"should|(?:is|are) recommended|ought to|is preferred"),
    (Demand(strength=Strength.MUST, negative=True), r"never|do not|don't"),
    (Demand(strength=Strength.MUST), r"always"),
    (Demand(strength=Strength.MAY), r"may|(?:is|are) (?:allowed|permitted|optional)"),
)
_COMPILED = tuple(
    (demand, re.compile(rf"(?i)(?<![\w-])(?:{words})(?![\w-])")) for demand, words in _PATTERNS
)
_AVOIDING = r"(?i)(?:avoid|refrain|minimi[sz]e)\b"
_PREFERRING = r"(?i)(?:prefer|consider|favou?r)\b"
_FORBIDDING = r"(?i)(?:never|do not|don't|no)\b"
_IMPERATIVE = (
    r"(?i)(?:always\s+)?(?:use|keep|write|encrypt|validate|store|log|pin|run|review|test|name|check|"
    r"document|record|limit|separate|return|raise|catch|handle|close|declare|define|describe|add|"
    r"annotate|format|follow|sign|rotate|scan|update|upgrade|remove|delete|mask|hash|escape|verify|"
    r"include|provide|report|make|ensure|give|set|treat|avoid|prefer|minimi[sz]e|consider|never|do|"
    r"don't|no|commit|merge|deploy|release|tag|publish|restrict|require|read|import|export|isolate|"
    r"inject|cover|measure|monitor|alert|back|explain|state|fail|reject|parse|build|create)\b"
)


def read_demand(text: str) -> Demand | None:
    """What a sentence demands; None where it demands nothing, or asks."""
    if text.rstrip().endswith("?"):
        return None
    for demand, pattern in _COMPILED:
        if pattern.search(text):
            return demand
    return None


def read_imperative(text: str) -> Demand | None:
    """What a list item demands that begins with a verb, such as “Pin every dependency”."""
    if not re.match(_IMPERATIVE, text):
        return None
    if re.match(_AVOIDING, text):
        return Demand(strength=Strength.SHOULD, negative=True)
    if re.match(_PREFERRING, text):
        return Demand(strength=Strength.SHOULD)
    return Demand(strength=Strength.MUST, negative=re.match(_FORBIDDING, text) is not None)
