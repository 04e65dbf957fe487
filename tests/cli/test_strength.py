"""Strength of examples on the command line: measured, shown in every form, and offered as rows."""

from __future__ import annotations

import csv
from html import escape
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from tests.cli.projects import SPEC, SPEC_PATH, answer

if TYPE_CHECKING:
    from tests.cli.projects import Project

MARK = "<!-- drafted: confirm -->"
SHORT = "def slugify(title: str) -> str:\n    return title[:3]\n"


@pytest.fixture
def weak(project: Project) -> Project:
    """A repository whose one row does not tell a title of three letters from a longer one."""
    spec = SPEC.replace('| `slugify("One")` | `"one"` |\n', "").replace(
        '| `slugify("Hello World")` | `"hello-world"` |', '| `slugify("abc")` | `"abc"` |'
    )
    project.write(SPEC_PATH, spec)
    project.write("headwater.toml", "[rules]\nexample_strength = 0.95\n")
    project.commit()
    assert project.run("build", "--model", project.script([answer(SHORT)])).code == 0
    return project


def test_a_build_measures_on_request_alone(built: Project) -> None:
    assert "strength" not in built.run("build").stdout

    told = built.run("build", "--strength").stdout

    assert "001/C1  strength 1.00  2 of 2 changes noticed" in told
    assert built.git("log", "-1", "--format=%s").strip() == "Measure the examples of 001-titles"
    assert "measured before" in built.run("build", "--strength").stdout


def test_a_setting_measures_after_every_build(built: Project) -> None:
    built.write("headwater.toml", "[build]\nmutation = true\nmutants = 1\n")
    built.commit()

    document = built.run("build", "--json").document

    strength = document["strength"]
    assert isinstance(strength, dict)
    (component,) = strength["components"]
    assert component["record"]["mutants"] == 1
    assert document["succeeded"] is True
    assert "drafted" not in document


def test_a_trace_shows_it_in_every_form(weak: Project) -> None:
    assert "not measured" in weak.run("trace", "--strength").stdout
    weak.run("build", "--strength")

    assert "0.67: 2 of 3 changes noticed" in weak.run("trace", "--strength").stdout
    change = '`3` became `4`; `slugify("abcc")` → `"abc"` would tell'
    assert change in weak.run("trace", "FR-001", "--strength").stdout
    cells = "0.67: 2 of 3 changes noticed", f"src/titles/slugs.py:5: {change}"
    rows = list(csv.reader(StringIO(weak.run("trace", "--strength", "--format", "csv").stdout)))
    assert (rows[0][-1], rows[1][-1]) == ("strength", "; ".join(cells))
    html = weak.run("trace", "--strength", "--format", "html").stdout
    assert '<th scope="col">strength</th>' in html
    assert "".join(f"<li>{escape(cell)}</li>" for cell in cells) in html
    markdown = weak.run("trace", "--strength", "--format", "markdown").stdout
    assert "| place | strength |" in markdown
    assert cells[0] in markdown
    document = weak.run("trace", "--strength", "--json").document
    assert isinstance(document["items"], list)
    (item,) = document["items"]
    assert item["score"] == pytest.approx(2 / 3)
    assert item["strength"]["survivors"][0]["after"] == "4"


def test_a_trace_without_the_option_is_as_it_was(weak: Project) -> None:
    weak.run("build", "--strength")

    assert "noticed" not in weak.run("trace").stdout
    assert "strength" not in weak.run("trace", "--format", "csv").stdout


def test_what_is_weak_is_told_and_warned_of_by_check(weak: Project) -> None:
    told = weak.run("build", "--strength").stdout
    checked = weak.run("check")

    assert (
        "weak: the examples of 001/FR-001 notice 2 of 3 changes (0.67, the least is 0.95)" in told
    )
    assert "warning[weak-examples]" in checked.stdout
    assert checked.code == 0


def test_rows_are_offered_and_written_only_on_a_yes(weak: Project) -> None:
    before = weak.look()

    offered = weak.run("build", "--more-examples")
    assert '001/FR-001  `slugify("abcc")` → `"abc"`' in offered.stdout
    assert "Nothing was drafted." in offered.stdout
    assert MARK.encode() not in weak.look()[2][SPEC_PATH]
    assert weak.look()[2][SPEC_PATH] == before[2][SPEC_PATH]

    drafted = weak.run("build", "--more-examples", "--yes", "--json")
    assert drafted.code == 0
    assert isinstance(drafted.document["drafted"], dict)
    assert drafted.document["drafted"]["rows"][0]["result"] == '`"abc"`'
    assert MARK.encode() in weak.look()[2][SPEC_PATH]
    assert weak.git("status", "--porcelain") == ""


def test_strong_examples_are_offered_nothing(built: Project) -> None:
    assert "No rows to propose." in built.run("build", "--more-examples", "--yes").stdout
