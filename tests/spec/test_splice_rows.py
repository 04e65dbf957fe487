"""Rows and requirements added and taken out; every other byte stays."""

from __future__ import annotations

import pytest

from headwater.spec.drafted import find_drafted_mark, list_drafted
from headwater.spec.model import Source
from headwater.spec.read_spec import read_spec
from headwater.spec.splice import SpliceError, apply_edits
from headwater.spec.splice_rows import (
    add_requirement,
    add_rows,
    add_table,
    mark_drafted,
    remove_rows,
    render_table,
)

HEAD = "# Spec\n\n## Requirements\n\n"
TABLE = "  | Call | Result |\n  | --- | --- |\n  | `f(1)` | `2` |\n  | `f(2)` | `3` |\n"
SPEC = f"{HEAD}- **FR-001**: It MUST be.\n\n{TABLE}\n- **FR-002**: It MUST stay.\n\n## End\n"


def read(text: str = SPEC) -> Source:
    return Source(path="spec.md", data=text.encode())


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_rows_are_added_behind_the_last_and_marked_once(newline: str) -> None:
    source = read(SPEC.replace("\n", newline))
    table = read_spec(source).requirements[0].tables[0]
    edits = [add_rows(source, table, [("`f(3)`", "`4`")]), *mark_drafted(source, table)]
    data = apply_edits(source.data, edits)
    expected = SPEC.replace("  | Call", "  <!-- drafted: confirm -->\n  | Call").replace(
        "`3` |\n", "`3` |\n  | `f(3)` | `4` |\n"
    )
    assert data.decode() == expected.replace("\n", newline)
    again = Source(path="spec.md", data=data)
    ((drafted, _),) = list_drafted(read_spec(again))
    assert len(drafted.rows) == 3
    assert mark_drafted(again, drafted) == []


def test_a_row_goes_and_with_the_last_table_and_mark() -> None:
    source = read(SPEC.replace("  | Call", "  <!-- drafted: confirm -->\n\n  | Call"))
    table = read_spec(source).requirements[0].tables[0]
    assert find_drafted_mark(source, table)
    one = apply_edits(source.data, remove_rows(source, table, table.rows[:1])).decode()
    assert one == source.data.decode().replace("  | `f(1)` | `2` |\n", "")
    none = apply_edits(source.data, remove_rows(source, table, table.rows)).decode()
    assert none == SPEC.replace(f"{TABLE}\n", "")


def test_a_requirement_gets_a_table_of_its_own() -> None:
    source = read()
    second = read_spec(source).requirements[1]
    data = apply_edits(
        source.data, [add_table(source, second, ("Call", "Result"), [("f(1)", "2")])]
    )
    added = read_spec(Source(path="spec.md", data=data)).requirements[1]
    assert [table.owner for table in added.tables] == ["FR-002"]
    assert data.decode().startswith(SPEC.partition("\n\n## End")[0])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- **FR-001**: It MUST be.\n", "- **FR-001**: It MUST be.\n- **FR-002**: New.\n"),
        ("* `FR-001`: A\n", "* `FR-001`: A\n* `FR-002`: New.\n"),
        (
            "#### FR-001: Title\n\nIt MUST.\n",
            "#### FR-001: Title\n\nIt MUST.\n\n#### FR-002\n\nNew.\n",
        ),
        ("- ~~**FR-001**~~: A\n", "- ~~**FR-001**~~: A\n- **FR-002**: New.\n"),
        ("1. FR-001: A\n\n   More.\n", "1. FR-001: A\n\n   More.\n1. FR-002: New.\n"),
    ],
)
def test_a_new_requirement_is_written_as_the_one_before(before: str, after: str) -> None:
    source = read(HEAD + before)
    (first,) = read_spec(source).requirements
    edit = add_requirement(source, first, name="FR-002", text="New.")
    data = apply_edits(source.data, [edit])
    assert data.decode() == HEAD + after
    found = read_spec(Source(path="spec.md", data=data)).requirements
    assert [one.id for one in found] == ["FR-001", "FR-002"]


def test_nothing_is_added_to_a_row_of_a_table() -> None:
    source = read(f"{HEAD}| ID | Text |\n| --- | --- |\n| FR-001 | It MUST. |\n")
    (first,) = read_spec(source).requirements
    with pytest.raises(SpliceError, match="is a row of a table"):
        add_requirement(source, first, name="FR-002", text="New.")
    with pytest.raises(SpliceError, match="is a row of a table"):
        add_table(source, first, ("Call", "Result"), [("f(1)", "2")])
    with pytest.raises(SpliceError, match="not where it was read"):
        add_requirement(read(HEAD), first, name="FR-002", text="New.")


def test_a_table_is_rendered_with_its_mark() -> None:
    assert render_table(("Call", "Result"), [("a", "b")], indent=" ") == [
        " <!-- drafted: confirm -->",
        " | Call | Result |",
        " | --- | --- |",
        " | a | b |",
    ]


def test_a_persons_own_table_bears_no_mark() -> None:
    source = read()
    second = read_spec(source).requirements[1]
    edit = add_table(source, second, ("Call", "Result"), [("f(1)", "2")], drafted=False)
    data = apply_edits(source.data, [edit])
    assert data.count(b"drafted") == source.data.count(b"drafted")
    assert read_spec(Source(path="spec.md", data=data)).requirements[1].tables
