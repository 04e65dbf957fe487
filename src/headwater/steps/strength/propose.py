"""Rows that would tell surviving mutants from the code, found by varying those that are there.

No model is asked. The result in a row is what the accepted code does, which is not to say that it
is what is meant: a person confirms it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.steps.strength.candidates import Candidate, emit, list_candidates, observe
from headwater.steps.strength.try_mutants import NotMeasurableError, try_mutants

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from headwater.steps.deriving.suites import Suite
    from headwater.steps.deriving.workbench import Workbench
    from headwater.steps.strength.try_mutants import Tried
    from headwater.targets.mutation import Mutant


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """The cells of a row of a ref's Call table."""

    ref: str
    call: str
    result: str


def propose_rows(
    tried: Sequence[Tried],
    *,
    suite: Suite,
    refs: Mapping[str, str],
    files: Mapping[str, str],
    workbench: Workbench,
) -> dict[int, Proposal]:
    """A row for each surviving mutant that one is found for, by the mutant's number.

    As few rows as will do; the same row may stand for several mutants.

    Args:
        tried: mutants with what tests said of them.
        suite: the tests of the feature.
        refs: key of every test to its ref.
        files: code and what the tests share, path to text.
        workbench: where calls are run.

    Raises:
        SandboxError: the sandbox could not be set up.
    """
    alive = {
        number: one
        for number, one in enumerate(tried)
        if one.trial.reached and not one.trial.killed
    }
    candidates = _list_candidates(alive.values(), suite=suite, refs=refs, workbench=workbench)
    settled = observe(candidates, suite=suite, files=files, workbench=workbench)
    tests = emit(workbench.target, suite, settled)
    if not tests:
        return {}
    mutants = [one.mutant for one in alive.values()]
    try:
        told = try_mutants(mutants, files=files, tests=tests, workbench=workbench)
    except NotMeasurableError:  # a row that passed a moment ago does not now
        return {}
    killed = dict(zip(alive, (one.trial.killed for one in told), strict=True))
    rows = [
        _Killer(row=row, kills=frozenset(n for n, keys in killed.items() if row.unit.key in keys))
        for row in settled
    ]
    return {number: _propose(row) for number, row in _choose(rows)}


def _list_candidates(
    alive: Iterable[Tried], *, suite: Suite, refs: Mapping[str, str], workbench: Workbench
) -> list[Candidate]:
    """Rows for each ref whose tests reach a survivor, near the numbers of what they reach."""
    wanted: dict[str, list[Mutant]] = {}
    for one in alive:
        for ref in dict.fromkeys(refs[key] for key in sorted(one.trial.reached)):
            wanted.setdefault(ref, []).append(one.mutant)
    return [
        candidate
        for ref, mutants in wanted.items()
        for candidate in list_candidates(suite, ref=ref, mutants=mutants, target=workbench.target)
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Killer:
    """A row, and the numbers of the mutants that it kills."""

    row: Candidate
    kills: frozenset[int]


def _choose(rows: Sequence[_Killer]) -> Iterator[tuple[int, Candidate]]:
    """For each mutant a row that kills it: what kills most goes first, then what comes first."""
    waiting = frozenset[int]().union(*(one.kills for one in rows))
    while waiting:
        best = max(rows, key=lambda one: len(one.kills & waiting))
        yield from ((number, best.row) for number in sorted(best.kills & waiting))
        waiting -= best.kills


def _propose(row: Candidate) -> Proposal:
    return Proposal(ref=row.ref, call=row.call, result=row.result)
