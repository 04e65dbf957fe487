"""What a check found, as it is told and kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from headwater.operations.checking.drift import describe_drift, is_waiting
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.operations.checking.drift import DriftPlace
    from headwater.operations.standing.component_status import ComponentStatus
    from headwater.operations.standing.placed_problem import PlacedProblem


class FailOn(Enum):
    """From which severity on a check does not pass; what is not fresh counts as an error."""

    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"


@dataclass(frozen=True, kw_only=True, slots=True)
class Before:
    """What was there before a change: how much of it, and at which commit."""

    commit: str
    findings: int
    unsettled: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckReport:
    """What a check found; where it was asked to compare, only what is new.

    Attributes:
        features: how many features there are.
        components: how many components their plans name.
        documents: paths of all documents.
        findings: problems of documents, structure, examples, lock and articles, by place.
        unsettled: components, and features' own files, that are neither fresh nor upgradeable.
        places: of these, by ref, each with what stands there.
        allow_stale: whether what only waits for `build` is a warning.
        before: what was left out since it was there before; None where nothing was compared.
    """

    features: int
    components: int
    documents: tuple[str, ...]
    findings: tuple[PlacedProblem, ...]
    unsettled: tuple[ComponentStatus, ...]
    places: Mapping[str, DriftPlace] = field(default_factory=dict)
    allow_stale: bool = False
    before: Before | None = None

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(problem.severity is Severity.ERROR for problem in self.findings)

    @property
    def drift(self) -> tuple[PlacedProblem, ...]:
        """What is not fresh as problems, by place; made when asked, since there may be many."""
        return describe_drift(self.unsettled, places=self.places, allow_stale=self.allow_stale)

    @property
    def passed(self) -> bool:
        """Whether there is no error and nothing is out of date; warnings do not count."""
        return self.passes(FailOn.ERROR)

    def passes(self, fail_on: FailOn) -> bool:
        """Whether nothing is as bad as `fail_on`."""
        if fail_on is FailOn.NEVER:
            return True
        found = self.findings if fail_on is FailOn.WARNING else self.errors
        return not found and all(
            self.allow_stale and is_waiting(one.state) for one in self.unsettled
        )
