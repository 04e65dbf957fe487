"""Edits change the bytes they concern and no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.spec.examples import CallRow
from headwater.spec.model import Source, Span
from headwater.spec.read_spec import read_spec
from headwater.spec.read_tasks import read_tasks
from headwater.spec.splice import (
    Edit,
    SpliceError,
    apply_edits,
    remove_task,
    replace_cell,
    replace_requirement_text,
    tick_task,
)
from tests.spec.builders import source_of


@st.composite
def spliced(draw: st.DrawFn) -> tuple[bytes, list[Edit]]:
    """Bytes, and edits of them that do not overlap, in any order."""
    data = draw(st.binary(max_size=60))
    cuts = sorted(draw(st.lists(st.integers(0, len(data)), max_size=12)))
    edits = [
        Edit(span=Span(start=start, end=end), replacement=draw(st.binary(max_size=5)))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    return data, draw(st.permutations(edits))


@given(spliced())
def test_bytes_outside_the_edits_are_the_same(case: tuple[bytes, list[Edit]]) -> None:
    data, edits = case
    result = apply_edits(data, edits)
    position = 0
    end = 0
    for edit in sorted(edits, key=lambda e: (e.span.start, e.span.end)):
        kept = data[end : edit.span.start]
        assert result[position : position + len(kept)] == kept
        position += len(kept) + len(edit.replacement)
        end = edit.span.end
    assert result[position:] == data[end:]


def test_inserts_at_one_place_keep_their_order() -> None:
    here = Span(start=1, end=1)
    edits = [Edit(span=here, replacement=b"1"), Edit(span=here, replacement=b"2")]
    assert apply_edits(b"ab", edits) == b"a12b"


@pytest.mark.parametrize(
    "spans", [[(0, 2), (1, 3)], [(0, 3), (1, 2)], [(0, 5)], [(-1, 1)], [(2, 1)]]
)
def test_edits_that_do_not_fit_are_refused(spans: list[tuple[int, int]]) -> None:
    edits = [Edit(span=Span(start=a, end=b), replacement=b"") for a, b in spans]
    with pytest.raises(SpliceError, match="overlaps another, or reaches outside"):
        apply_edits(b"abcd", edits)


TASKS = "# Tasks\r\n\r\n- [ ] T001 One\r\n- [X] **T002** Two [x]\r\n\r\n1. [ ] T003 Three\r\n"


@pytest.mark.parametrize(
    ("task", "done", "before", "after"),
    [
        (0, True, "[ ] T001", "[x] T001"),
        (0, False, "[ ] T001", "[ ] T001"),
        (1, False, "[X] **T002", "[ ] **T002"),
        (2, True, "[ ] T003", "[x] T003"),
    ],
)
def test_ticking_a_task(task: int, done: bool, before: str, after: str) -> None:
    source = source_of(TASKS)
    edit = tick_task(source, read_tasks(source).tasks[task], done=done)
    assert apply_edits(source.data, [edit]).decode() == TASKS.replace(before, after)


def test_a_task_of_another_document_is_refused() -> None:
    source = source_of(TASKS)
    task = read_tasks(source).tasks[2]
    with pytest.raises(SpliceError, match="T003 is not where it was read"):
        tick_task(source_of("# Other\n" * 20), task)


SPEC = """\
## Requirements

- **FR-001**: One
  and more.

  | Call | Result |
  | --- | --- |
  | `f("é")` | 2 |
  | f(2)|3|

  After the table.
- FR-002: Two
- **FR-003**

### FR-004: Four

Text.

| Id | Says |
| --- | --- |
| FR-005 | Five |
"""


@pytest.mark.parametrize(
    ("number", "before", "after"),
    [
        (1, "**FR-001**: One\n  and more.", "**FR-001**: New\n  text."),
        (2, "FR-002: Two", "FR-002: New\n  text."),
        (3, "**FR-003**", "**FR-003** New\n  text."),
        (4, "FR-004: Four\n\nText.", "FR-004: Four\n\nNew\ntext."),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_replacing_a_requirements_text(number: int, before: str, after: str, newline: str) -> None:
    """The id, the tables and all that stands around them stay, ends of line included."""
    text = SPEC.replace("\n", newline)
    source = source_of(text)
    requirement = read_spec(source).requirements[number - 1]
    edit = replace_requirement_text(source, requirement, "New\ntext.\n")
    edited = apply_edits(source.data, [edit])
    expected = text.replace(before.replace("\n", newline), after.replace("\n", newline))
    assert edited.decode() == expected
    read = read_spec(Source(path=source.path, data=edited)).requirements[number - 1]
    assert read.id == requirement.id
    assert read.text.startswith("New\ntext.") or read.text.startswith("Four\n\nNew\ntext.")
    assert len(read.tables) == len(requirement.tables)


def test_replacing_a_requirement_in_a_table() -> None:
    source = source_of(SPEC)
    edit = replace_requirement_text(source, read_spec(source).requirements[4], "New")
    assert apply_edits(source.data, [edit]).decode() == SPEC.replace("Five", "New")


@given(st.from_regex(r"[A-Za-z][A-Za-z .,]{0,40}[a-z]( and [a-z]{1,9}){0,9}", fullmatch=True))
def test_a_replaced_text_is_read_back(text: str) -> None:
    source = source_of(SPEC)
    requirement = read_spec(source).requirements[1]
    edited = apply_edits(source.data, [replace_requirement_text(source, requirement, text)])
    assert read_spec(Source(path=source.path, data=edited)).requirements[1].text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("### FR-001: One\n\n### FR-002\n", "### FR-001: One\n\nNew.\n\n### FR-002\n"),
        ("### FR-001: One", "### FR-001: One\n\nNew.\n"),
    ],
)
def test_giving_a_heading_its_first_text(text: str, expected: str) -> None:
    source = source_of(text)
    edit = replace_requirement_text(source, read_spec(source).requirements[0], "New.")
    assert apply_edits(source.data, [edit]).decode() == expected


def test_a_requirement_of_another_document_is_refused() -> None:
    requirement = read_spec(source_of(SPEC)).requirements[0]
    with pytest.raises(SpliceError, match="FR-001 is not where it was read"):
        replace_requirement_text(source_of("\n" + SPEC), requirement, "New")


def row_of(source: Source, number: int) -> CallRow:
    """A row of the spec's one table."""
    row = read_spec(source).requirements[0].tables[0].rows[number]
    assert isinstance(row, CallRow)
    return row


@pytest.mark.parametrize(
    ("row", "column", "raw", "before", "after"),
    [
        (0, 1, "`3`", '| `f("é")` | 2 |', '| `f("é")` | `3` |'),
        (0, 0, r'`f("a\|b")`', '| `f("é")` | 2 |', r'| `f("a\|b")` | 2 |'),
        (1, 1, "raises `E`", "| f(2)|3|", "| f(2)|raises `E`|"),
    ],
)
def test_replacing_a_cell(row: int, column: int, raw: str, before: str, after: str) -> None:
    source = source_of(SPEC)
    edit = replace_cell(source, row_of(source, row), column=column, raw=raw)
    assert apply_edits(source.data, [edit]).decode() == SPEC.replace(before, after)


@pytest.mark.parametrize("raw", ["a | b", "a\nb", "a\\"])
def test_a_text_that_is_no_single_cell_is_refused(raw: str) -> None:
    source = source_of(SPEC)
    with pytest.raises(SpliceError, match="is not the text of one cell"):
        replace_cell(source, row_of(source, 0), column=1, raw=raw)


def test_a_cell_that_is_not_there_is_refused() -> None:
    source = source_of(SPEC)
    row = row_of(source, 0)
    with pytest.raises(SpliceError, match="cell 2 of the row in line 8"):
        replace_cell(source, row, column=2, raw="x")
    with pytest.raises(SpliceError, match="cell 0 of the row in line 8"):
        replace_cell(source_of("\n" * 9 + SPEC), row, column=0, raw="x")


@pytest.mark.parametrize(
    ("text", "task", "left"),
    [
        ("- [ ] T001 One\n- [ ] T002 Two\n  and more\n- [x] T003 End", 0, "T002 T003"),
        ("- [ ] T001 One\n- [ ] T002 Two\n  and more\n- [x] T003 End", 1, "T001 T003"),
        ("- [ ] T001 One\n- [ ] T002 Two\n  and more\n- [x] T003 End", 2, "T001 T002"),
        ("# Tasks\r\n\r\n- [ ] T001 One\r\n- [ ] T002 Two\r\n", 0, "T002"),
    ],
)
def test_a_task_goes_with_its_lines(text: str, task: int, left: str) -> None:
    source = source_of(text)
    tasks = read_tasks(source).tasks
    after = apply_edits(source.data, [remove_task(source, tasks[task])])
    kept = read_tasks(source_of(after.decode())).tasks
    assert " ".join(one.id for one in kept) == left
    assert {one.text for one in kept} == {one.text for one in tasks if one is not tasks[task]}
    assert after.count(b"\n") == text.count("\n") - tasks[task].text.count("\n") - 1 + (
        not text.endswith("\n") and task == len(tasks) - 1
    )


def test_a_task_of_another_document_is_not_removed() -> None:
    (task,) = read_tasks(source_of("- [ ] T001 One\n")).tasks
    with pytest.raises(SpliceError):
        remove_task(source_of("# Other\n" * 20), task)
