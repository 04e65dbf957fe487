"""An observer that keeps what it is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headwater.engine.progress import Event


@dataclass(kw_only=True, slots=True)
class Watcher:
    """Keeps every event."""

    events: list[Event] = field(default_factory=list)

    def notify(self, event: Event) -> None:
        """Keep it."""
        self.events.append(event)
