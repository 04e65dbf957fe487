"""What a spec demands, clause by clause, as words that can be compared.

A clause is the part of a sentence around one modal verb: “when a clerk asks, the ledger MUST NOT
answer twice”. Its words are put in a plain form, so that two ways to write the same meet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from headwater.spec.ids import IdKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headwater.rules.passages import Passage
    from headwater.spec.model import Place

_DEMANDING = (IdKind.REQUIREMENT, IdKind.CRITERION)
_NEGATIVE = r"(?:must|shall|should|may|can|will|does|do|is|are)\s+(?:not|never)|cannot|never"
_MODAL = rf"(?i)\b(?P<modal>(?P<negative>{_NEGATIVE})|must|shall|should|will)\b"
# Where a clause ends and the next begins: each of them has a modal verb of its own.
_BOUNDARY = (
    r"(?i)\s*;\s+|\s+[—–]\s+|,?\s+(?:and|but|or|while|whereas)\s+(?=[^,;]{0,60}?\b(?:must|shall)\b)"
)
_PIECE = r"`[^`]*`|\d+(?:[.,]\d+)*|[^\W\d_]+(?:[-'’][^\W\d_]+)*|%"
_OPENING_CODE = r"(?:`[^`]+`[\s,]*)+$"
# Articles, auxiliaries and the like: they tell no two demands apart.
_FUNCTION_WORDS = (
    " a an the this that these those its their his her is are be been being was were do does did"
    " has have had it they which who whose must shall should will would can cannot may might not"
    " never of to and or as by so such any each every all also then there when whenever if once"
    " upon system "
)
# By what `_strip_ending` leaves of them.
_SYNONYMS = {
    "respond": "answer",
    "repl": "answer",
    "return": "answer",
    "show": "display",
    "permit": "allow",
    "reject": "refus",
    "den": "refus",
    "stor": "sav",
    "keep": "sav",
    "delet": "remov",
    "customer": "user",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """One demand.

    Attributes:
        passage: the requirement or criterion that states it.
        start: where in the passage's text its sentence begins.
        text: as written.
        negative: it forbids.
    """

    passage: Passage
    start: int
    text: str
    negative: bool

    @property
    def owner(self) -> str:
        """The id of the requirement or criterion that states it."""
        return self.passage.id

    @property
    def place(self) -> Place:
        """Where its sentence begins."""
        return self.passage.place(self.start)

    def simplify(self) -> frozenset[str]:
        """Plain forms of what it says; order and small words do not count."""
        return frozenset(simplify_words(self.text))


def read_clauses(passages: Iterable[Passage]) -> Iterator[Clause]:
    """Every clause of the requirements and criteria that hold, in the order of the document."""
    for passage in passages:
        if passage.kind not in _DEMANDING or passage.retired or not passage.english:
            continue
        for sentence in passage.sentences():
            for text in re.split(_BOUNDARY, _read_raw(passage, sentence)):
                modals = list(re.finditer(_MODAL, text))
                if len(modals) == 1:
                    yield Clause(
                        passage=passage,
                        start=sentence.start(),
                        text=" ".join(text.split()),
                        negative=modals[0]["negative"] is not None,
                    )


def simplify_words(text: str) -> list[str]:
    """Plain forms of a text's words, in order: no small words, no endings, one of each synonym."""
    words = []
    for piece in re.findall(_PIECE, text):
        word = piece.lower()
        if piece.startswith("`"):
            words.append(piece)
        elif f" {word} " not in _FUNCTION_WORDS:
            words.append(_strip_ending(word))
    return words


@lru_cache(maxsize=10_000)
def _strip_ending(word: str) -> str:
    """Near enough to a stem: both forms of a word lose the same."""
    for ending in ("ies", "ied", "ing", "es", "ed", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    return _SYNONYMS.get(word, word)


def _read_raw(passage: Passage, sentence: re.Match[str]) -> str:
    """A sentence as written: with its code, which passages leave blank, also where it begins."""
    data = passage.source.data
    first, last = (passage.start + len(passage.text[:end].encode()) for end in sentence.span())
    text = data[first:last].decode(errors="replace")
    line = data[data.rfind(b"\n", 0, first) + 1 : first].decode(errors="replace")
    opening = re.search(_OPENING_CODE, line)
    return text if opening is None or passage.id in opening[0] else opening[0] + text
