"""Words of an idea that say something, told from those that say nothing anybody could build."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")

_STOP_WORDS = (
    "a about after all also am an and any are as at be because been before being but by can could"
    " did do does doing down each else for from had has have having he her here him his how i if"
    " in into is it its itself just let like may me might more most much must my no nor not now of"
    " off on once one only onto or other our out over own per please rather really same shall she"
    " should so some such than that the their them then there these they this those through to too"
    " under until up upon us very was we were what when where which while who whom whose why will"
    " with without would you your"
)
_STOP = frozenset(_STOP_WORDS.split())
# What fits every idea tells nothing about this one.
_VAGUE_WORDS = (
    "amazing anything app application apps awesome beautiful best better build building built"
    " clean code cool create creates creating develop easier easily easy efficient everything"
    " excellent experience fast faster fancy feature features fix fresh friendly fun game-changing"
    " get gets getting give good great handle handles happier happy helpful help helps idea"
    " improve improved improves innovative intuitive kind lot make makes making manage manages"
    " modern need needs neat new next-generation nice optimal people platform powerful product"
    " professional program project quick quickly robust scalable seamless service simple site"
    " smart smooth software solution solve somebody someone something somehow sort stuff system"
    " systems thing things tool try use useful user-friendly user users using want wants way"
    " website whatever wonderful work works world-class write"
)
_VAGUE = frozenset(_VAGUE_WORDS.split())
_ACTIONS_WORDS = (
    "accept add allocate alert allow answer append approve archive assign authenticate bill block"
    " book calculate cancel cap capitalise charge check classify clear close collect combine"
    " compare compile compress compute confirm convert copy cost count debit decide decode decrypt"
    " decrease delete deliver deny deposit derive detect display divide download drop encode"
    " encrypt enrol enter estimate exclude expire export extract fetch filter find flag format"
    " forward generate grade group hash hide highlight ignore import include increase index insert"
    " invite issue join keep limit link list load lock log mail map mark match measure merge"
    " modify monitor move multiply notify open order parse pause pay pick plot post predict"
    " prevent print publish rank rate read receive recommend record redirect refund refuse"
    " register reject release remind remove rename renew render reorder repeat replace reply"
    " report request reserve reset resize restore retry return reverse revoke rotate round save"
    " scan schedule score search select sell send separate share show sign skip sort split start"
    " stop store strip subtract sum summarise summarize suggest swap sync tag take tell total"
    " track transfer translate trim truncate unlock update upload validate vote verify view warn"
    " withdraw"
)
_ACTIONS = frozenset(_ACTIONS_WORDS.split())
_RULES = re.compile(
    r"\d|\b(?:if|when|whenever|unless|until|only|must|never|always|every|each|per|at most|at least"
    r"|more than|less than|except|no longer than|before|after|within|between|maximum|minimum)\b",
    re.IGNORECASE,
)
_ENDINGS = (("ies", "y"), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"), ("es", ""), ("s", ""))


def list_content_words(text: str) -> tuple[str, ...]:
    """The words that say something, in lower case, each once, in the order of the text."""
    words = (match[0].casefold() for match in _WORD.finditer(text))
    return tuple(dict.fromkeys(word for word in words if word not in _STOP and word not in _VAGUE))


def list_stems(text: str) -> frozenset[str]:
    """The content words without the endings that only bend them."""
    return frozenset(find_stem(word) for word in list_content_words(text))


def is_said(text: str, texts: Iterable[str], *, share: float) -> bool:
    """Whether one of `texts` has at least this share of the content words of `text`."""
    words = list_stems(text)
    return any(words and len(words & list_stems(other)) >= share * len(words) for other in texts)


def find_stem(word: str) -> str:
    """`fees` and `fee`, `charged` and `charge` have one stem; it need be no word."""
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return word.removesuffix(ending)
    return word


def names_action(text: str) -> bool:
    """Whether it says what is done, with a verb that a program can be held to."""
    return any(_is_action(word) for word in list_content_words(text))


def gives_rule(text: str) -> bool:
    """Whether it has a number, a condition or a limit."""
    return _RULES.search(text) is not None


def _is_action(word: str) -> bool:
    if word in _ACTIONS:
        return True
    stems = (word.removesuffix(ending) + put for ending, put in _ENDINGS if word.endswith(ending))
    doubled = re.sub(r"(.)\1(?:ing|ed)$", r"\1", word)
    return doubled in _ACTIONS or any(stem in _ACTIONS for stem in stems)
