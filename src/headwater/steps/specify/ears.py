"""What a model gave as condition and response, made fit for a sentence in EARS."""

from __future__ import annotations

import re
from enum import Enum

from headwater.steps.drafting.ears import Keyword, assemble, lower_first


class Pattern(Enum):
    """When a requirement applies."""

    ALWAYS = "always"
    EVENT = "event"
    STATE = "state"
    UNWANTED = "unwanted"
    OPTION = "option"


_KEYWORDS = {
    Pattern.ALWAYS: Keyword.NONE,
    Pattern.EVENT: Keyword.WHEN,
    Pattern.STATE: Keyword.WHILE,
    Pattern.UNWANTED: Keyword.IF,
    Pattern.OPTION: Keyword.WHERE,
}
_KEYWORD = re.compile(r"^(?:when|whenever|while|if|where|as soon as|in case)\s+", re.IGNORECASE)
_ACTOR = re.compile(
    r"^(?:then\s+)?(?:(?:the|a|our|this)\s+)?(?:system|application|app|program|software|service|it)"
    r"\s+(?:(?:must|shall|should|will|can|has\s+to|needs\s+to)\s+)?",
    re.IGNORECASE,
)
_MODAL = re.compile(r"^(?:must|shall|should|will|has to|needs to)\s+", re.IGNORECASE)
_NOT = re.compile(r"^(?:not|does not|do not|never)\s+", re.IGNORECASE)
_NO_VERB_WORDS = (
    "a all an and any are at both by each every for from if in it no nothing of on one only our"
    " than that the there these this those to when where which while with you"
)
_NO_VERB = frozenset(_NO_VERB_WORDS.split())
_IRREGULAR = {"is": "be", "has": "have", "does": "do", "goes": "go"}
# Adverbs and words that end in s without being bent.
_UNBENT_WORDS = "always process access pass address compress express discuss focus as"
_UNBENT = frozenset(_UNBENT_WORDS.split())


def compose(pattern: Pattern, *, condition: str, response: str) -> str:
    """The sentence, such as `When a car leaves, the system MUST print the fee`, with its full stop.

    A pattern that needs a condition and has none is ALWAYS; a condition that ALWAYS has makes it an
    EVENT.
    """
    condition = clean_condition(condition)
    if condition and pattern is Pattern.ALWAYS:
        pattern = Pattern.EVENT
    deed = clean_response(response)
    denied = _NOT.match(deed)
    demand = f"MUST NOT {deed[denied.end() :]}" if denied else f"MUST {deed}"
    return assemble(_KEYWORDS[pattern], condition=condition, subject="the system", demand=demand)


def clean_condition(condition: str) -> str:
    """A condition without the keyword that its pattern brings."""
    text = _KEYWORD.sub("", condition.strip().rstrip(".,;:")).strip()
    return "" if text.casefold() in {"", "none", "always", "n/a"} else lower_first(text)


def clean_response(response: str) -> str:
    """A response that begins with its verb in base form: `The system returns 3.` → `return 3`."""
    text = _ACTOR.sub("", response.strip().rstrip(".;, "))
    text = lower_first(_MODAL.sub("", text))
    negated = _NOT.match(text)
    head = text[: negated.end()] if negated else ""
    first, gap, rest = text[len(head) :].partition(" ")
    return head + _unbend(first) + gap + rest


def find_faults(response: str) -> list[str]:
    """Why a response makes no sentence; for whoever wrote it."""
    deed = clean_response(response)
    first = deed.partition(" ")[0].casefold()
    faults = []
    if first in _NO_VERB or not first.isalpha():
        faults.append("begin the response with a verb, such as `return` or `refuse`")
    if " " not in deed:
        faults.append(f"the response `{deed}` says too little")
    if re.search(r"\b(?:MUST|SHALL)\b", deed):
        faults.append("one response has one obligation; make a second requirement of the other")
    return faults


def _unbend(verb: str) -> str:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb in _UNBENT or not verb.islower() or not verb.endswith("s") or verb.endswith("ss"):
        return verb
    if verb.endswith("ies"):
        return verb[:-3] + "y"
    if re.search(r"(?:ss|sh|ch|x|zz)es$", verb):
        return verb[:-2]
    return verb[:-1]
