"""Where a sentence obliges: the words of RFC 2119, and what stands before them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headwater.rules.sentences import Sentence

MODALS = frozenset({"must", "shall", "should"})
"""The words that oblige, in lower case; RFC 2119 and EARS."""

CONDITIONS = frozenset({"when", "whenever", "while", "if", "where", "once", "after", "before"})
"""The words that begin a condition."""

_MODAL = r"(?<!\()\b(?:must|shall|should)\b"


def find_obligation(sentence: Sentence) -> re.Match[str] | None:
    """The first word that obliges, as a match in `sentence.lower`.

    One in brackets, as in `**R001** (MUST):`, says how strong the requirement is and obliges
    nobody.
    """
    return None if sentence.words.isdisjoint(MODALS) else re.search(_MODAL, sentence.lower)
