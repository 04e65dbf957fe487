"""Names in example tables: whose they are, and which cannot be right."""

from __future__ import annotations

import pytest

from headwater.graph.facts import CodeInterface, Declared, DeclaredKind
from headwater.graph.make_units import make_units
from headwater.spec.examples import Name, Raises
from headwater.spec.model import Problem, Severity
from tests.graph.builders import (
    at,
    component,
    error,
    feature,
    function,
    index_project,
    interface,
    project,
    requirement,
    type_,
)
from tests.graph.examples import call, literal, member, row, run_row, table
from tests.graph.ledger import LEDGER, REPORT, make, problems_of


def test_an_unknown_command_is_found() -> None:
    (problem,) = make(table(run_row("walet add 5", line=9)))[1]
    assert problem.code == "unknown-command"
    assert problem.place == at(9)
    assert "`wallet`" in problem.hint


def test_a_command_of_two_components_is_ambiguous() -> None:
    components = (component("C1", commands=("w",)), component("C2", commands=("w",)))
    (problem,) = make(table(run_row("w")), components=components)[1]
    assert problem.code == "ambiguous-name"


def test_an_unknown_name_is_found_with_its_nearest() -> None:
    assert problems_of(row(call("totl", [], "EUR"), 0)) == [
        ("unknown-name", "Did you mean `total`?")
    ]


def test_an_unknown_name_without_neighbours_has_a_remedy() -> None:
    assert problems_of(row(Name(name="zzz"), 0)) == [
        ("unknown-name", "Declare it in the **Interface** of a component.")
    ]


def test_a_name_is_bound_only_in_its_own_table() -> None:
    bound = table(row(call("Account", "a"), binds="acct"))
    _, problems = make(bound, table(row(member("acct", "balance"), 0)))
    assert [problem.code for problem in problems] == ["unknown-name"]


def test_a_name_that_two_components_declare_needs_its_component() -> None:
    interfaces = {"001/C1": LEDGER, "001/C2": interface(function("total"))}
    _, problems = make(table(row(call("total"), 0)), interfaces=interfaces)
    assert [(problem.code, problem.hint) for problem in problems] == [
        ("ambiguous-name", "Say which one is meant: `C1.total`.")
    ]
    (unit,), problems = make(table(row(call("total", component="C2"), 0)), interfaces=interfaces)
    assert not problems
    assert unit.owner == "001/C2"


def test_a_constant_may_be_qualified_too() -> None:
    (unit,), problems = make(table(row(member("C1", "LIMIT"), 3)))
    assert not problems
    assert unit.owner == "001/C1"


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        (call("total", [], "EUR", 3), "wrong-arguments"),
        (call("total", [], curency="EUR"), "wrong-arguments"),
        (call("total", [], accounts=[]), "wrong-arguments"),
        (call("total", []), "wrong-arguments"),
        (call("count", 1), "wrong-arguments"),
        (call("Account", "a", "b"), "wrong-arguments"),
        (call("total", component="C9"), "unknown-component"),
        (call("total", component="C2"), "unknown-name"),
        (call(member(call("Account", "a"), "widthdraw"), 5), "unknown-member"),
        (literal(4), "touches-nothing"),
    ],
)
def test_what_cannot_be_right_is_found(expression: object, code: str) -> None:
    units, problems = make(table(row(expression, 0)))  # type: ignore[arg-type]  # an expression
    assert [problem.code for problem in problems] == [code]
    assert len(units) == 1


def test_what_the_target_leaves_out_is_no_error() -> None:
    """Without bases and defaults a wrong name may be inherited, a missing argument optional."""
    vague = interface(
        type_("Account", "balance", bases=None),
        type_("Savings", "interest", bases=("Base",), parameters=("rate",)),
        Declared(name="add", kind=DeclaredKind.FUNCTION, parameters=("a",)),
        Declared(name="sum", kind=DeclaredKind.FUNCTION, parameters=("a",), variadic=True),
    )
    rows = (
        row(member(call("Account", 1, 2), "owner"), 0),
        row(member(call("Savings", 1, 2), "owner"), 0),
        row(call("add"), 0),
        row(call("add", 1, 2), 0),
        row(call("sum", 1, 2), 0),
    )
    _, problems = make(table(*rows), interfaces={"001/C1": vague, "001/C2": REPORT})
    assert [(problem.code, problem.severity) for problem in problems] == [
        ("unknown-member", Severity.WARNING),
        ("wrong-arguments", Severity.WARNING),
    ]


def test_members_are_inherited() -> None:
    family = interface(type_("Base", "owner"), type_("Savings", "interest", bases=("Base",)))
    rows = (
        row(member(call("Savings"), "owner"), "a"),
        row(member(call("Savings"), "balance"), "a"),
    )
    _, problems = make(table(*rows), interfaces={"001/C1": family, "001/C2": REPORT})
    assert [problem.message for problem in problems] == ["`Savings` declares no `balance`"]


def test_bases_that_lead_in_a_circle_or_elsewhere_prove_nothing() -> None:
    family = interface(
        type_("A", "one", bases=("B",)),
        type_("B", "two", bases=("A",)),
        type_("C", "three", bases=("D",)),
        type_("D"),
    )
    rows = (row(member(call("A"), "four"), 0), row(member(call("C"), "four"), 0))
    _, problems = make(table(*rows), interfaces={"001/C1": family, "001/C2": REPORT})
    assert [problem.message for problem in problems] == ["`A` declares no `four`"]


def test_a_bound_name_may_be_called() -> None:
    units, problems = make(
        table(row(call("count"), binds="counter"), row(call("counter", 1, 2), 3))
    )
    assert not problems
    assert units[0].touches == ("001/C2",)


@pytest.mark.parametrize("name", ["Overdrawn", "not_found", "ValueError"])
def test_known_errors(name: str) -> None:
    assert not problems_of(row(call("count"), Raises(error=name)))


def test_an_unknown_error_is_found() -> None:
    assert problems_of(row(call("count"), Raises(error="Overdrawm"))) == [
        ("unknown-error", "Did you mean `Overdrawn`?")
    ]
    ((_, hint),) = problems_of(row(call("count"), Raises(error="zzz")))
    assert "not_found" in hint


def test_an_error_of_two_components_is_that_of_the_one_called() -> None:
    both = {
        "001/C1": interface(error("Failed"), function("one")),
        "001/C2": interface(error("Failed")),
        "001/C3": interface(function("three")),
    }
    components = (component("C1"), component("C2"), component("C3"))
    rows = (row(call("one"), Raises(error="Failed")), row(call("three"), Raises(error="Failed")))
    units, problems = make(table(*rows), interfaces=both, components=components)
    assert units[0].owner == "001/C1"
    assert [problem.code for problem in problems] == ["ambiguous-name"]


def test_a_broken_interface_raises_no_false_alarm() -> None:
    """Its own error is reported elsewhere; which names it would have declared is unknown."""
    broken = CodeInterface(
        names=(), digest="x", problems=(Problem(code="syntax", message="", place=at(1)),)
    )
    _, problems = make(
        table(row(call("render", 1), Raises(error="Odd")), row(call("lost"), 1)),
        interfaces={"001/C1": broken, "001/C2": REPORT},
    )
    assert not problems


def test_names_of_other_features_are_in_reach_of_those_that_depend_on_them() -> None:
    shared = feature(number="002", components=[component("C1", implements=())])
    rows = (row(call("convert"), 1), row(call("convert", component="002/C1"), 2))
    own = feature(
        requirements=[requirement("FR-001", table(rows[0]))],
        components=[component("C1", depends_on=("002/C1",))],
    )
    documents = project(own, shared)
    interfaces = {
        "001/C1": interface(function("total")),
        "002/C1": interface(function("convert"), function("total")),
    }
    units, problems = make_units(own, index=index_project(documents), interfaces=interfaces)
    assert not problems
    assert units[0].owner == "002/C1"
