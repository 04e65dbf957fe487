"""Deciding which requirement a wish is about: by its id, else by a model among the nearest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.steps.change.candidates import MOST_CANDIDATES, find_named, rank_candidates
from headwater.steps.drafting.asking import Question, ask
from headwater.steps.drafting.choices import offer
from headwater.steps.drafting.quoting import quote_data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.steps.change.candidates import Candidate
    from headwater.steps.drafting.asking import Ledger
    from headwater.steps.drafting.drafter import Drafter

NEW = "new"

# A choice that shares less than this part of what the nearest one shares contradicts the words.
_DOUBTFUL = 0.5
# Where a requirement shares so much of a wish, the wish is hardly about a new one.
_HARDLY_NEW = 0.6
_LONGEST = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """The requirement that is meant: its ref, `new`, or empty where that is not clear.

    `candidates` are the nearest ones, for a person to choose from.
    """

    ref: str
    candidates: tuple[Candidate, ...] = ()


def choose_requirement(
    wish: str, requirements: Sequence[Candidate], *, drafter: Drafter, ledger: Ledger
) -> Chosen:
    """Which requirement a wish is about.

    An id in the wish decides alone. Nothing in common with any requirement makes a new one. Else
    a model chooses, and where its choice goes against what the words say, it is not clear.

    Raises:
        ModelError: a model could not be reached, or refused.
    """
    named = find_named(wish, requirements)
    if named:
        return Chosen(ref=named[0].ref if len(named) == 1 else "", candidates=tuple(named))
    ranked = rank_candidates(wish, requirements)[:MOST_CANDIDATES]
    if not ranked:
        return Chosen(ref=NEW)
    options = [*(one.ref for one in ranked), NEW]
    shown = "\n".join(f"{one.ref}: {one.text[:_LONGEST]}" for one in ranked)
    question = Question(
        template="change/which",
        values={
            "wish": quote_data("wish", wish),
            "requirements": quote_data("requirements", shown),
        },
        kind=offer(options),
        about="",
        tokens=60,
    )
    answer = ledger.add(ask(question, drafter=drafter)).value
    choice = answer.choice if answer else ""
    return Chosen(
        ref=choice if choice and _is_likely(choice, ranked) else "", candidates=tuple(ranked)
    )


def _is_likely(choice: str, ranked: Sequence[Candidate]) -> bool:
    best = ranked[0].share
    if choice == NEW:
        return best < _HARDLY_NEW
    return next(one.share for one in ranked if one.ref == choice) >= _DOUBTFUL * best
