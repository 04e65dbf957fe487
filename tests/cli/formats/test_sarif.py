"""SARIF against the schema of the standard, formats of addresses included."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pytest

from headwater.cli.formats.sarif import render
from headwater.rules.registry import RULES
from tests.cli.formats.samples import COMPARED, ODD_PATH, SAMPLE, make_checked, make_problem

if TYPE_CHECKING:
    from headwater.cli.formats.interface import Checked

# From the npm package @microsoft/jest-sarif 1.0.0-beta.0 (MIT); docs/decisions/0014.
SCHEMA = Path(__file__).with_name("sarif-2.1.0.schema.json")
CASES = {
    "sample": SAMPLE,
    "compared": COMPARED,
    "nothing found": make_checked(),
    "a folder": make_checked(make_problem(path="specs/001-x", line=1)),
    "a colon first": make_checked(make_problem(path="a:b/ö c.md", line=1, column=1)),
    "a place past the end": make_checked(make_problem(column=50, excerpt="short")),
    "an odd byte in the path": make_checked(make_problem(path="specs/\udcff/spec.md")),
}


def read(checked: Checked) -> dict[str, Any]:
    document = json.loads(render(checked))
    assert isinstance(document, dict)
    return document


def read_results(checked: Checked) -> list[dict[str, Any]]:
    results = read(checked)["runs"][0]["results"]
    assert isinstance(results, list)
    return results


def is_reference(value: object) -> bool:
    """Whether a text is a URI reference (RFC 3986): no sign that has to be escaped."""
    return bool(re.fullmatch(r"(?:[\w.~!$&'()*+,;=:@/?#\[\]-]|%[0-9A-Fa-f]{2})*", str(value), re.A))


@pytest.mark.parametrize("name", CASES)
def test_the_schema_is_kept(name: str) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    formats = jsonschema.FormatChecker(formats=())
    formats.checks("uri-reference")(is_reference)
    formats.checks("uri")(lambda value: is_reference(value) and bool(urlsplit(value).scheme))
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.Draft4Validator(schema, format_checker=formats)

    errors = [f"{one.json_path}: {one.message}" for one in validator.iter_errors(read(CASES[name]))]

    assert errors == []
    assert not validator.is_valid({"version": "2.1.0", "runs": [{"results": [{}]}]})


def test_every_rule_is_described_with_its_page() -> None:
    driver = read(make_checked())["runs"][0]["tool"]["driver"]
    described = {rule["id"]: rule for rule in driver["rules"]}

    assert list(described) == list(RULES)
    for name, rule in RULES.items():
        assert described[name]["shortDescription"]["text"] == f"{rule.title}."
        assert described[name]["fullDescription"]["text"] == rule.why
        assert described[name]["help"]["markdown"].startswith(f"# {name}\n")
        assert described[name]["defaultConfiguration"] == {"level": rule.severity.value}


def test_results_point_at_their_rules() -> None:
    run = read(SAMPLE)["runs"][0]
    rules = run["tool"]["driver"]["rules"]

    assert {result["ruleId"] for result in run["results"]} == {
        "sample-rule",
        "other-rule",
        "not-fresh",
    }
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])


def test_paths_are_escaped_and_relative() -> None:
    locations = [one["locations"][0]["physicalLocation"] for one in read_results(SAMPLE)]
    artifacts = [location["artifactLocation"] for location in locations]

    assert unquote(artifacts[-1]["uri"]) == ODD_PATH
    assert {artifact["uriBaseId"] for artifact in artifacts} == {"%SRCROOT%"}
    base = read(SAMPLE)["runs"][0]["originalUriBaseIds"]["%SRCROOT%"]
    assert "uri" not in base  # the place of a checkout is nobody else's business


def test_a_region_s_snippet_is_its_text() -> None:
    line = "- **FR-001**: 漢字 MUST be quick"
    (result,) = read_results(make_checked(make_problem(column=16, excerpt=line)))
    location = result["locations"][0]["physicalLocation"]

    region = location["region"]
    shown = line[region["startColumn"] - 1 : region["endColumn"] - 1]
    assert region["snippet"]["text"] == shown == "字 MUST be quick"
    assert location["contextRegion"]["snippet"]["text"] == line


def test_fingerprints_stay_when_lines_move_and_differ_otherwise() -> None:
    first = make_problem(line=7, excerpt="one two")
    others = [
        make_problem(line=7, excerpt="one two three"),
        make_problem("other-rule", line=7, excerpt="one two"),
        make_problem(line=7, excerpt="one two", ref="001/FR-001"),
        make_problem(line=9, excerpt="one two", ordinal=2),
    ]

    def name(*problems: Any) -> list[str]:
        results = read_results(make_checked(*problems))
        return [one["partialFingerprints"]["primaryLocationLineHash"] for one in results]

    assert name(first) == name(make_problem(line=70, excerpt="one two"))
    assert len({*name(first, *others)}) == 5


@pytest.mark.parametrize(("checked", "code"), [(SAMPLE, 1), (make_checked(), 0)])
def test_the_exit_code_is_told(checked: Checked, code: int) -> None:
    (invocation,) = read(checked)["runs"][0]["invocations"]

    assert invocation == {"executionSuccessful": True, "exitCode": code}
