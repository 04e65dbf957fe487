"""What drafting steps work with: models, bounds, and somebody who watches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headwater.engine.progress import Observer
    from headwater.llm.interface import Model
    from headwater.steps.drafting.settings import DraftSettings


@dataclass(frozen=True, kw_only=True, slots=True)
class Drafter:
    """The adapters that `wiring` chose.

    Attributes:
        models: the ladder, cheapest first, never empty.
        seed: start of every sampling seed; the same seed asks the same.
    """

    models: tuple[Model, ...]
    settings: DraftSettings
    observer: Observer
    seed: int = 0
