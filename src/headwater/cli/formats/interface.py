"""What a format is given, and what it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from headwater.operations.checking.check_report import FailOn
from headwater.operations.checking.drift import NOT_FRESH
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from headwater.operations.checking.check_report import CheckReport
    from headwater.operations.standing.placed_problem import PlacedProblem


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """A check, as it is to be told.

    Attributes:
        report: what was found.
        fail_on: from which severity on the check fails.
        limit: findings of one rule that are shown to a person; 0 for all of them.
    """

    report: CheckReport
    fail_on: FailOn = FailOn.ERROR
    limit: int = 50

    @property
    def passed(self) -> bool:
        """Whether nothing found makes the check fail."""
        return self.report.passes(self.fail_on)

    @property
    def problems(self) -> tuple[PlacedProblem, ...]:
        """Findings, and what is not fresh, as problems by place."""
        found = (*self.report.findings, *self.report.drift)
        return tuple(sorted(found, key=lambda problem: problem.place))

    def fails(self, problem: PlacedProblem) -> bool:
        """Whether a problem is a failure: an error, or a finding where warnings fail too."""
        warns = self.fail_on is FailOn.WARNING and problem.code != NOT_FRESH
        return problem.severity is Severity.ERROR or warns


class Format(Protocol):
    """Writes a check for one kind of reader."""

    def __call__(self, checked: Checked, /) -> str:
        """The whole output, without a line end behind it; may hold colours for a terminal."""
        ...
