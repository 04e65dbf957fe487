"""Checks for statements that set a number: complexity, lengths, coverage."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

from headwater.policies.measures import read_measures
from headwater.policies.proposals import Proposal
from headwater.policies.severities import give_severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.policies.statements import Statement

_CHECKS = {
    "coverage": ("coverage.floor", "percent"),
    "complexity": ("complexity.max", "max"),
    "module lines": ("module.lines", "max"),
    "function lines": ("functions.lines", "max"),
}


def propose_limits(statement: Statement) -> Iterator[Proposal]:
    """A check for every measure that has one; of a setting, only what it proposes itself."""
    for measure in read_measures(statement.clause) if not statement.is_fact else ():
        if measure.name in _CHECKS:
            check, argument = _CHECKS[measure.name]
            # Checks take whole numbers; the stricter one keeps what the policy says.
            value = ceil(measure.value) if measure.floor else floor(measure.value)
            yield Proposal(
                check=check,
                severity=give_severity(measure.strength),
                arguments={argument: value},
            )
