"""Rows like those of a ref with other arguments, and what the accepted code comes to in each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.digest import digest_value
from headwater.spec.examples import CallRow, Raises, TableKind
from headwater.spec.ids import split_ref
from headwater.spec.write_expression import write_expression, write_value
from headwater.steps.change.cells import CALL_HEADER, quote_cell, read_row
from headwater.steps.strength.vary import vary_expression
from headwater.targets.interface import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from headwater.graph.units import TestUnit
    from headwater.steps.deriving.suites import Suite
    from headwater.steps.deriving.workbench import Workbench
    from headwater.targets.interface import Target, TestFile
    from headwater.targets.mutation import Mutant

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
    near = sorted({int(number) for one in mutants for number in re.findall(r"\d+", one.before)})
    seeds = [unit for unit in suite.units if unit.ref == ref and _is_seed(unit, suite)]
    known = {_write_call(unit) for unit in suite.units if _has_one_call(unit)}
    found: list[Candidate] = []
    for seed, call in _interleave(seeds, near):
        if call not in known:
            known.add(call)
            candidate = _make(seed, call, _ANY)
            if candidate is not None and emit(target, suite, [candidate]):
                found.append(candidate)
        if len(found) == _MOST:
            break
    return found


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
    target = workbench.target
    tests = emit(target, suite, candidates)
    if not tests:
        return []
    report, _ = workbench.run_reporting(
        {**files, **{file.path: file.text for file in tests}},
        command=target.observe_command(tuple(file.path for file in tests)),
        report=target.observed_report,
    )
    observed = target.read_observed(report, tests=tests)
    errors = _list_errors(suite)
    settled = [
        other
        for one in candidates
        if (seen := observed.get(one.unit.key)) is not None
        for result in (errors if seen.error else [quote_cell(write_value(seen.value))])
        if (other := _make(one.unit, one.call, result)) and emit(target, suite, [other])
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
    seeds = {unit.ref: unit for unit in suite.units if _has_one_call(unit)}
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


def _interleave(seeds: Sequence[TestUnit], near: Sequence[int]) -> Iterator[tuple[TestUnit, str]]:
    """Variations of the seeds by turns, so that none uses all the room."""
    waiting = [(seed, _vary(seed, near)) for seed in seeds]
    while waiting:
        for seed, calls in list(waiting):
            few = list(islice(calls, 1))
            if not few:
                waiting.remove((seed, calls))
            yield from ((seed, call) for call in few)


def _vary(seed: TestUnit, near: Sequence[int]) -> Iterator[str]:
    row = seed.rows[0]
    assert isinstance(row, CallRow)
    return (quote_cell(write_expression(one)) for one in vary_expression(row.expression, near=near))


def _make(seed: TestUnit, call: str, result: str) -> Candidate | None:
    """A candidate that takes the place of a seed; None where the cells are no row."""
    row, _ = read_row(CALL_HEADER, (call, result))
    if row is None or row.cells != (call, result):
        return None
    # A runner takes it apart, so that nothing of the row may stand in it.
    key = f"{split_ref(seed.ref)[1]}-{digest_value('proposed', [call, result])[:16]}"
    unit = replace(seed, key=key, rows=(replace(row, place=seed.place),), digest="")
    return Candidate(ref=seed.ref, call=call, result=result, unit=unit)


def _is_seed(unit: TestUnit, suite: Suite) -> bool:
    return _has_one_call(unit) and unit.key not in suite.held_out


def _has_one_call(unit: TestUnit) -> bool:
    row = unit.rows[0]
    return (
        unit.kind is TableKind.CALL
        and len(unit.rows) == 1
        and isinstance(row, CallRow)
        and not row.binds
    )


def _write_call(unit: TestUnit) -> str:
    row = unit.rows[0]
    assert isinstance(row, CallRow)
    return quote_cell(write_expression(row.expression))


def _list_errors(suite: Suite) -> list[str]:
    """Cells that expect an error, for each error that the feature's examples name."""
    rows: Iterable[object] = (row for unit in suite.units for row in unit.rows)
    named = [
        row.expected.error
        for row in rows
        if isinstance(row, CallRow) and isinstance(row.expected, Raises)
    ]
    return [f"raises {quote_cell(name)}" for name in dict.fromkeys(named)]
