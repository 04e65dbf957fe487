"""Words quoted from a policy: how they are digested, located, and refused when made up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from unicodedata import category, normalize

from headwater.errors import HeadwaterError
from headwater.spec.article_sources import Passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from headwater.policies.interface import PolicyLine, PolicyText

DIGEST_LENGTH: Final = 16
"""Hex digits of SHA-256 that a source shows: 64 bits, against mistakes and not against forgery."""

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SHORTEST = 3  # characters; a letter occurs in every policy


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """Words of a policy, in normal form, with the lines that hold them."""

    text: str
    passage: Passage

    @property
    def digest(self) -> str:
        """What a `**Source**:` line shows of the words."""
        return digest_words(self.text)


class InventedQuoteError(HeadwaterError):
    """Words that are said to stand in a policy, and do not."""


def normalise_words(text: str) -> str:
    """The words as they are compared: one form of every sign, none unseen, blanks folded."""
    plain = "".join(
        " " if sign.isspace() else sign
        for sign in normalize("NFKC", text)
        if sign.isspace() or category(sign) not in _UNSEEN
    )
    return " ".join(plain.split())


def digest_words(text: str) -> str:
    """The digest of words, however they are wrapped."""
    return sha256(normalise_words(text).encode()).hexdigest()[:DIGEST_LENGTH]


def list_lines(policy: PolicyText) -> Iterator[PolicyLine]:
    """Every line of a policy in order."""
    for block in policy.blocks:
        yield from block.lines


def make_quote(policy: PolicyText, lines: Sequence[PolicyLine], *, text: str = "") -> Quote:
    """A quote of these lines, or of the part `text` of them."""
    passage = Passage(path=policy.path, first=lines[0].spot, last=lines[-1].spot, unit=policy.unit)
    words = normalise_words(text or " ".join(line.text for line in lines))
    return Quote(text=words, passage=passage)


def refuse_invented(quote: str, source: PolicyText) -> Quote:
    """The quote with its place; white space, wrapping and unseen signs do not count.

    Whatever claims to quote a policy, a model above all, goes through here.

    Raises:
        InventedQuoteError: the words do not stand in the policy, one after the other.
    """
    words = normalise_words(quote)
    whole, lines = _join(list_lines(source))
    start = whole.find(words) if len(words) >= _SHORTEST else -1
    if start < 0:
        raise InventedQuoteError(
            f"expected a quote from {source.path}, found words that do not stand there: "
            f"“{words[:200]}”",
            hint="Quote the policy word for word, or leave the statement out.",
        )
    end = start + len(words)
    held = [line for first, last, line in lines if first < end and start < last]
    return make_quote(source, held, text=words)


def _join(lines: Iterable[PolicyLine]) -> tuple[str, list[tuple[int, int, PolicyLine]]]:
    """All words of a policy in one text, with where each line's begin and end."""
    parts: list[str] = []
    spans: list[tuple[int, int, PolicyLine]] = []
    length = 0
    for line in lines:
        words = normalise_words(line.text)
        if words:
            spans.append((length, length + len(words), line))
            parts.append(words)
            length += len(words) + 1
    return re.sub(r"\n", " ", "\n".join(parts)), spans
