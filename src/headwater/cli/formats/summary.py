"""The closing lines of the formats for people, and how many findings of a rule they show."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from headwater.cli.render import clean, count, render_reason, style_state
from headwater.graph.states import State
from headwater.operations.checking.drift import advise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.cli.formats.interface import Checked
    from headwater.operations.checking.check_report import Before, CheckReport
    from headwater.operations.standing.component_status import ComponentStatus
    from headwater.operations.standing.placed_problem import PlacedProblem


def list_shown(checked: Checked) -> Iterator[PlacedProblem]:
    """The findings, at most `limit` of each rule."""
    shown: Counter[str] = Counter()
    for problem in checked.report.findings:
        shown[problem.code] += 1
        if not checked.limit or shown[problem.code] <= checked.limit:
            yield problem


def list_closing_lines(checked: Checked, *, hints: bool = False) -> Iterator[str]:
    """What is not fresh, what was left out, and the counts; `hints` say what only a person can do.

    What merely waits for a build has none: the next one settles it.
    """
    report = checked.report
    for found in report.unsettled[: checked.limit or None]:
        yield _render_state(found)
        if hints and found.state is State.EDITED:
            yield f"    hint: {clean(advise(found))}"
    yield from _list_left_out(checked)
    if report.findings:
        rules = Counter(problem.code for problem in report.findings)
        yield "by rule: " + ", ".join(f"{rule} {number}" for rule, number in rules.most_common())
    yield render_counts(report)


def render_counts(report: CheckReport) -> str:
    """The last line: how much was looked at, and what was found by severity."""
    before = f"; {_render_before(report.before)}" if report.before else ""
    if not report.features:
        problems = count(len(report.findings), "problem")
        return f"No specs: no folder specs/NNN-name holds a document. {problems}{before or '.'}"
    warnings = len(report.findings) - report.errors
    # A feature's own files are counted apart from its components.
    stale = sum("/" in one.ref for one in report.unsettled)
    return (
        f"{count(report.features, 'feature')}, {count(report.components, 'component')}: "
        f"{count(report.errors, 'error')}, {count(warnings, 'warning')}, {stale} not fresh{before}"
    )


def _list_left_out(checked: Checked) -> Iterator[str]:
    if not checked.limit:
        return
    rules = Counter(problem.code for problem in checked.report.findings)
    left = [(rule, number - checked.limit) for rule, number in rules.items()]
    left.append(("not fresh", len(checked.report.unsettled) - checked.limit))
    parts = [f"{number} {name}" for name, number in left if number > 0]
    if parts:
        yield f"not shown: {', '.join(parts)} (`--max-findings 0` shows all)"


def _render_before(before: Before) -> str:
    return (
        f"already at {before.commit[:12]}: {count(before.findings, 'finding')}, "
        f"{before.unsettled} not fresh"
    )


def _render_state(found: ComponentStatus) -> str:
    reasons = "; ".join(render_reason(reason, of=found.ref) for reason in found.reasons)
    return f"{clean(found.ref)} is {style_state(found.state)}: {reasons}"
