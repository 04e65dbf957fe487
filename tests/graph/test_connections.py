"""Whether two readings make the same graph is told as making both would tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.graph.changes import Documents
from headwater.graph.connections import are_connected_alike
from headwater.graph.index import index_summaries
from headwater.graph.make_units import make_units
from headwater.graph.network import Network, connect_items
from headwater.graph.units import summarise_unit
from tests.graph.builders import (
    component,
    decision,
    feature,
    function,
    interface,
    project,
    requirement,
    summarise,
    task,
)
from tests.graph.examples import call, row, table

if TYPE_CHECKING:
    from headwater.spec.model import Feature

INTERFACES = {"001/C1": interface(function("f")), "001/C2": interface(function("g"))}
FIRST = requirement("FR-001", table(row(call("f"), 1)))
SECOND = requirement("FR-002")
ONE, TWO = component("C1"), component("C2", implements=("FR-002",), depends_on=("C1",))
SAID_OTHERWISE = component("C2", implements=("FR-002",), depends_on=("C1",), text="Another.")


def make_feature(
    *,
    requirements: tuple[object, ...] = (FIRST, SECOND),
    components: tuple[object, ...] = (ONE, TWO),
    decisions: tuple[object, ...] = (decision("D1", "FR-001"),),
    tasks: tuple[object, ...] = (task("T001", "FR-001"),),
    number: str = "001",
    fields: dict[str, str] | None = None,
) -> Feature:
    return feature(
        number=number,
        requirements=requirements,  # type: ignore[arg-type]  # the values above
        components=components,  # type: ignore[arg-type]
        decisions=decisions,  # type: ignore[arg-type]
        tasks=tasks,  # type: ignore[arg-type]
        fields=fields,
    )


def read(*features: Feature) -> Documents:
    summaries = summarise(project(*features), INTERFACES)
    index = index_summaries((), summaries)
    units = {
        one.number: tuple(
            map(summarise_unit, make_units(one, index=index, interfaces=INTERFACES)[0])
        )
        for one in features
    }
    return Documents(index=index, summaries={one.number: one for one in summaries}, units=units)


def connect(documents: Documents) -> Network:
    return connect_items(
        documents.index,
        summaries=documents.summaries.values(),
        units=(unit for units in documents.units.values() for unit in units),
    )


TEXTS = {
    "text of a requirement": make_feature(
        requirements=(FIRST, requirement("FR-002", text="Another."))
    ),
    "text of a component": make_feature(components=(ONE, SAID_OTHERWISE)),
    "interface": make_feature(components=(component("C1", interface="def f(x): ..."), TWO)),
}


@pytest.mark.parametrize("edited", TEXTS.values(), ids=TEXTS.keys())
def test_what_is_said_moves_no_arc(edited: Feature) -> None:
    before, now = read(make_feature()), read(edited)

    assert are_connected_alike(before, now)
    assert connect(before) == connect(now)


LINKS = {
    "requirement removed": make_feature(requirements=(FIRST,)),
    "requirement retired": make_feature(requirements=(FIRST, requirement("FR-002", retired=True))),
    "requirement renamed": make_feature(requirements=(FIRST, requirement("FR-003"))),
    "order": make_feature(requirements=(SECOND, FIRST)),
    "example changed": make_feature(
        requirements=(requirement("FR-001", table(row(call("f"), 2))), SECOND)
    ),
    "component removed": make_feature(components=(ONE,)),
    "file moved": make_feature(components=(component("C1", files=("src/x.py",)), TWO)),
    "implements": make_feature(components=(ONE, component("C2", depends_on=("C1",)))),
    "dependency": make_feature(components=(ONE, component("C2", implements=("FR-002",)))),
    "decision": make_feature(decisions=(decision("D1", "FR-002"),)),
    "task": make_feature(tasks=(task("T001", "FR-002"),)),
    "context": make_feature(fields={"Primary Dependencies": "none"}),
    "number": make_feature(number="002"),
}


@pytest.mark.parametrize("edited", LINKS.values(), ids=LINKS.keys())
def test_whatever_moves_an_arc_is_noticed(edited: Feature) -> None:
    before, now = read(make_feature()), read(edited)

    assert not are_connected_alike(before, now)
    assert connect(before) != connect(now) or list(before.index.items) != list(now.index.items)
