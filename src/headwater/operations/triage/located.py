"""Where a failure is, as everything after it works with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headwater.operations.triage.named_tests import NamedTests
    from headwater.operations.triage.report import Evidence


@dataclass(frozen=True, kw_only=True, slots=True)
class Located:
    """Where a failure is.

    Attributes:
        components: the one that fails, then others that the report calls.
        refs: what the failing code serves, nearest first.
        evidence: how that was told.
        tests: the derived tests that the report names.
    """

    components: tuple[str, ...]
    refs: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    tests: NamedTests | None = None

    @property
    def component(self) -> str:
        """The one that fails."""
        return self.components[0]
