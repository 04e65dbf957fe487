"""The search policy: which question to ask next, given what earlier candidates did.

The policy is a pure function of the history, so that a search can be replayed from the response
cache. `bench/README.md` holds the measurements behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.steps.judge import Judgement
    from headwater.steps.settings import SearchSettings


class Style(Enum):
    """How a question is put; the value names its prompt template."""

    IMPLEMENT = "implement"
    EXPLAIN = "explain"
    FOCUS = "focus"
    UPDATE = "update"


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """One question of a search. `failed` are the keys that a FOCUS question speaks of."""

    style: Style
    temperature: float
    seed: int
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """One candidate's story: the question, what it was judged, and what the answer cost."""

    question: Question
    judgement: Judgement
    output_tokens: int


_FRESH = (Style.IMPLEMENT, Style.EXPLAIN)
_TEMPERATURES = (0.0, 0.0, 0.5, 0.5, 0.7, 0.7, 0.9, 0.9)


def choose_question(
    history: Sequence[Tried], *, settings: SearchSettings, updating: bool
) -> Question | None:
    """The next question, or None when the budget is spent.

    Args:
        history: every candidate so far, in order.
        settings: the budget, and the seed that all sampling starts from.
        updating: there is a current file that an UPDATE question can build on.
    """
    spent = sum(tried.output_tokens for tried in history)
    number = len(history)
    if spent >= settings.tokens or number >= settings.attempts:
        return None
    if updating and number < 2:
        return Question(
            style=Style.UPDATE, temperature=0.6 * number, seed=settings.seed * 1000 + number
        )
    number -= 2 if updating else 0
    temperature = _TEMPERATURES[min(number, len(_TEMPERATURES) - 1)]
    style = _FRESH[number % len(_FRESH)]
    failed = _find_focus(history) if number >= 2 and number % 3 == 2 else ()
    return Question(
        style=Style.FOCUS if failed else style,
        temperature=temperature,
        seed=settings.seed * 1000 + len(history),
        failed=failed,
    )


def _find_focus(history: Sequence[Tried]) -> tuple[str, ...]:
    """Up to three tests that the best candidate fails, if it passes some."""
    best = max((tried.judgement for tried in history), key=lambda judgement: judgement.rank)
    if not best.passed:
        return ()
    return tuple(result.key for result in best.failures[:3])
