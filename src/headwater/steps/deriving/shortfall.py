"""Why a feature was not derived, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.targets.interface import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.spec.model import Problem
    from headwater.targets.interface import TestResult


@dataclass(frozen=True, kw_only=True, slots=True)
class Shortfall:
    """Why a feature was not derived: about which component or ref, and what a person can do."""

    about: str
    message: str
    hint: str = ""


def describe_failures(results: Sequence[TestResult]) -> tuple[Shortfall, ...]:
    """Tests that fail at the feature gate."""
    return tuple(
        Shortfall(about=result.key, message=f"the feature gate fails: {result.message}")
        for result in results
        if result.verdict is not Verdict.PASSED
    )


def describe_breaches(
    breaches: Sequence[Problem], owners: Mapping[str, str]
) -> tuple[Shortfall, ...]:
    """Articles that code breaks at the feature gate; `owners` are the components of paths."""
    return tuple(
        Shortfall(about=owners[found.place.path], message=found.message, hint=found.hint)
        for found in breaches
    )
