"""What a target must do so that the strength of tests can be measured: make and try mutants.

A mutant is derived code with one small change. Tests that still pass do not tell it from the code,
so that nothing in the specification says which of the two is meant.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.targets.interface import TestFile, ToolCommand


@dataclass(frozen=True, kw_only=True, slots=True)
class Mutant:
    """A derived file with one change.

    Attributes:
        path: the file.
        line: where the change is, from 1.
        first, last: lines that the changed statement, or the head of it, takes.
        before, after: the smallest piece of code that holds the change, on one line.
        code: the whole file with the change.
    """

    path: str
    line: int
    first: int
    last: int
    before: str
    after: str
    code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """What tests said of one mutant.

    Attributes:
        reached: keys of the tests that run the changed lines; no other test was tried.
        killed: keys of those that failed, or never ended.
    """

    reached: frozenset[str]
    killed: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Trials:
    """What a run told, by the number of each mutant in it; it may have ended before the last.

    Attributes:
        failed: keys of tests that fail on the code as it is; None where that was never told.
        trials: of the mutants that were tried.
        started: the mutant whose trial was begun and never told of; None without one.
    """

    failed: frozenset[str] | None = None
    trials: Mapping[int, Trial] = field(default_factory=dict)
    started: int | None = None


class Mutation(Protocol):
    """The part of a target that makes and tries mutants."""

    @property
    def mutator_version(self) -> str:
        """Changes when the same code would have other mutants, or tests were tried otherwise."""
        ...

    def make_mutants(self, code: str, *, path: str, most: int) -> Sequence[Mutant]:
        """Mutants of a file, in the order of their places; only of the insides of functions.

        No two have the same syntax, and none has that of the file. Where there are more than
        `most`, every statement has one before any has two.
        """
        ...

    def mutation_files(
        self, mutants: Sequence[Mutant], *, tests: Sequence[TestFile], begin: int = 0
    ) -> Mapping[str, str]:
        """Files that tell `mutation_command` what to do, which begins with the mutant `begin`."""
        ...

    def mutation_command(self) -> ToolCommand:
        """Runs tests on every mutant in turn, in a folder that holds code, tests and the above."""
        ...

    @property
    def mutation_report(self) -> str:
        """Where that command leaves its report, relative to the folder."""
        ...

    def read_trials(self, report: str, *, tests: Sequence[TestFile]) -> Trials:
        """What a report tells; lines that are damaged, as the last one may be, are passed over."""
        ...
