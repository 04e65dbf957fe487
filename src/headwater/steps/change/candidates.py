"""Which requirements a wish may be about, by the words, numbers and names that they share."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from headwater.spec.ids import IdKind, find_refs, kind_of, split_ref
from headwater.steps.drafting.passages import list_stems

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_CANDIDATES = 5

_NUMBER = r"\d+(?:[.,:]\d+)*"
_NAME = r"[A-Za-z]\w*_\w+|[a-z]+[A-Z]\w*|`[^`]+`"
_NAME_WEIGHT = 3.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A requirement that may be meant.

    Attributes:
        ref: `001/FR-003`.
        text: what it says, with its examples' calls behind it.
        share: which part of the wish's words, weighted by rarity, it shares; 0 to 1.
    """

    ref: str
    text: str
    share: float = 0.0


def rank_candidates(wish: str, requirements: Sequence[Candidate]) -> list[Candidate]:
    """Those that share something with a wish, best first; equal ones in their order."""
    wanted = Counter(_list_signs(wish))
    signs = [frozenset(_list_signs(one.text)) for one in requirements]
    holders = Counter(sign for each in signs for sign in each)
    weights = {
        sign: _weigh(sign, total=len(requirements), holders=holders[sign]) for sign in wanted
    }
    whole = sum(weights.values()) or 1.0
    ranked = [
        Candidate(
            ref=one.ref,
            text=one.text,
            share=sum(weights[sign] for sign in wanted if sign in each) / whole,
        )
        for one, each in zip(requirements, signs, strict=True)
    ]
    return sorted((one for one in ranked if one.share), key=lambda one: -one.share)


def find_named(wish: str, requirements: Sequence[Candidate]) -> list[Candidate]:
    """Those whose id or ref stands in the wish itself."""
    named = {ref for ref in find_refs(wish) if kind_of(ref) is IdKind.REQUIREMENT}
    return [one for one in requirements if named & {one.ref, split_ref(one.ref)[1]}]


def _list_signs(text: str) -> list[str]:
    names = [name.strip("`") for name in re.findall(_NAME, text)]
    return [*list_stems(text), *re.findall(_NUMBER, text), *(f"`{name}`" for name in names)]


def _weigh(sign: str, *, total: int, holders: int) -> float:
    """A sign that few share says more; one that nobody shares says little of which is meant."""
    rarity = log(1 + total / holders) if holders else log(2)
    return rarity * (_NAME_WEIGHT if sign.startswith("`") else 1.0)
