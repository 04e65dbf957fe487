"""Example tables: every row is read exactly, or an error stands at its cell."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.spec.examples import (
    Anything,
    Approximately,
    ArrayOf,
    Attribute,
    Call,
    CallRow,
    Equals,
    ExampleTable,
    Expected,
    Expression,
    Literal,
    Matches,
    Name,
    ObjectOf,
    Raises,
    RunRow,
    TableKind,
)
from headwater.spec.model import Span
from headwater.spec.table_cells import split_row
from tests.spec.builders import spec_with


def table_of(table: str) -> ExampleTable:
    """The one table, read without problems."""
    spec = spec_with(table)
    assert spec.problems == ()
    [found] = spec.requirements[0].tables
    return found


def call_of(cell: str) -> CallRow:
    """The row of a Call table with this first cell."""
    [row] = table_of(f"| Call | Result |\n| --- | --- |\n| {cell} | — |").rows
    assert isinstance(row, CallRow)
    return row


def result_of(cell: str) -> Expected:
    """What a row with this result expects."""
    [row] = table_of(f"| Call | Result |\n| --- | --- |\n| f() | {cell} |").rows
    assert isinstance(row, CallRow)
    return row.expected


def run_of(header: str, cells: str) -> RunRow:
    """The row of a Run table."""
    dashes = "|".join(["---"] * (header.count("|") + 1))
    [row] = table_of(f"| {header} |\n| {dashes} |\n| {cells} |").rows
    assert isinstance(row, RunRow)
    return row


def literal(value: object, text: str) -> Literal:
    """A literal."""
    return Literal(value=value, text=text)


def call(function: Name | Attribute, *arguments: Expression, component: str = "") -> Call:
    """A call without named arguments."""
    return Call(function=function, arguments=arguments, named=(), component=component)


F = Name(name="f")


@pytest.mark.parametrize(
    ("cell", "expression"),
    [
        ("`f()`", call(F)),
        ("f()", call(F)),
        ("`` f() ``", call(F)),
        (
            "`f(1, -2.50, 1e3)`",
            call(
                F,
                literal(1, "1"),
                literal(Decimal("-2.50"), "-2.50"),
                literal(Decimal("1e3"), "1e3"),
            ),
        ),
        (
            "`f(true, false, null)`",
            call(F, literal(True, "true"), literal(False, "false"), literal(None, "null")),
        ),
        (
            r'`f("a\n\"b\" \\ \u00e9 é \|")`',
            call(F, literal('a\n"b" \\ é é |', r'"a\n\"b\" \\ \u00e9 é |"')),
        ),
        (
            '`f([1, "a", [ ]], {"k": {"l": [2]}})`',
            call(
                F,
                literal([1, "a", []], '[1, "a", [ ]]'),
                literal({"k": {"l": [2]}}, '{"k": {"l": [2]}}'),
            ),
        ),
        ("`f([x, 1])`", call(F, ArrayOf(items=(Name(name="x"), literal(1, "1"))))),
        ('`f({"k": g()})`', call(F, ObjectOf(items=(("k", call(Name(name="g"))),)))),
        ("`acct.balance`", Attribute(of=Name(name="acct"), name="balance")),
        (
            "`acct.deposit(g(1).x)`",
            call(
                Attribute(of=Name(name="acct"), name="deposit"),
                Attribute(of=call(Name(name="g"), literal(1, "1")), name="x"),
            ),
        ),
        ("`f(1).g()`", call(Attribute(of=call(F, literal(1, "1")), name="g"))),
        ("`C2.f(1)`", call(F, literal(1, "1"), component="C2")),
        (
            "`C2.Account.open()`",
            call(Attribute(of=Name(name="Account"), name="open"), component="C2"),
        ),
        (
            "`C2.Account().close()`",
            call(Attribute(of=call(Name(name="Account"), component="C2"), name="close")),
        ),
        ("`C2()`", call(Name(name="C2"))),
    ],
)
def test_calls(cell: str, expression: Expression) -> None:
    row = call_of(cell)
    assert row.expression == expression
    assert row.binds == ""
    assert row.cells == (cell, "—")


def test_named_arguments() -> None:
    assert call_of("`f(1, b=2, c=g(d=3))`").expression == Call(
        function=F,
        arguments=(literal(1, "1"),),
        named=(
            ("b", literal(2, "2")),
            (
                "c",
                Call(function=Name(name="g"), arguments=(), named=(("d", literal(3, "3")),)),
            ),
        ),
    )


def test_whole_numbers_are_ints_and_all_others_decimals() -> None:
    """`1.0` is written as no integer, and a float would lose digits."""
    arguments = call_of("`f(10000000000000000000000001, 1.0, 0.1000000000000000000001)`").expression
    assert isinstance(arguments, Call)
    values = [a.value for a in arguments.arguments if isinstance(a, Literal)]
    assert values == [10**25 + 1, Decimal("1.0"), Decimal("0.1000000000000000000001")]
    assert [type(value) for value in values] == [int, Decimal, Decimal]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("`4`", Equals(value=literal(4, "4"))),
        ('`"IV"`', Equals(value=literal("IV", '"IV"'))),
        ('{"a": [1, null]}', Equals(value=literal({"a": [1, None]}, '{"a": [1, null]}'))),
        ("—", Anything()),
        ("–", Anything()),
        ("`-`", Anything()),
        ("raises `ValueError`", Raises(error="ValueError")),
        ("`raises not_found`", Raises(error="not_found")),
        ("Raises C2.Closed", Raises(error="C2.Closed")),
        (r'raises `Closed` "it \"is\" `x`"', Raises(error="Closed", message='it "is" `x`')),
        ('raises Closed `"a\\|b"`', Raises(error="Closed", message="a|b")),
        ('`raises Closed ""`', Raises(error="Closed", message="")),
        ("≈ `0.3333`", Approximately(value="0.3333", tolerance="0.00005")),
        ("`≈ 3`", Approximately(value="3", tolerance="0.5")),
        ("≈ -1.50e-3", Approximately(value="-1.50e-3", tolerance="0.000005")),
        ("≈ 2e3", Approximately(value="2e3", tolerance="500")),
        ("≈ 0.33 ± 0.01", Approximately(value="0.33", tolerance="0.01")),
        ("≈ `0.33` +/- `1e-2`", Approximately(value="0.33", tolerance="1e-2")),
        ("`/^a\\|b$/`", Matches(pattern="^a|b$")),
        ("/a/b/", Matches(pattern="a/b")),
    ],
)
def test_results(cell: str, expected: Expected) -> None:
    assert result_of(cell) == expected


def test_rows_that_bind_make_a_sequence() -> None:
    table = table_of(
        "| Call | Result |\n| --- | --- |\n"
        '| `acct = Account("a-1")` | — |\n| `acct.balance` | `0` |\n| `b = acct.name` | — |'
    )
    assert table.sequence
    assert [row.binds for row in table.rows if isinstance(row, CallRow)] == ["acct", "", "b"]
    assert not table_of("| Call | Result |\n| --- | --- |\n| f(acct) | 1 |").sequence


def test_a_table_knows_its_place_and_its_bytes() -> None:
    spec = spec_with("| `Call` | **Result** |\n|:-|-:|\n| f(1) |  2  |\n| `f(2)` | 3 |")
    [table] = spec.requirements[0].tables
    assert (table.kind, table.owner, table.header) == (
        TableKind.CALL,
        "FR-001",
        ("`Call`", "**Result**"),
    )
    assert (table.place.line, table.place.column) == (3, 1)
    assert [spec.source.text(row.span) for row in table.rows] == [
        "| f(1) |  2  |",
        "| `f(2)` | 3 |",
    ]
    assert [row.cells for row in table.rows] == [("f(1)", "2"), ("`f(2)`", "3")]
    assert spec.source.text(table.span).endswith("| `f(2)` | 3 |")


def test_columns_come_in_any_order_and_bars_at_the_ends_are_optional() -> None:
    table = table_of('Run | Exit | Stdout\n--- | --- | ---\nw x | 0 | —\n\\| | 1 | ""')
    assert [row.words for row in table.rows if isinstance(row, RunRow)] == [("w", "x"), ("|",)]
    assert [row.exit_code for row in table.rows if isinstance(row, RunRow)] == [0, 1]
    assert table.sequence


def test_a_full_run_row() -> None:
    row = run_of(
        "Run | Stdin | Stdout | Stderr | Exit",
        r"""`wallet "a b" 'c d' e\\ f` | `"x\n"` | `""` | `/broken/` | `2`""",
    )
    assert row.words == ("wallet", "a b", "c d", "e\\", "f")
    assert (row.stdin, row.exit_code) == ("x\n", 2)
    assert row.stdout == Equals(value=literal("", '""'))
    assert row.stderr == Matches(pattern="broken")


def test_what_a_run_row_leaves_open() -> None:
    for row in (run_of("Run", "`w`"), run_of("Run | Stdin | Stdout | Exit", "w | — | — | —")):
        assert (row.words, row.stdin, row.exit_code) == (("w",), "", None)
        assert (row.stdout, row.stderr) == (Anything(), Anything())


@given(
    st.lists(
        st.text(
            st.characters(exclude_characters="|\\`\r\n", exclude_categories=["Cc", "Cs", "Z"]),
            min_size=1,
        ),
        min_size=1,
    )
)
def test_cells_come_back_as_they_were_written(cells: list[str]) -> None:
    """Whatever stands between bars, escaped bars included."""
    row = "| " + " | ".join(f"{cell}\\|{cell}" for cell in cells) + " |"
    found = split_row(row.encode(), Span(start=0, end=len(row.encode())))
    assert [cell.text for cell in found] == [f"{cell}|{cell}" for cell in cells]
    for cell in found:
        assert row.encode()[cell.span.start : cell.span.end].decode() == cell.raw
        end = cell.offset(len(cell.text))
        assert end == cell.span.end
