"""Passages that hold words of obligation and still demand nothing of the software."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from headwater.policies.interface import BlockKind

if TYPE_CHECKING:
    from headwater.policies.passages import PolicyPassage


class Reason(Enum):
    """Why a passage is no statement."""

    ADDRESSED = "speaks to a program that reads it"
    CODE = "is code"
    QUOTATION = "is quoted from elsewhere"
    EXAMPLE = "is an example"
    HISTORY = "is history of the document"
    CONTENTS = "is a table of contents"
    DEFINITION = "says what words mean"
    ABOUT_DOCUMENT = "is about the document itself"
    PERMISSION = "only permits"
    LENGTH = "is advice that nothing can check, left out for length"


_SECTIONS = (
    (Reason.EXAMPLE, r"examples?\b|illustration"),
    (
        Reason.HISTORY,
        (
            r"(?:revision |version |document |change )?(?:history|log)\b|changelog"
            r"|document control|revisions\b|amendments\b"
        ),
    ),
    (Reason.CONTENTS, r"(?:table of )?contents\b"),
    (Reason.DEFINITION, r"glossary|definitions?\b|terminology|terms\b|references\b"),
)
_LOOKED_AT = 2000  # characters: a table has many more, and none of these is told by its end
_DOCUMENT = r"(?:document|polic(?:y|ies)|standards?|guidelines?|handbook|page|manual)"
# Text that wants to steer whatever reads it. What it says is never followed, matched or not: it is
# told so that a person learns of it.
_ADDRESSED = (
    r"(?i)\b(?:ignore|disregard|forget|override|bypass)\b[^.]{0,40}\b(?:instructions?|prompts?|rules"
    r" above|previous|prior|guidelines? above)\b"
    r"|\b(?:system prompt|as an? (?:ai|language model|assistant)|you are now|you are an? (?:ai|"
    r"assistant|language model|helpful))\b"
    r"|\b(?:dear|hey|attention|note to)\s+(?:ai|llm|assistant|model|agent|chatbot|bot)\b"
)
_SENTENCES = (
    (Reason.ADDRESSED, _ADDRESSED),
    (Reason.EXAMPLE, r"(?i)(?:for example|for instance|e\.g\.|example\b\s*\d*\s*:)"),
    (
        Reason.DEFINITION,
        r"(?i)(?:the )?key ?words\b.*\b(?:interpreted|RFC ?2119)|.*\bas described in RFC ?2119",
    ),
    (
        Reason.ABOUT_DOCUMENT,
        (
            rf"(?i)(?:this|the present|our) {_DOCUMENT}\b.{{0,60}}?\b(?:reviewed|updated|approved"
            r"|owned|published|distributed|read|acknowledged|maintained|revised|replaces|supersedes"
            r"|applies|effective|communicated|classified)\b"
        ),
    ),
    (
        Reason.ABOUT_DOCUMENT,
        rf"(?i).*\b(?:read|acknowledge|sign|review|approve)s?\b.{{0,30}}\bthis {_DOCUMENT}\b",
    ),
)


def find_reason(passage: PolicyPassage) -> Reason | None:
    """Why a passage is left out; None where nothing speaks against it."""
    text = passage.own[:_LOOKED_AT]
    if re.search(_ADDRESSED, passage.quote.text[:_LOOKED_AT]):
        return Reason.ADDRESSED
    if passage.kind is BlockKind.CODE:
        return Reason.CODE
    if passage.kind is BlockKind.QUOTE:
        return Reason.QUOTATION
    for reason, pattern in _SECTIONS:
        titles = (re.sub(r"^[\W\d]+", "", title) for title in passage.headings)
        if any(re.match(rf"(?i)(?:{pattern})", title) for title in titles):
            return reason
    for reason, pattern in _SENTENCES:
        if re.match(pattern, text):
            return reason
    dotted = re.search(r"\.{4,}\s*\d+$|(?:\s\.){4,}\s*\d+$", text)
    return Reason.CONTENTS if dotted else None
