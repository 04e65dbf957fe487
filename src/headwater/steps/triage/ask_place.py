"""Which of the nearest requirements a report is about: a model chooses a number, no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.steps.drafting.asking import Question, ask
from headwater.steps.drafting.choices import offer
from headwater.steps.drafting.quoting import quote_data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.steps.change.candidates import Candidate
    from headwater.steps.drafting.asking import Ledger
    from headwater.steps.drafting.drafter import Drafter

NONE = "none"
_LONGEST = 300
_LONGEST_REPORT = 2000


def ask_place(
    report: str, candidates: Sequence[Candidate], *, drafter: Drafter, ledger: Ledger
) -> Candidate | None:
    """The candidate that the report is about; None where a model says none, or no answer will do.

    Raises:
        ModelError: a model could not be reached, or refused.
    """
    numbers = [str(number) for number in range(1, len(candidates) + 1)]
    shown = "\n".join(
        f"{number}. {one.text[:_LONGEST]}" for number, one in zip(numbers, candidates, strict=True)
    )
    question = Question(
        template="triage/place",
        values={
            "report": quote_data("report", report[:_LONGEST_REPORT]),
            "candidates": quote_data("requirements", shown),
        },
        kind=offer([*numbers, NONE]),
        about="",
        tokens=40,
    )
    answer = ledger.add(ask(question, drafter=drafter)).value
    return None if answer is None or answer.choice == NONE else candidates[int(answer.choice) - 1]
