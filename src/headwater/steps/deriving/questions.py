"""The prompts of a search: every one of them begins with the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.steps.deriving.contract import render_contract
from headwater.steps.deriving.search import Style
from headwater.steps.prompting import fill_prompt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.steps.deriving.contract import Contract
    from headwater.steps.deriving.search import Question, Tried


def render_question(
    question: Question,
    *,
    contract: Contract,
    history: Sequence[Tried] = (),
    current: str = "",
    change: str = "",
) -> str:
    """The prompt of one question.

    Args:
        question: how to put it.
        contract: what it is about.
        history: earlier candidates, for a FOCUS question.
        current: the file as it is, for an UPDATE question.
        change: what changed in the specification, likewise.
    """
    values = {
        "contract": render_contract(contract),
        "language": contract.component.language,
        "outline": contract.outline,
    }
    if question.style is Style.FOCUS:
        values["failures"] = _render_failures(question.failed, history=history)
    if question.style is Style.UPDATE:
        values["current"] = current.strip()
        values["change"] = change
    return fill_prompt(f"deriving/{question.style.value}", values)


def _render_failures(keys: Sequence[str], *, history: Sequence[Tried]) -> str:
    best = max((tried.judgement for tried in history), key=lambda judgement: judgement.rank)
    messages = {result.key: result.message for result in best.failures}
    return "\n".join(f"- {messages[key]}" for key in keys if key in messages)
