"""The scanner's report, coverage in the report of tests, and where modules would be."""

from __future__ import annotations

import json

import pytest

from headwater.graph.facts import Coverage
from headwater.spec.model import Place
from tests.targets.builders import TARGET


def test_a_scan_is_read_with_rule_and_place() -> None:
    found = {
        "test_id": "B602",
        "issue_text": "A shell.",
        "filename": "./src/x.py",
        "line_number": 4,
    }
    (problem,) = TARGET.read_scan(json.dumps({"results": [found]}))
    assert (problem.code, problem.message) == ("B602", "A shell")
    assert problem.place == Place(path="src/x.py", line=4)


@pytest.mark.parametrize("output", ["", "no module named bandit", "[]", "{}", '{"results": [3]}'])
def test_what_is_no_report_of_the_scanner_is_no_clean_bill(output: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        TARGET.read_scan(output)


def write(path: str, statements: object, missed: object) -> str:
    event = {"event": "measured", "path": path, "statements": statements, "missed": missed}
    return json.dumps(event) + "\n"


def test_coverage_is_read_beside_the_results() -> None:
    report = '{"event": "started", "node": "x"}\n' + write("src/x.py", "4", "2 3")
    assert TARGET.read_coverage(report) == {"src/x.py": Coverage(statements=4, missed=(2, 3))}


def test_the_worst_that_a_report_tells_counts() -> None:
    """Code under test can write into the report before the plugin does, or after it."""
    honest, sly = write("src/x.py", "4", "2 3"), write("src/x.py", "4", "")
    for report in (honest + sly, sly + honest):
        assert TARGET.read_coverage(report)["src/x.py"].missed == (2, 3)


@pytest.mark.parametrize("event", [write("x", "many", ""), write("x", "1", None), "{}", "[]", "x"])
def test_a_damaged_line_tells_nothing(event: str) -> None:
    assert TARGET.read_coverage(event) == {}


def test_a_module_may_be_a_file_or_a_package_below_the_sources_or_the_root() -> None:
    places = TARGET.locate_module("shop.net")
    assert {"src/shop/net.py", "src/shop/net/__init__.py", "src/shop/__init__.py"} <= set(places)
    assert "shop/net.py" in places
