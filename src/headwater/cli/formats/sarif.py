"""SARIF 2.1.0, for code scanning: OASIS standard, with the sections that say so in brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from headwater import __version__
from headwater.cli.formats.sarif_rules import describe_rules
from headwater.cli.json_form import render_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.cli.formats.interface import Checked
    from headwater.operations.standing.placed_problem import PlacedProblem

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT: Final = "%SRCROOT%"


def render(checked: Checked, /) -> str:
    """One run, with every rule and every finding; what is not fresh counts as a finding."""
    rules = describe_rules(problem.code for problem in checked.problems)
    numbers = {rule["id"]: number for number, rule in enumerate(rules)}
    driver = {"name": "Headwater", "version": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": "headwater-check/"},
        "columnKind": "unicodeCodePoints",
        # Its place is the reader's business, and differs from machine to machine [3.14.14].
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "invocations": [
            {"executionSuccessful": True, "exitCode": 0 if checked.passed else 1},
        ],
        "results": [
            _describe_result(problem, numbers, compared=checked.report.before is not None)
            for problem in checked.problems
        ],
    }
    return render_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _describe_result(
    problem: PlacedProblem, numbers: Mapping[str, int], *, compared: bool
) -> dict[str, Any]:
    text = f"{problem.message}\n{problem.hint}" if problem.hint else problem.message
    result = {
        "ruleId": problem.code,
        "ruleIndex": numbers[problem.code],
        "level": problem.severity.value,
        "message": {"text": text},
        "locations": [{"physicalLocation": _describe_location(problem)}],
        # GitHub reads the first name and no other.
        "partialFingerprints": {
            "primaryLocationLineHash": problem.fingerprint,
            "headwater/v1": problem.fingerprint,
        },
        "properties": {"ref": problem.ref},
    }
    return {**result, "baselineState": "new"} if compared else result


def _describe_location(problem: PlacedProblem) -> dict[str, Any]:
    """The place up to the end of its line, and the whole line around it [3.29.4, 3.29.5]."""
    place, line = problem.place, problem.excerpt
    artifact = {"uri": quote(place.path, safe="/", errors="replace"), "uriBaseId": _ROOT}
    region: dict[str, Any] = {"startLine": place.line}
    if place.column:
        region["startColumn"] = place.column
    if not line:
        return {"artifactLocation": artifact, "region": region}
    region["endColumn"] = max(len(line) + 1, place.column)
    region["snippet"] = {"text": line[max(place.column - 1, 0) :]}
    context = {"startLine": place.line, "endColumn": len(line) + 1, "snippet": {"text": line}}
    return {"artifactLocation": artifact, "region": region, "contextRegion": context}
