"""Two components with their interfaces, and the units that are made of example tables for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.make_units import make_units
from tests.graph.builders import (
    component,
    constant,
    error,
    feature,
    function,
    index_project,
    interface,
    project,
    requirement,
    type_,
)
from tests.graph.examples import table

if TYPE_CHECKING:
    from headwater.graph.facts import CodeInterface
    from headwater.graph.units import TestUnit
    from headwater.spec.examples import ExampleTable, Row
    from headwater.spec.model import Component, Problem

LEDGER = interface(
    type_("Account", "balance", "deposit", parameters=("name",)),
    type_("Money", "digits", parameters=("digits",), reached=False),
    error("Overdrawn"),
    constant("LIMIT"),
    function("total", "accounts", "currency"),
)
REPORT = interface(function("render", "account"), function("count"))
COMPONENTS = (component("C1"), component("C2", depends_on=("C1",), commands=("wallet",)))


def make(
    *tables: ExampleTable,
    interfaces: dict[str, CodeInterface] | None = None,
    components: tuple[Component, ...] = COMPONENTS,
) -> tuple[list[TestUnit], list[Problem]]:
    documents = project(
        feature(requirements=[requirement("FR-001", *tables)], components=components)
    )
    return make_units(
        documents.features[0],
        index=index_project(documents),
        interfaces=interfaces or {"001/C1": LEDGER, "001/C2": REPORT},
    )


def problems_of(*rows: Row) -> list[tuple[str, str]]:
    return [(problem.code, problem.hint) for problem in make(table(*rows))[1]]
