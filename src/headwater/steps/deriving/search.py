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

    from headwater.steps.deriving.judge import Judgement
    from headwater.steps.settings import SearchSettings


class Style(Enum):
    """How a question is put; the value names its prompt template."""

    IMPLEMENT = "implement"
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


_TEMPERATURES = (0.0, 0.5, 0.7, 0.8, 0.9, 1.0)


def choose_question(
    history: Sequence[Tried], *, settings: SearchSettings, seed: int, updating: bool
) -> Question | None:
    """The next question, or None when the budget is spent.

    Fresh samples at rising temperature; measured on the embedded model they solve more than
    repairs, which repeat the mistake that they are shown. Where there is a current file, the first
    two questions ask for an update of it, so that what need not change stays.

    Args:
        history: every candidate so far, in order.
        settings: the budget.
        seed: the start of every sampling seed.
        updating: there is a current file that an UPDATE question can build on.
    """
    number = len(history)
    spent = sum(tried.output_tokens for tried in history)
    if spent >= settings.tokens or number >= settings.attempts:
        return None
    sampling_seed = seed * 1000 + number
    if updating and number < _UPDATES:
        return Question(style=Style.UPDATE, temperature=0.6 * number, seed=sampling_seed)
    step = number - (_UPDATES if updating else 0)
    temperature = _TEMPERATURES[min(step, len(_TEMPERATURES) - 1)]
    failed = _find_focus(history) if step > 0 and step % _FOCUS_EVERY == 0 else ()
    return Question(
        style=Style.FOCUS if failed else Style.IMPLEMENT,
        temperature=temperature,
        seed=sampling_seed,
        failed=failed,
    )


_UPDATES = 2
_FOCUS_EVERY = 4


def _find_focus(history: Sequence[Tried]) -> tuple[str, ...]:
    """Up to three tests that the best candidate fails, if it passes some."""
    best = max((tried.judgement for tried in history), key=lambda judgement: judgement.rank)
    if not best.passed:
        return ()
    return tuple(result.key for result in best.failures[:3])
