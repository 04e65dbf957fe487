"""Sentences in the Easy Approach to Requirements Syntax, put together from their parts.

Mavin, Wilkinson, Harwood, Novak: Easy Approach to Requirements Syntax (EARS), RE 2009.
"""

from __future__ import annotations

from enum import Enum


class Keyword(Enum):
    """What a conditional requirement begins with; NONE where it always applies."""

    NONE = ""
    WHEN = "When"
    WHILE = "While"
    IF = "If"
    WHERE = "Where"


def assemble(keyword: Keyword, *, condition: str, subject: str, demand: str) -> str:
    """`When CONDITION, SUBJECT DEMAND.`, with its full stop; without a condition as ALWAYS.

    `demand` begins with its modal verb: `MUST close`.
    """
    if keyword is Keyword.NONE or not condition:
        return f"{subject[:1].upper()}{subject[1:]} {demand}."
    then = "then " if keyword is Keyword.IF else ""
    return f"{keyword.value} {lower_first(condition)}, {then}{subject} {demand}."


def lower_first(text: str) -> str:
    """The first letter in lower case, unless the word is an abbreviation or a name in code."""
    first = text.partition(" ")[0]
    return text if len(first) > 1 and not first[1:].islower() else text[:1].lower() + text[1:]
