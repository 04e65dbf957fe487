"""What a search tells whoever watches it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.engine.progress import Message, TestsJudged, TokensSpent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.engine.progress import Observer
    from headwater.steps.deriving.judge import Judgement
    from headwater.steps.deriving.search import Tried
    from headwater.targets.interface import TestFile


def tell_judgement(
    observer: Observer,
    ref: str,
    *,
    history: Sequence[Tried],
    visible: Sequence[TestFile],
    input_tokens: int,
) -> None:
    """Tell how the last candidate of `history` was judged, and what all of them took."""
    judgement = history[-1].judgement
    observer.notify(
        TestsJudged(
            component=ref,
            purpose="implement",
            passed=len(judgement.passed),
            total=sum(len(file.tests) for file in visible),
        )
    )
    observer.notify(
        TokensSpent(
            component=ref,
            purpose="implement",
            input_tokens=input_tokens,
            output_tokens=sum(tried.output_tokens for tried in history),
        )
    )
    if message := _describe(judgement):
        observer.notify(Message(component=ref, purpose="implement", text=message))


def _describe(judgement: Judgement) -> str:
    if judgement.problems:
        return judgement.problems[0].message
    return judgement.failures[0].message if judgement.failures else ""
