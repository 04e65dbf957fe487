"""Rows like those of a ref with other arguments, and what the accepted code comes to in each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.digest import digest_value
from headwater.spec.examples import CallRow, Raises
from headwater.spec.ids import split_ref
from headwater.spec.write_expression import write_expression
from headwater.steps.change.cells import (
    CALL_HEADER,
    quote_cell,
    quote_error,
    quote_outcome,
    read_row,
)
from headwater.steps.probing.pool import gather_pool
from headwater.steps.probing.probe import CodeVersion, Prober
from headwater.steps.probing.vary import vary_calls
from headwater.targets.interface import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from headwater.graph.units import TestUnit
    from headwater.steps.deriving.suites import Suite
    from headwater.steps.deriving.workbench import Workbench
    from headwater.targets.interface import Target, TestFile
    from headwater.targets.mutation import Mutant

_MOST_MADE = 240  # calls for one ref, of which some will not fit what interfaces declare
_MOST = 60  # rows that are tried for one ref
_ANY = "—"


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A row that nobody wrote: its cells, and the test that it makes."""

    ref: str
    call: str
    result: str
    unit: TestUnit


def list_candidates(
    suite: Suite, *, ref: str, mutants: Sequence[Mutant], target: Target
) -> list[Candidate]:
    """Calls like those of a ref's visible rows, with any result; values near those in the mutants.

    Rows that are held out are not varied, since a row close to one would give it away.
    """
    pool = gather_pool((one.before for one in mutants), below_zero=False)
    seeds = [unit for unit in suite.units if unit.ref == ref and unit.key not in suite.held_out]
    known = [write_expression(row.expression) for unit in suite.units if (row := unit.lone_call)]
    made = [
        candidate
        for seed, call in islice(vary_calls(seeds, pool=pool, known=known), _MOST_MADE)
        if (candidate := _make(seed, quote_cell(call), _ANY))
    ]
    units = [one.unit for one in made]
    path = target.test_path(suite.feature, "probes")
    fitting = target.emit_probes(path, units=units, components=suite.components).tests
    return [one for one in made if one.unit.key in fitting][:_MOST]


def observe(
    candidates: Sequence[Candidate],
    *,
    suite: Suite,
    files: Mapping[str, str],
    workbench: Workbench,
) -> list[Candidate]:
    """The candidates with what the code in `files` comes to, as far as a row can say it.

    An error counts only where an example of the feature names it: any other is an accident.
    """
    errors = _list_errors(suite)
    prober = Prober(feature=suite.feature, errors=frozenset(errors), workbench=workbench)
    version = CodeVersion(files=files, components=suite.components)
    outcomes = prober.run([one.unit for one in candidates], version)
    settled = [
        other
        for one in candidates
        for outcome in outcomes.get(one.unit.key, ())
        if outcome.cell
        # Which of several names a row may give it is for the tests to tell.
        for result in (map(quote_error, errors) if outcome.error else [quote_outcome(outcome)])
        if (other := _make(one.unit, one.call, result)) and emit(workbench.target, suite, [other])
    ]
    return _keep_true(settled, suite=suite, files=files, workbench=workbench)


def recheck(
    rows: Sequence[tuple[str, str, str]],
    *,
    suite: Suite,
    files: Mapping[str, str],
    workbench: Workbench,
) -> list[Candidate]:
    """Those rows (ref, call, result) that are rows indeed and hold on the code in `files`.

    They were found once and come from a record, which anybody may have written.
    """
    seeds = {unit.ref: unit for unit in suite.units if unit.lone_call}
    made = [_make(seeds[ref], call, result) for ref, call, result in rows if ref in seeds]
    sound = [one for one in made if one and emit(workbench.target, suite, [one])]
    return _keep_true(sound, suite=suite, files=files, workbench=workbench)


def emit(target: Target, suite: Suite, candidates: Sequence[Candidate]) -> tuple[TestFile, ...]:
    """The candidates as test files; none where one does not fit what interfaces declare."""
    rows = replace(suite, units=tuple(one.unit for one in candidates), written=())
    try:
        return rows.select(target, lambda _: True)
    except HeadwaterError:
        return ()


def _keep_true(
    candidates: Sequence[Candidate],
    *,
    suite: Suite,
    files: Mapping[str, str],
    workbench: Workbench,
) -> list[Candidate]:
    """Those that pass on the code, one for each call: what differs from run to run goes."""
    tests = emit(workbench.target, suite, candidates)
    results = workbench.run_tests(files, tests=tests)
    passed = {result.key for result in results if result.verdict is Verdict.PASSED}
    first: dict[tuple[str, str], Candidate] = {}
    for one in candidates:
        if one.unit.key in passed:
            first.setdefault((one.ref, one.call), one)
    return list(first.values())


def _make(seed: TestUnit, call: str, result: str) -> Candidate | None:
    """A candidate that takes the place of a seed; None where the cells are no row."""
    row, _ = read_row(CALL_HEADER, (call, result))
    if row is None or row.cells != (call, result):
        return None
    # A runner takes it apart, so that nothing of the row may stand in it.
    key = f"{split_ref(seed.ref)[1]}-{digest_value('proposed', [call, result])[:16]}"
    unit = replace(seed, key=key, rows=(replace(row, place=seed.place),), digest="")
    return Candidate(ref=seed.ref, call=call, result=result, unit=unit)


def _list_errors(suite: Suite) -> list[str]:
    """The errors that the feature's examples name."""
    rows: Iterable[object] = (row for unit in suite.units for row in unit.rows)
    named = (
        row.expected.error
        for row in rows
        if isinstance(row, CallRow) and isinstance(row.expected, Raises)
    )
    return list(dict.fromkeys(named))
