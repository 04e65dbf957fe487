"""To whom an example table belongs, and tables that Markdown would lose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.spec.builders import at, spec_of

if TYPE_CHECKING:
    from headwater.spec.model import Spec

TABLE = "| Call | Result |\n| --- | --- |\n| f(1) | 2 |"
INDENTED = TABLE.replace("\n", "\n  ")
INDENTED_3 = TABLE.replace("\n", "\n   ")
INDENTED_4 = TABLE.replace("\n", "\n    ")


def owners(spec: Spec) -> dict[str, int]:
    """How many tables each item that has some has."""
    found = {r.id: len(r.tables) for r in spec.requirements}
    for story in spec.stories:
        found[story.id] = len(story.tables)
        found.update({s.id: len(s.tables) for s in story.scenarios})
    tables = [(r.id, r.tables) for r in spec.requirements]
    tables += [(s.id, s.tables) for s in spec.stories]
    assert all(table.owner == name for name, each in tables for table in each)
    return {name: count for name, count in found.items() if count}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"- **FR-001**: a\n\n  {INDENTED}\n- **FR-002**: b", {"FR-001": 1}),
        (f"- **FR-001**: a\n  {INDENTED}\n- **FR-002**: b", {"FR-001": 1}),
        (f"- **FR-001**: a\n- **FR-002**: b\n\n{TABLE}", {"FR-002": 1}),
        (f"- **FR-001**: a\n\n{TABLE}\n\nText.\n\n{TABLE}", {"FR-001": 2}),
        (f"- **FR-001**: a\n  - **FR-001a**: b\n\n  {INDENTED}", {"FR-001": 1}),
        (
            f"- **FR-001**: a\n  - b\n\n    {INDENTED_4}",
            {"FR-001": 1},
        ),
        (f"> - **FR-001**: a\n>\n>   {TABLE.replace(chr(10), chr(10) + '>   ')}", {"FR-001": 1}),
        (f"### F\n\n- **FR-001**: a\n\n### Examples\n\n{TABLE}", {"FR-001": 1}),
        (f"### F\n\n- **FR-001**: a\n\n#### Examples\n\n{TABLE}", {"FR-001": 1}),
        (f"- **FR-001**: a\n- **FR-002**: b\n\n### Examples: FR-001\n\n{TABLE}", {"FR-001": 1}),
        (f"- **FR-001**: a\n- **FR-002**: b\n\n### Examples (FR-001)\n\n{TABLE}", {"FR-001": 1}),
        (
            f"### Examples: FR-001\n\n{TABLE}\n\n#### More\n\n{TABLE}\n\n## R\n\n- **FR-001**: a",
            {"FR-001": 2},
        ),
        (f"- **FR-001**: a\n- **FR-002**: b\n\n#### FR-001\n\n{TABLE}", {"FR-001": 1}),
        (f"#### FR-001: a\n\n{TABLE}\n\n#### FR-002: b\n\n{TABLE}", {"FR-001": 1, "FR-002": 1}),
        (f"### FR-001: a\n\n#### Examples\n\n{TABLE}\n\n#### Notes\n\n{TABLE}", {"FR-001": 2}),
        (f"### US1 - t\n\n{TABLE}", {"US1": 1}),
        (
            f"### US1 - t\n\n1. Given a\n\n   {INDENTED_3}\n2. Given b",
            {"US1.1": 1},
        ),
        (
            f"### US1 - t\n\n1. Given a\n\n{TABLE}\n\n2. Given b\n\n{TABLE}",
            {"US1.1": 1, "US1.2": 1},
        ),
        (f"### US1 - t\n\n1. Given a\n\n#### Notes\n\n{TABLE}", {"US1": 1}),
        (f"### US1 - t\n\n1. Given a\n\n#### Examples\n\n{TABLE}", {"US1.1": 1}),
        (f"### US1 - t\n\n1. Given a\n\n### Examples: US1.1\n\n{TABLE}", {"US1.1": 1}),
    ],
)
def test_the_owner_of_a_table(text: str, expected: dict[str, int]) -> None:
    spec = spec_of(text + "\n")
    assert spec.problems == ()
    assert owners(spec) == expected


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (TABLE, 1),
        (f"### Examples\n\n{TABLE}", 3),
        (f"## R\n\n### F\n\n- **FR-001**: a\n\n### Key Entities\n\n{TABLE}", 9),
        (f"## R\n\n### F\n\n- **FR-001**: a\n\n### Entities\n\n### Examples\n\n{TABLE}", 11),
        (f"## R\n\n- **FR-001**: a\n\n## Examples\n\n{TABLE}", 7),
        (f"- **FR-001**: a\n\n### Examples: FR-009\n\n{TABLE}", 5),
        (f"- **FR-001**: a\n- **FR-002**: b\n\n### Examples: FR-001, FR-002\n\n{TABLE}", 6),
        (f"- **FR-001**: a\n- **SC-001**: b\n\n{TABLE}", 4),
        (f"### SC-001: b\n\n{TABLE}", 3),
    ],
)
def test_a_table_that_belongs_to_nothing_is_an_error(text: str, line: int) -> None:
    spec = spec_of(text + "\n")
    assert owners(spec) == {}
    assert [at(p) for p in spec.problems] == [("table-without-owner", line, 1)]


def test_example_tables_are_no_part_of_the_text_around_them() -> None:
    """So that a changed row does not change the requirement's digest; other tables are prose."""
    spec = spec_of(
        f"- **FR-001**: a\n\n  {INDENTED}\n\n  | Name | Means |\n  | --- | --- |\n  | x | y |\n\n"
        "  b\n"
        f"### US1 - t\n\nText\n\n{TABLE}\n\nmore\n"
    )
    assert spec.requirements[0].text == "a\n\n| Name | Means |\n| --- | --- |\n| x | y |\n\nb"
    assert spec.stories[0].text == "Text\n\nmore"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (f"- **FR-001**: a\n{TABLE}", 2, 1),
        ("- **FR-001**: a\n\n  | Call | Result |\n  | --- |\n  | f(1) | 2 |", 3, 3),
        ("- **FR-001**: a\n\n  | `Run` | Exit |\n\n  | --- | --- |", 3, 3),
        ("- **FR-001**: a\n\n  Call | Result\n  --- | --- | ---\n  f(1) | 2", 3, 3),
        (f"- **FR-001**: a\n\n{TABLE}\n\n| f(2) | 3 |", 7, 1),
        (f"- **FR-001**: a\n\n{TABLE}\n<!-- more -->\n| f(2) | 3 |", 7, 1),
        (f"- **FR-001**: a\n\n  {INDENTED}\n| f(2) | 3 |", 6, 1),
        (f"- **FR-001**: a\n\n<details>\n{TABLE}\n</details>", 4, 1),
        (f"- **FR-001**: a\n\n      {TABLE.replace(chr(10), chr(10) + '      ')}", 3, 7),
    ],
    ids=[
        "no empty line",
        "few dashes",
        "gap",
        "no bars",
        "split",
        "comment",
        "outdented",
        "html",
        "code",
    ],
)
def test_rows_that_markdown_does_not_read_are_an_error(text: str, line: int, column: int) -> None:
    """They would otherwise be examples that nothing ever runs."""
    spec = spec_of(text + "\n")
    assert [at(p) for p in spec.problems] == [("table-not-read", line, column)]


@pytest.mark.parametrize(
    "text",
    [
        f"- **FR-001**: a\n\n```\n{TABLE}\n```",
        f"- **FR-001**: a\n\n<!--\n{TABLE}\n-->",
        "- **FR-001**: a\n\n| Name | Call |\n| --- | --- |\n| f | f(1) |\n\n| x |",
        "- **FR-001**: Run a | b, or call it.\n  Run | this",
        "| Called | Result |\n| --- | --- |\n| x | y |",
    ],
)
def test_what_is_no_example_table(text: str) -> None:
    spec = spec_of(text + "\n")
    assert spec.problems == ()
    assert owners(spec) == {}


@pytest.mark.parametrize("kind", ["Request", "For all", "`REQUEST`", "**For  all**"])
def test_kinds_that_cannot_run_yet_are_an_error(kind: str) -> None:
    spec = spec_of(f"- **FR-001**: a\n\n  | {kind} | Holds |\n  | --- | --- |\n  | x | y |\n")
    [problem] = spec.problems
    assert (problem.code, problem.place.line) == ("table-kind-unsupported", 3)
    assert spec.requirements[0].text == "a"
