"""The sentences of what a spec demands, each split into words once for all rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase
from typing import TYPE_CHECKING

from headwater.spec.ids import IdKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headwater.rules.passages import Passage
    from headwater.spec.model import Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """One English sentence of a requirement or a criterion that holds.

    Attributes:
        passage: what it is part of.
        start: where in the passage's text it begins.
        text: as written; what is no prose is blank.
        lower: the same in lower case, character for character.
        words: the words of `lower`; one with a hyphen is one word. Asking them first makes a rule
            quick where it has nothing to find.
    """

    passage: Passage
    start: int
    text: str
    lower: str
    words: frozenset[str]

    def place(self, index: int = 0) -> Place:
        """The place of a character of `text`."""
        return self.passage.place(self.start + index)

    def show(self, found: re.Match[str]) -> str:
        """What was found in `lower`, as it is written, on one line."""
        return " ".join(self.text[found.start() : found.end()].split())


_STATING = (IdKind.REQUIREMENT, IdKind.CRITERION)
# Letters beyond these may be of another length in lower case, and English needs none of them.
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
_WORD = r"[a-z][a-z'’-]*"


def read_statements(passages: Iterable[Passage]) -> Iterator[Sentence]:
    """The sentences that rules about words look at, in the order of the document."""
    for passage in passages:
        if passage.kind in _STATING and passage.english and not passage.retired:
            for found in passage.sentences():
                text = found[0]
                lower = text.translate(_LOWER)
                yield Sentence(
                    passage=passage,
                    start=found.start(),
                    text=text,
                    lower=lower,
                    words=frozenset(re.findall(_WORD, lower)),
                )
