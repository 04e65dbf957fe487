"""What steps work with: models, a workbench, an engine, and somebody who watches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headwater.engine.interface import Engine
    from headwater.engine.progress import Observer
    from headwater.llm.interface import Model
    from headwater.steps.deriving.workbench import Workbench
    from headwater.steps.settings import SearchSettings
    from headwater.targets.interface import Target


@dataclass(frozen=True, kw_only=True, slots=True)
class Tools:
    """The adapters that `wiring` chose.

    Attributes:
        models: the ladder, cheapest first, never empty.
        seed: start of every sampling seed; the same seed gives the same calls.
    """

    models: tuple[Model, ...]
    workbench: Workbench
    engine: Engine
    observer: Observer
    settings: SearchSettings
    seed: int = 0

    @property
    def target(self) -> Target:
        """The language that is derived for."""
        return self.workbench.target
