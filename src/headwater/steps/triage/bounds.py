"""A bound in a requirement that the arguments of a call cross: told by arithmetic, not by a model.

`An amount of more than 1000 MUST be refused` speaks of `pay(1001)`, and `An empty list MUST be an
invalid argument` of `average([])`. Where the sentence also says that such a call fails, and no
other argument could be meant, the requirement decides the call.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sized
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from headwater.graph.declarations import NEUTRAL_ERRORS
from headwater.spec.examples import Call, CallRow, Literal
from headwater.steps.drafting.quoting import is_quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headwater.spec.examples import Row

NUMBER_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
"""What numbers up to twelve are written as, each at its own place."""
_NUMBER = (
    rf"(?P<number>(?:{'|'.join(NUMBER_WORDS)})\b|-?\d+(?:\.\d+)?)(?!\.?\d)"
    r"(?P<unit>\s+(?:characters?|letters?|signs?|items?|entries|elements?|words?)\b)?"
)
_Test = Callable[[object], bool | None]
_BOUNDS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    r"no more than|not more than|at most|up to|no longer than": Decimal.__gt__,
    r"no less than|not less than|no fewer than|at least": Decimal.__lt__,
    r"more than|greater than|longer than|above|over|exceed(?:s|ing)?": Decimal.__gt__,
    r"less than|fewer than|shorter than|smaller than|below|under": Decimal.__lt__,
}
REFUSAL = (
    r"(?i)\b(?:invalid|errors?|refus\w*|reject\w*|fail\w*|rais\w*|forbid\w*|forbidden|not allowed"
    r"|not found|out of range|unsupported|already exists|timeout|broken|unknown)\b"
)
"""Words by which a requirement says that a call fails."""

_NO_REFUSAL = rf"(?i)\b(?:not|never|no|without)\s+(?:\w+\s+){{0,2}}{REFUSAL.removeprefix('(?i)')}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Crossing:
    """A sentence of a requirement whose bound a call crosses.

    Attributes:
        quote: the sentence.
        bound: as written: `more than 1000`.
        refuses: it says that such a call fails, and only the crossing argument can be meant.
        error: the error that it names, as a row has it; empty where it names none.
    """

    quote: str
    bound: str
    refuses: bool
    error: str


def find_crossing(requirement: str, row: Row, *, errors: Iterable[str] = ()) -> Crossing | None:
    """The first sentence whose bound an argument of a call crosses; None where none is crossed.

    Args:
        requirement: what it says.
        row: a row with the call.
        errors: names of errors that interfaces declare.
    """
    for sentence in _cut_sentences(requirement):
        for bound, hits in _apply_bounds(sentence, row):
            if any(hits):
                error = find_named_error(sentence, errors=errors)
                fails = bool(error or re.search(REFUSAL, sentence))
                refuses = fails and all(hits) and not re.search(_NO_REFUSAL, sentence)
                return Crossing(quote=sentence, bound=bound, refuses=refuses, error=error)
    return None


def find_kept_bound(requirement: str, quote: str, row: Row) -> str:
    """A bound in the sentence of a quote, where a call keeps all that there are; else empty.

    Such a sentence is about other calls: `fewer than three words` says nothing of four.
    """
    for sentence in _cut_sentences(requirement):
        applied = [*_apply_bounds(sentence, row)] if is_quoted(quote, inside=sentence) else []
        if applied and not any(any(hits) for _, hits in applied):
            return applied[0][0]
    return ""


def find_named_error(text: str, *, errors: Iterable[str] = ()) -> str:
    """The one error that a text names: a neutral one in words, or one that interfaces declare."""
    named = [name for name in NEUTRAL_ERRORS if re.search(name.replace("_", "[ _]"), text, re.I)]
    named += [name for name in errors if re.search(rf"\b{re.escape(name)}\b", text)]
    unique = dict.fromkeys(named)
    return next(iter(unique)) if len(unique) == 1 else ""


def _cut_sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.;])\s+", text)


def _apply_bounds(sentence: str, row: Row) -> Iterator[tuple[str, list[bool]]]:
    """Every bound of a sentence that some argument is of the kind for; which of these cross it."""
    values = [*_list_values(row)]
    for bound, crosses in _list_bounds(sentence):
        hits = [hit for value in values for hit in [crosses(value)] if hit is not None]
        if hits:
            yield bound, hits


def _list_bounds(sentence: str) -> Iterator[tuple[str, _Test]]:
    """Every bound of a sentence, with a test that is None for values of another kind."""
    for words, compare in _BOUNDS.items():
        for match in re.finditer(rf"(?i)\b(?<!no )(?<!not )(?:{words})\s+{_NUMBER}", sentence):
            written = match["number"].lower()
            spelt = written in NUMBER_WORDS
            limit = Decimal(NUMBER_WORDS.index(written) if spelt else written)
            unit = (match["unit"] or "").strip().lower()
            yield match[0].strip(), _make_test(compare, limit, unit=unit)
    for match in re.finditer(r"(?i)\bnegative\b", sentence):
        yield match[0], _make_test(Decimal.__lt__, Decimal(0))
    for match in re.finditer(r"(?i)\bempty\b(?:\s+\w+)?", sentence):
        yield match[0], lambda value: None if _is_number(value) else value in ("", [], {})


def _make_test(
    compare: Callable[[Decimal, Decimal], bool], limit: Decimal, *, unit: str = ""
) -> _Test:
    def test(value: object) -> bool | None:
        size = _measure(value, unit)
        return None if size is None else compare(size, limit)

    return test


def _measure(value: object, unit: str) -> Decimal | None:
    """A number itself, or how many units a value has; None for a value of another kind."""
    if not unit:
        return Decimal(str(value)) if _is_number(value) else None
    if unit.startswith("word"):
        return Decimal(len(value.split())) if isinstance(value, str) else None
    return Decimal(len(value)) if isinstance(value, Sized) else None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _list_values(row: Row) -> Iterator[object]:
    """The arguments that are literals; the words of a command line are of no kind that is known."""
    call = row.expression if isinstance(row, CallRow) else None
    if isinstance(call, Call):
        for each in (*call.arguments, *(value for _, value in call.named)):
            if isinstance(each, Literal):
                yield each.value
