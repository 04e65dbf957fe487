"""Tells what a model made from the prompt's own words, or of nothing, from what an idea says.

A small model that has nothing to say repeats what it was asked, or asks what no idea has to tell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.steps.prompting import load_prompt
from headwater.steps.specify.words import is_said, list_stems

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHARE = 0.9
_TECHNOLOGY = re.compile(
    r"(?i)\b(?:programming|databases?|frameworks?|technolog(?:y|ies)|operating systems?|servers?)\b"
)
_UNSAID = re.compile(
    r"(?i)\bidea\b|\b(?:does not|do not|did not|is not|are not|not)"
    r" (?:specify|specified|mention(?:ed)?|state[ds]?|say|said|give|given|define[ds]?)\b"
)


def is_echo(text: str, *, template: str, said: Sequence[str]) -> bool:
    """Whether nearly all of a text's words stand in the prompt's template, and not in `said`.

    Args:
        text: from an answer.
        template: the prompt's, `specify/edges`.
        said: what the prompt showed beside the template, such as the idea.
    """
    return is_said(text, [load_prompt(template)], share=_SHARE) and not is_said(
        text, said, share=_SHARE
    )


def asks_for_technology(question: str, *, idea: str) -> bool:
    """Whether a question is the plan's business, which the idea does not speak of."""
    found = _TECHNOLOGY.search(question)
    return found is not None and not list_stems(found[0]) & list_stems(idea)


def asks_of_idea(question: str) -> bool:
    """Whether it asks for the text and not its owner: `What does the idea say about the price?`."""
    return re.search(r"\bidea\b", question, re.IGNORECASE) is not None


def says_nothing(assumption: str) -> bool:
    """Whether an assumption only tells that the idea is silent, as in “It is not said how long”."""
    return _UNSAID.search(assumption) is not None
