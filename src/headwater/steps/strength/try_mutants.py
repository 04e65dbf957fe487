"""Trying mutants in the sandbox: many in one run, and again from where a run ended too early."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.targets.mutation import Trial, Trials

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.sandbox.interface import Finished
    from headwater.steps.deriving.workbench import Workbench
    from headwater.targets.interface import TestFile
    from headwater.targets.mutation import Mutant


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """A mutant, and what the tests said of it."""

    mutant: Mutant
    trial: Trial


class NotMeasurableError(HeadwaterError):
    """The tests do not pass on the code as it is, or cannot be run on it."""


def try_mutants(
    mutants: Sequence[Mutant],
    *,
    files: Mapping[str, str],
    tests: Sequence[TestFile],
    workbench: Workbench,
) -> tuple[Tried, ...]:
    """Run on each mutant the tests that reach it.

    A mutant that takes too long, or that ends the whole run, is killed by every test that reaches
    it; one that ended a run counts as reached by all.

    Args:
        mutants: of files in `files`.
        files: code and what the tests share, path to text.
        tests: the test files.
        workbench: where they run.

    Raises:
        NotMeasurableError: see there.
        SandboxError: the sandbox could not be set up.
    """
    found: dict[int, Trial] = {}
    begin = 0
    while begin < len(mutants):
        told, finished = _run(mutants, begin, files=files, tests=tests, workbench=workbench)
        if told.failed is None:
            raise NotMeasurableError(
                f"the tests could not be run: the run {_describe(finished)} before they ended"
            )
        if told.failed:
            raise NotMeasurableError(
                f"tests do not pass on the code as it is: {', '.join(sorted(told.failed))}"
            )
        if not told.trials and told.started is None:
            raise NotMeasurableError("the run ended before a mutant was tried")
        found.update(told.trials)
        if told.started is not None:
            every = frozenset(key for file in tests for key in file.tests)
            found[told.started] = Trial(reached=every, killed=every)
        begin = max(found) + 1
    return tuple(
        Tried(mutant=mutant, trial=found[number])
        for number, mutant in enumerate(mutants)
        if number in found
    )


def _run(
    mutants: Sequence[Mutant],
    begin: int,
    *,
    files: Mapping[str, str],
    tests: Sequence[TestFile],
    workbench: Workbench,
) -> tuple[Trials, Finished]:
    target = workbench.target
    report, finished = workbench.run_reporting(
        {
            **files,
            **{file.path: file.text for file in tests},
            **target.mutation_files(mutants, tests=tests, begin=begin),
        },
        command=target.mutation_command(),
        report=target.mutation_report,
    )
    return target.read_trials(report, tests=tests), finished


def _describe(finished: Finished) -> str:
    return f"{finished.ending.value} with exit code {finished.exit_code}"
