"""Measuring one component: mutants made, tried, scored, and rows found for those that survive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.steps.strength.propose import propose_rows
from headwater.steps.strength.score import score_refs
from headwater.steps.strength.try_mutants import try_mutants

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.graph.strength import RefStrength
    from headwater.steps.deriving.suites import AnyTest, Suite
    from headwater.steps.deriving.workbench import Workbench


@dataclass(frozen=True, kw_only=True, slots=True)
class Measurement:
    """What came of measuring a component; the fields are those of `StrengthRecord`."""

    mutants: int
    killed: int
    unreached: int
    refs: tuple[RefStrength, ...]


def measure_component(
    ref: str,
    *,
    suite: Suite,
    files: Mapping[str, str],
    most: int,
    workbench: Workbench,
) -> Measurement:
    """How strong the tests that judge a component are on its code.

    Args:
        ref: `001/C1`; its code is in `files`.
        suite: the tests of its feature.
        files: derived code, path to text.
        most: how many mutants to try.
        workbench: where they are tried.

    Raises:
        NotMeasurableError: the tests do not pass on the code as it is.
        SandboxError: the sandbox could not be set up.
    """
    target = workbench.target

    def judges(test: AnyTest) -> bool:
        return test.owner == ref or (not test.owner and ref in test.touches)

    path = suite.components[ref].files[0]
    mutants = target.make_mutants(files[path], path=path, most=most)
    tests = suite.select(target, judges)
    whole = {**files, **target.emit_support(suite.feature)}
    if not tests:
        return Measurement(mutants=len(mutants), killed=0, unreached=len(mutants), refs=())
    tried = try_mutants(mutants, files=whole, tests=tests, workbench=workbench)
    refs = {test.key: test.ref for test in suite.tests if judges(test)}
    proposed = propose_rows(tried, suite=suite, refs=refs, files=whole, workbench=workbench)
    return Measurement(
        mutants=len(tried),
        killed=sum(bool(one.trial.killed) for one in tried),
        unreached=sum(not one.trial.reached for one in tried),
        refs=score_refs(tried, refs=refs, proposed=proposed),
    )
