"""Which statements are worth comparing: those that share rare words, across documents first."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from math import log, sqrt
from typing import TYPE_CHECKING

from headwater.graph.statement import Topic
from headwater.steps.drafting.passages import list_stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from headwater.graph.statement import Statement

_COMPARED = frozenset(
    {
        *(Topic.ARTICLE, Topic.REQUIREMENT, Topic.SCENARIO, Topic.CRITERION, Topic.ASSUMPTION),
        *(Topic.EDGE_CASE, Topic.CHOICE, Topic.DECISION, Topic.COMPONENT, Topic.CONTEXT),
    }
)
# A stem that so many statements share says nothing about any two of them.
_MOST_HOLDERS = 40
_FEWEST_WORDS = 5
_MOST_USES = 2
_LABEL = r"\*\*[^*\n]+\*\*:?"


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Two statements that speak of the same."""

    first: Statement
    second: Statement


def choose_pairs(statements: Iterable[Statement], *, most: int) -> list[Pair]:
    """The pairs with most in common, at most so many, no statement in more than two of them.

    Two statements of one item (a decision and its choice) are no pair, nor are two components:
    their sections are alike by their form.
    """
    told = [one for one in statements if one.topic in _COMPARED and not one.retired]
    told = [one for one in told if len(one.text.split()) >= _FEWEST_WORDS]
    scores = _score(told)
    chosen: list[Pair] = []
    used: Counter[int] = Counter()
    for first, second in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        if len(chosen) == most:
            break
        if max(used[first], used[second]) < _MOST_USES:
            used.update((first, second))
            chosen.append(Pair(first=told[first], second=told[second]))
    return chosen


def _score(told: Sequence[Statement]) -> dict[tuple[int, int], float]:
    """Pairs that share a stem, each with the weight of all that they share for their length."""
    stems = [frozenset(list_stems(re.sub(_LABEL, "", one.text))) for one in told]
    holders: dict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(stems):
        for stem in each:
            holders[stem].append(number)
    scores: dict[tuple[int, int], float] = defaultdict(float)
    for numbers in holders.values():
        if len(numbers) <= _MOST_HOLDERS:
            weight = log(1 + len(told) / len(numbers))
            for pair in combinations(numbers, 2):
                scores[pair] += weight
    return {
        pair: score / sqrt(len(stems[pair[0]]) * len(stems[pair[1]]))
        for pair, score in scores.items()
        if _may_disagree(told[pair[0]], told[pair[1]])
    }


def _may_disagree(one: Statement, other: Statement) -> bool:
    same_item = bool(one.ref) and one.ref == other.ref
    return not same_item and {one.topic, other.topic} != {Topic.COMPONENT}
