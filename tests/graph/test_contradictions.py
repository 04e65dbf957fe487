"""Contradictions between examples: found where they are certain, and only there."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from headwater.graph.contradictions import contradicts, find_same_rows
from headwater.graph.make_units import make_units
from headwater.graph.scope import read_scope
from headwater.spec.examples import (
    Anything,
    Approximately,
    ArrayOf,
    Equals,
    Expected,
    Expression,
    Matches,
    Name,
    ObjectOf,
    Raises,
)
from tests.graph.builders import (
    at,
    component,
    constant,
    feature,
    function,
    index_project,
    interface,
    project,
    requirement,
)
from tests.graph.examples import call, literal, member, row, run_row, table

if TYPE_CHECKING:
    from headwater.spec.examples import Row
    from headwater.spec.model import Problem


def find(*rows: tuple[Expression, object], binds: str = "") -> list[Problem]:
    """The problems of these rows, each under a requirement of its own."""
    requirements = [
        requirement(
            f"FR-00{number}", table(row(expression, expected, binds=binds, line=number * 10))
        )
        for number, (expression, expected) in enumerate(rows, 1)
    ]
    documents = project(feature(requirements=requirements, components=[component("C1")]))
    declared = interface(function("f", "n", "m"), function("g"), constant("K"))
    return make_units(
        documents.features[0], index=index_project(documents), interfaces={"001/C1": declared}
    )[1]


def test_both_places_are_named() -> None:
    (problem,) = find((call("f", 1, 2), 3), (call("f", 1, 2), 4))
    assert problem.code == "contradictory-examples"
    assert problem.place == at(20)
    assert "001/FR-002 expects" in problem.message
    assert "001/FR-001, at specs/001-wallet/spec.md:10, expects" in problem.message


@pytest.mark.parametrize(
    "other",
    [
        call("f", 1, m=2),
        call("f", n=1, m=2),
        call("f", m=2, n=1),
        call("f", 1, 2, component="C1"),
    ],
)
def test_the_same_call_written_otherwise(other: Expression) -> None:
    assert len(find((call("f", 1, 2), 3), (other, 4))) == 1
    assert not find((call("f", 1, 2), 3), (other, 3))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (call("f", 1, 2), call("f", 2, 1)),
        (call("f", literal(Decimal("1.5")), 2), call("f", literal(Decimal("1.50")), 2)),
        (call("f", True, 2), call("f", 1, 2)),
        (call("f", "1", 2), call("f", 1, 2)),
        (call("f", [1, 2], 2), call("f", [2, 1], 2)),
        (call("f", {"a": 1}, 2), call("f", {"a": 2}, 2)),
        (call("f", 1, Name(name="K")), call("f", 1, "K")),
    ],
)
def test_other_calls_do_not_contradict(one: Expression, other: Expression) -> None:
    assert not find((one, 1), (other, 2))


def test_units_of_the_same_call_are_found_however_it_is_written() -> None:
    wanted = row(call("f", 1, 2), 9)
    others = [row(call("f", m=2, n=1), 3), row(call("f", 1, 3), 3)]
    requirements = [requirement("FR-001", table(*others)), requirement("FR-002", table(wanted))]
    documents = project(feature(requirements=requirements, components=[component("C1")]))
    index = index_project(documents)
    interfaces = {"001/C1": interface(function("f", "n", "m"))}
    units, _ = make_units(documents.features[0], index=index, interfaces=interfaces)
    scope = read_scope("001", index=index, interfaces=interfaces)
    found = find_same_rows(wanted, units, scope=scope)
    assert [unit.ref for unit, _ in found] == ["001/FR-001", "001/FR-002"]


def test_nested_values_are_compared() -> None:
    def nested(first: str, second: str) -> Expression:
        value = literal({"x": None, "y": [1]})
        keys: tuple[tuple[str, Expression], ...] = ((first, call("g")), (second, value))
        return call("f", ObjectOf(items=keys), ArrayOf(items=(call("g"),)))

    one = nested("a", "b")
    assert not find((one, 1), (nested("b", "a"), 2))
    assert len(find((one, 1), (one, 2))) == 1


def test_calls_of_which_no_parameters_are_known() -> None:
    shown = call(member(call("g"), "show"), 1, big=True)
    assert len(find((shown, 1), (shown, 2))) == 1


def test_attributes_are_calls_too() -> None:
    length = member(call("f", 1, 2), "length")
    assert len(find((length, 1), (length, 2))) == 1


def test_the_first_commands_of_two_tables_contradict() -> None:
    one, other = (
        replace(run_row("till 10", line=line), stdout=Equals(value=literal(text)))
        for line, text in ((10, "6\n"), (20, "7\n"))
    )
    ends = replace(run_row("till 10", line=30), exit_code=1)
    open_ended = replace(ends, exit_code=None)
    later = run_row("till 9", line=40)
    found = find_in_tables((one,), (other,))
    assert [(problem.code, problem.place) for problem in found] == [
        ("contradictory-examples", at(20))
    ]
    assert "of the same command" in found[0].message
    assert len(find_in_tables((one,), (ends,))) == 1
    assert not find_in_tables((one,), (open_ended,))
    assert not find_in_tables((one,), (later, other))
    assert not find_in_tables((one,), (replace(other, stdin="7"),))


def find_in_tables(*tables: tuple[Row, ...]) -> list[Problem]:
    """The problems of these tables, each under a requirement of its own."""
    requirements = [
        requirement(f"FR-00{number}", table(*rows)) for number, rows in enumerate(tables, 1)
    ]
    part = replace(component("C1"), commands={"till": ("python", "-m", "till")})
    documents = project(feature(requirements=requirements, components=[part]))
    return make_units(
        documents.features[0], index=index_project(documents), interfaces={"001/C1": interface()}
    )[1]


def test_sequences_do_not_contradict() -> None:
    """The same call may give another result once something happened before."""
    assert not find((call("g"), 1), (call("g"), 2), binds="x")


def test_one_report_a_row() -> None:
    assert len(find((call("g"), 1), (call("g"), 2), (call("g"), 3))) == 2


def equals(value: object) -> Equals:
    return Equals(value=literal(value))


def near(value: str, tolerance: str) -> Approximately:
    return Approximately(value=value, tolerance=tolerance)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (equals(1), equals(2)),
        (equals(1), equals(True)),
        (equals(None), equals(False)),
        (equals("a"), equals("b")),
        (equals([1]), equals([1, 2])),
        (equals({"a": 1}), equals({"a": 2})),
        (equals(10**40), equals(10**40 + 1)),
        (equals(1), Raises(error="not_found")),
        (Anything(), Raises(error="not_found")),
        (Raises(error="not_found"), Raises(error="timeout")),
        (Raises(error="ValueError"), Raises(error="KeyError")),
        (Raises(error="E", message="a"), Raises(error="E", message="b")),
        (equals(2), near("1", "0.5")),
        (near("1", "0.1"), near("2", "0.1")),
        (near("1e999999", "1"), near("1", "1")),
        (equals("1"), near("1", "0.5")),
    ],
)
def test_certain_contradictions(one: Expected, other: Expected) -> None:
    assert contradicts(one, other)
    assert contradicts(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (equals(1), equals(1)),
        (equals(1), equals(Decimal("1.0"))),
        (equals(0), equals(Decimal("-0.00"))),
        (equals({"a": 1, "b": 2}), equals({"b": 2, "a": 1})),
        (equals(100), equals(Decimal("1E2"))),
        (equals("ab"), Matches(pattern="a")),
        (equals("ab"), Anything()),
        (equals(1), Anything()),
        (equals(1), Matches(pattern="1")),
        (near("1", "0.1"), Anything()),
        (near("1", "0.5"), equals(Decimal("1.4"))),
        (near("1", "0.5"), near("2", "0.5")),
        (Matches(pattern="a"), Matches(pattern="b")),
        (Raises(error="E"), Raises(error="E", message="a")),
        (Raises(error="LookupError"), Raises(error="KeyError")),
        (Raises(error="ValueError"), Raises(error="invalid_argument")),
        (Raises(error="Overdrawn"), Raises(error="LedgerError")),
    ],
)
def test_what_may_both_hold(one: Expected, other: Expected) -> None:
    assert not contradicts(one, other)
    assert not contradicts(other, one)
