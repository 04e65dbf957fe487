"""One JSON document: the report as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from headwater.cli.json_form import render_json, to_json

if TYPE_CHECKING:
    from headwater.cli.formats.interface import Checked
    from headwater.operations.standing.placed_problem import PlacedProblem


def render(checked: Checked, /) -> str:
    """All findings; `before` only where the check compared."""
    report = checked.report
    document = {
        "passed": checked.passed,
        "features": report.features,
        "components": report.components,
        "findings": [_describe(problem) for problem in report.findings],
        "unsettled": report.unsettled,
    }
    return render_json({**document, "before": report.before} if report.before else document)


def _describe(problem: PlacedProblem) -> dict[str, Any]:
    inner = {"words", "ordinal"}
    fields = {name: value for name, value in to_json(problem).items() if name not in inner}
    return {**fields, "fingerprint": problem.fingerprint}
