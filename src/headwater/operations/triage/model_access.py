"""Whom the steps of a triage ask, opened when the first of them has a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from headwater.steps.drafting.asking import Ledger
    from headwater.steps.drafting.drafter import Drafter


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelAccess:
    """Gives the models, the same ones each time; `ledger` takes what all answers cost."""

    open_drafter: Callable[[], Drafter]
    ledger: Ledger

    @property
    def drafter(self) -> Drafter:
        """The models. No question, no model: most failures need none."""
        return self.open_drafter()
