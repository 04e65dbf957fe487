"""What `build` reports: what was done to which component, why, and what it cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from headwater.llm.interface import Usage

if TYPE_CHECKING:
    from headwater.steps.deriving.shortfall import Shortfall


class Action(Enum):
    """What a build did to a component."""

    GENERATED = "generated"
    VERIFIED = "verified"
    REMOVED = "removed"
    FRESH = "fresh"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True, slots=True)
class BuiltComponent:
    """One component's part in a build.

    Attributes:
        reasons: why it was not fresh.
        attempts: candidates that were judged.
        calls: requests that reached a model; answers from the cache do not count.
        output_tokens: of all candidates, cached ones too.
        held_out_failures: candidates that passed what they could see and failed what they could
            not.
        diff: lines added and removed, for a file that was there before.
    """

    component: str
    action: Action
    reasons: tuple[str, ...] = ()
    model: str = ""
    attempts: int = 0
    calls: int = 0
    output_tokens: int = 0
    held_out_failures: int = 0
    diff: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildReport:
    """A build's outcome. It succeeded when there is no shortfall.

    Attributes:
        commit: what the branch points at afterwards.
        tests: how many tests the feature gates ran, and passed.
        usage: of all model calls, those for written tests included.
    """

    components: tuple[BuiltComponent, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()
    tests: int = 0
    passed: int = 0
    usage: Usage = field(default_factory=Usage)
    commit: str = ""

    @property
    def succeeded(self) -> bool:
        """Whether everything that was asked for is derived and verified."""
        return not self.shortfalls

    def __add__(self, other: BuildReport) -> BuildReport:
        return BuildReport(
            components=(*self.components, *other.components),
            shortfalls=(*self.shortfalls, *other.shortfalls),
            tests=self.tests + other.tests,
            passed=self.passed + other.passed,
            usage=self.usage + other.usage,
            commit=other.commit or self.commit,
        )
