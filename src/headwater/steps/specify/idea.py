"""An idea as it was written, cut into sentences that requirements are drafted from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.errors import UsageError
from headwater.steps.specify.numbers import find_numbers, list_known
from headwater.steps.specify.words import list_content_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_SENTENCES = 30
"""More than this is more than one feature."""

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?")
_NOT_PROSE = re.compile(r"\s*(?:#{1,6}\s|```|~~~|\|?[\s:|-]+\|?\s*$|---+\s*$)")
_END = re.compile(r"(?<=[.!?。！？])[\"”’)]*\s+(?=[\"“(‘]?[^\W_a-z])")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|approx|no|nr|[A-Z]))\.$", re.IGNORECASE)
_INPUT_WORDS = 60
_FEWEST_WORDS, _FEWEST_EXAMPLES = 3, 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Idea:
    """What somebody wants.

    Attributes:
        text: as written, without comments and control characters.
        sentences: its sentences and list items, headings apart, each on one line.
        source: the file it came from; empty when it was typed.
    """

    text: str
    sentences: tuple[str, ...]
    source: str = ""

    @property
    def telling(self) -> tuple[str, ...]:
        """The sentences that say something: `Please!` and the like apart."""
        return tuple(one for one in self.sentences if list_content_words(one))

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers that it gives, those in words included."""
        return list_known([self.text])


def read_idea(text: str, *, source: str = "") -> Idea:
    """Read an idea from prose or Markdown.

    Raises:
        UsageError: there is nothing in it, or more than one feature can hold.
    """
    plain = _COMMENT.sub(" ", _strip_controls(text)).strip()
    sentences = tuple(_split(plain))
    where = f" in {source}" if source else ""
    if not sentences:
        raise UsageError(
            f"expected an idea{where}, found nothing",
            hint='Say what you want in a few sentences: `headwater specify "…"`.',
        )
    if len(sentences) > MOST_SENTENCES:
        raise UsageError(
            f"expected at most {MOST_SENTENCES} sentences{where}, found {len(sentences)}",
            hint="Make a feature of each part: one `headwater specify` for each.",
        )
    return Idea(text=plain, sentences=sentences, source=source)


def shorten_idea(idea: Idea) -> str:
    """The idea as the one line that a spec quotes, without anything that Markdown reads as more."""
    words = flatten(idea.text).split()
    return " ".join(words[:_INPUT_WORDS]) + (" …" if len(words) > _INPUT_WORDS else "")


def flatten(text: str) -> str:
    """A text on one line, without anything that Markdown or a reader takes for more than prose."""
    return " ".join(re.sub(r"[\[\]<>`|*_\\\"#“”]+", " ", text).split())


def split_examples(sentence: str) -> tuple[str, str]:
    """A sentence's rule, and the examples that it lists behind a colon; empty for none.

    `A day costs 24: 8 hours cost 24, 9 hours 24.` states one rule and two examples.
    """
    rule, colon, listed = sentence.partition(": ")
    items = [item for item in re.split(r",\s+(?:and\s+)?|;\s+", listed) if find_numbers(item)]
    told = bool(colon) and len(list_content_words(rule)) >= _FEWEST_WORDS
    if told and len(items) >= _FEWEST_EXAMPLES:
        return rule, flatten(listed).rstrip(" .;")
    return sentence, ""


def _split(text: str) -> Iterator[str]:
    for paragraph in _join_lines(text.split("\n")):
        waiting = ""
        for piece in _END.split(paragraph):
            waiting = f"{waiting} {piece}".strip()
            if not _ABBREVIATION.search(waiting):
                yield from _take(waiting)
                waiting = ""
        yield from _take(waiting)


def _join_lines(lines: Iterable[str]) -> Iterator[str]:
    """Paragraphs and list items, each on one line; headings, fences and rules end them."""
    paragraph: list[str] = []
    for line in (*lines, ""):
        item = _ITEM.match(line)
        if paragraph and (item or not line.strip() or _NOT_PROSE.match(line)):
            yield " ".join(paragraph)
            paragraph = []
        if line.strip() and not _NOT_PROSE.match(line):
            kept = line[item.end() :] if item else line
            paragraph += kept.replace("|", " ").split()


def _take(sentence: str) -> Iterator[str]:
    if any(map(str.isalnum, sentence)):
        yield sentence


def _strip_controls(text: str) -> str:
    return "".join(
        sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cf"}
    )
