"""One conversation with the models about one plan: what it is about, cost, and did not give."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from headwater.steps.drafting.asking import Ledger, ask

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.steps.drafting.asking import Question
    from headwater.steps.drafting.drafter import Drafter
    from headwater.targets.interface import Target

T = TypeVar("T", bound=BaseModel)


@dataclass(kw_only=True, slots=True)
class Interview:
    """Asks, and keeps account.

    Attributes:
        drafter: who is asked.
        duties: what components have to see to, by id.
        target: the language of the plan.
        ledger: what it cost.
        remarks: what a person should know, each with the names that it is about.
    """

    drafter: Drafter
    duties: Mapping[str, str]
    target: Target
    ledger: Ledger = field(default_factory=Ledger)
    remarks: dict[str, dict[str, None]] = field(default_factory=dict)

    def ask(self, question: Question[T], *, otherwise: str, about: str) -> T | None:
        """The answer; without one that fits, None and a remark of what is done `otherwise`.

        Raises:
            ModelError: a model could not be reached, or refused.
        """
        asked = self.ledger.add(ask(question, drafter=self.drafter))
        if asked.value is None:
            self.remark(otherwise, about)
        return asked.value

    def remark(self, text: str, about: str = "") -> None:
        """Note something; the same text about several names is one sentence in the end."""
        self.remarks.setdefault(text, {}).update({about: None} if about else {})

    @property
    def notes(self) -> tuple[str, ...]:
        """The remarks, a sentence each."""
        return tuple(
            f"{text}: {', '.join(names)}." if names else f"{text}."
            for text, names in self.remarks.items()
        )
