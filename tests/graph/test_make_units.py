"""Units from example tables: which rows are one, whose they are, and what they touch."""

from __future__ import annotations

from headwater.graph.make_units import make_units
from headwater.spec.examples import ArrayOf, Name, ObjectOf, Raises, TableKind
from headwater.spec.model import Severity
from tests.graph.builders import (
    at,
    component,
    feature,
    function,
    index_project,
    interface,
    project,
    requirement,
    scenario,
    story,
)
from tests.graph.examples import call, member, row, run_row, table
from tests.graph.ledger import COMPONENTS, LEDGER, REPORT, make


def test_every_independent_row_is_a_unit() -> None:
    units, problems = make(table(row(call("total", [], "EUR"), 0), row(call("count"), 0, line=7)))
    assert not problems
    assert [unit.key for unit in units] == [f"FR-001-{unit.digest[:8]}" for unit in units]
    assert [(unit.ref, unit.touches, unit.owner) for unit in units] == [
        ("001/FR-001", ("001/C1",), "001/C1"),
        ("001/FR-001", ("001/C2",), "001/C2"),
    ]
    assert units[1].place == at(7)
    assert not units[0].exempt


def test_a_table_that_binds_a_name_is_one_unit() -> None:
    units, problems = make(
        table(
            row(call("Account", "a"), binds="acct"),
            row(call(member("acct", "deposit"), 5), 5),
            row(member("acct", "balance"), 5),
        )
    )
    assert not problems
    (unit,) = units
    assert len(unit.rows) == 3
    assert unit.owner == "001/C1"


def test_a_row_that_runs_two_components_is_a_feature_test() -> None:
    units, problems = make(table(row(call("render", call("Account", "a")), "a: 0")))
    assert not problems
    assert units[0].touches == ("001/C1", "001/C2")
    assert units[0].owner == ""


def test_types_of_a_dependency_do_not_make_a_feature_test() -> None:
    """`render` runs; the record and the error come from what C2 depends on anyway."""
    rows = row(call("render", call("Money", 1)), Raises(error="Overdrawn"))
    (unit,), problems = make(table(rows))
    assert not problems
    assert unit.touches == ("001/C1", "001/C2")
    assert unit.owner == "001/C2"


def test_types_of_a_component_that_is_no_dependency_make_a_feature_test() -> None:
    components = (component("C1"), component("C2"))
    (unit,), _ = make(table(row(call("render", call("Money", 1)), 1)), components=components)
    assert unit.owner == ""


def test_a_row_that_only_touches_types_is_exempt() -> None:
    (unit,), _ = make(table(row(member(call("Money", "1"), "digits"), "1")))
    assert unit.exempt
    assert unit.owner == "001/C1"


def test_constants_and_nested_values_are_followed() -> None:
    accounts = ArrayOf(items=(call("Account", "a"), Name(name="LIMIT")))
    options = ObjectOf(items=(("to", call("count")),))
    (unit,), problems = make(table(row(call("total", accounts, options), 0)))
    assert not problems
    assert unit.touches == ("001/C1", "001/C2")


def test_run_rows_touch_the_component_of_their_command() -> None:
    units, problems = make(table(run_row("wallet add 5"), run_row("wallet show")))
    assert not problems
    (unit,) = units
    assert unit.kind is TableKind.RUN
    assert (unit.touches, unit.owner, unit.exempt) == (("001/C2",), "", False)


def test_without_a_plan_units_touch_nothing() -> None:
    (unit,), problems = make(table(row(call("anything"), 1)), components=())
    assert not problems
    assert (unit.touches, unit.owner, unit.exempt) == ((), "", False)


def test_identical_rows_under_one_ref_are_one_unit() -> None:
    units, problems = make(table(row(call("count"), 1)), table(row(call("count"), 1, line=8)))
    assert len(units) == 1
    ((code, severity, place),) = [(p.code, p.severity, p.place) for p in problems]
    assert (code, severity, place) == ("duplicate-example", Severity.WARNING, at(8))


def test_keys_differ_where_digests_begin_alike() -> None:
    """These two rows were found by trying: the first eight digits of their digests agree."""
    interfaces = {"001/C1": interface(function("count", "n")), "001/C2": interface()}
    rows = (row(call("count", 20364), 1), row(call("count", 68858), 1))
    (first, second), problems = make(table(*rows), interfaces=interfaces)
    assert not problems
    assert first.digest[:8] == second.digest[:8]
    assert second.key == f"FR-001-{second.digest[:12]}"


def test_retired_requirements_make_no_units() -> None:
    example = table(row(call("count"), 1))
    documents = project(
        feature(
            requirements=[requirement("FR-001", example, retired=True)],
            stories=[story("US1", scenario("US1.1", table(row(call("count"), 2))))],
            components=COMPONENTS,
        )
    )
    units, problems = make_units(
        documents.features[0],
        index=index_project(documents),
        interfaces={"001/C1": LEDGER, "001/C2": REPORT},
    )
    assert not problems
    assert [unit.ref for unit in units] == ["001/US1.1"]


def test_an_empty_table_makes_no_unit() -> None:
    assert make(table()) == ([], [])
