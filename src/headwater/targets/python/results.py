"""Reads the report of a test run into one result for every test that was to run."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.graph.facts import Coverage
from headwater.targets.interface import TestResult, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.targets.interface import TestFile

_VERDICTS = {
    "passed": Verdict.PASSED,
    "failed": Verdict.FAILED,
    "error": Verdict.ERROR,
    "stub": Verdict.STUB,
}
_WORST = (Verdict.MISSING, Verdict.ERROR, Verdict.FAILED, Verdict.STUB, Verdict.PASSED)

Outcome = tuple[Verdict, str]


@dataclass(kw_only=True, slots=True)
class _Run:
    """What a report says, by pytest's names of tests and files."""

    importing: set[str] = field(default_factory=set)
    broken: dict[str, str] = field(default_factory=dict)
    started: dict[str, None] = field(default_factory=dict)
    ended: dict[str, Outcome] = field(default_factory=dict)


def read_results(report: str, *, files: Sequence[TestFile]) -> list[TestResult]:
    """One result for every test of `files`, in their order.

    A file that could not be imported makes its tests errors; a test that started and never ended,
    or never started, is missing. Lines that are damaged, as the last one may be, are passed over.
    """
    run = _read_run(report)
    return [
        TestResult(key=key, verdict=verdict, message=message)
        for file in files
        for key, node in file.tests.items()
        for verdict, message in [_find_outcome(node, path=file.path, run=run)]
    ]


def read_coverage(report: str) -> dict[str, Coverage]:
    """What the report tells of measured files, by path; only of those that it tells of.

    Code that ran can write into the report too, so what it tells is taken at its worst.
    """
    found: dict[str, Coverage] = {}
    for event in _read_events(report):
        if event.get("event") == "measured":
            told = _read_measured(event)
            known = found.get(event.get("path", ""))
            if told and (known is None or told.percent < known.percent):
                found[event["path"]] = told
    return found


def _read_measured(event: Mapping[str, str]) -> Coverage | None:
    try:
        missed = tuple(int(line) for line in event["missed"].split())
        return Coverage(statements=int(event["statements"]), missed=missed)
    except (KeyError, ValueError, AttributeError):
        return None


def _read_run(report: str) -> _Run:
    run = _Run()
    for event in _read_events(report):
        node, message = event.get("node", ""), event.get("message", "")
        match event.get("event"):
            case "collecting":
                run.importing.add(node)
            case "collected":
                run.importing.discard(node)
            case "broken":
                run.importing.discard(node)
                run.broken[node] = message
            case "started":
                run.started[node] = None
            case "ended":
                verdict = _VERDICTS.get(event.get("outcome", ""), Verdict.ERROR)
                run.ended[node] = _worse(run.ended.get(node), (verdict, message))
    return run


def _find_outcome(node: str, *, path: str, run: _Run) -> Outcome:
    """The outcome of a test, the worst of its cases where it is parametrised by itself."""
    outcome: Outcome | None = None
    for name in (node, *(name for name in run.started if name.startswith(f"{node}["))):
        if name in run.ended:
            outcome = _worse(outcome, run.ended[name])
        elif name in run.started:
            outcome = _worse(outcome, (Verdict.MISSING, "the run ended during this test"))
    if outcome is not None:
        return outcome
    if path in run.broken:
        return Verdict.ERROR, run.broken[path]
    if path in run.importing:
        return Verdict.MISSING, "the run ended while this test's file was imported"
    return Verdict.MISSING, ""


def _worse(one: Outcome | None, other: Outcome) -> Outcome:
    if one is None:
        return other
    return min(one, other, key=lambda outcome: _WORST.index(outcome[0]))


def _read_events(report: str) -> list[dict[str, str]]:
    events = []
    for line in report.splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, dict):
            events.append(event)
    return events
