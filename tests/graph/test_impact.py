"""What a change touches, on small graphs and on any graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.graph.impact import Effect, find_impact
from headwater.graph.network import (
    Arc,
    ArcKind,
    Network,
    NodeKind,
    connect_items,
    name_test,
)
from headwater.graph.units import UnitSummary
from tests.graph.builders import (
    component,
    decision,
    feature,
    index_project,
    project,
    requirement,
    scenario,
    story,
    task,
)

if TYPE_CHECKING:
    from headwater.graph.impact import Touched

NODES = "abcdefgh"
STRENGTH = list(Effect)

# A diamond: C1 below C2 and C3, and C4 on top; a second feature stands on C1.
WALLET = feature(
    requirements=[requirement("FR-001"), requirement("FR-002"), requirement("FR-003")],
    stories=[story("US1", scenario("US1.1"))],
    components=[
        component("C1", implements=("FR-001",)),
        component("C2", implements=("FR-002",), depends_on=("C1",)),
        component("C3", implements=("FR-003",), depends_on=("C1",)),
        component("C4", implements=("US1.1",), depends_on=("C2", "C3")),
    ],
    decisions=[decision("D1", "FR-001")],
    tasks=[task("T001", "FR-001")],
)
REPORT = feature(
    number="002",
    requirements=[requirement("FR-001")],
    components=[component("C1", files=("src/report.py",), depends_on=("001/C1",))],
)
UNITS = [
    UnitSummary(f"{local}-x", f"001/{local}", "", (f"001/C{number}",), f"001/C{number}")
    for number, local in enumerate(("FR-001", "FR-002", "FR-003"), 1)
]
DIAMOND = connect_items(index_project(project(WALLET, REPORT)), units=UNITS)


def impact_of(*changed: tuple[str, Effect], depth: int = 0) -> dict[str, Touched]:
    return {one.node: one for one in find_impact(DIAMOND, changed, depth=depth)}


def test_a_requirement_regenerates_its_component_and_verifies_all_that_stand_on_it() -> None:
    found = impact_of(("001/FR-001", Effect.CHANGED))

    assert {node: one.effect for node, one in found.items()} == {
        "001/FR-001": Effect.CHANGED,
        "001/C1": Effect.REGENERATED,
        "src/c1.py": Effect.REGENERATED,
        "001/FR-001-x": Effect.VERIFIED,
        "001/C2": Effect.VERIFIED,
        "001/C3": Effect.VERIFIED,
        "002/C1": Effect.VERIFIED,
        "001/C4": Effect.VERIFIED,
        "001/FR-002-x": Effect.VERIFIED,
        "001/FR-003-x": Effect.VERIFIED,
        "001/D1": Effect.REVIEWED,
        "001/T001": Effect.REVIEWED,
    }
    assert found["001/C4"].path == (
        Arc("001/FR-001", "001/C1", ArcKind.IMPLEMENTS),
        Arc("001/C1", "001/C2", ArcKind.DEPENDS),
        Arc("001/C2", "001/C4", ArcKind.DEPENDS),
    )


def test_a_decision_asks_for_a_look_and_regenerates_nothing() -> None:
    found = impact_of(("001/D1", Effect.CHANGED))

    assert found["001/C1"].effect is Effect.REVIEWED
    assert found["src/c1.py"].effect is Effect.POSSIBLE
    assert found["001/C4"].effect is Effect.DOUBTFUL
    assert "src/c4.py" not in found


def test_a_changed_example_regenerates_what_it_counts_for() -> None:
    found = impact_of((name_test("001/FR-002", "FR-002-x"), Effect.REGENERATED))

    assert found["001/C2"].effect is Effect.REGENERATED
    assert found["001/C4"].effect is Effect.VERIFIED
    assert "001/C1" not in found


def test_no_path_is_longer_than_asked() -> None:
    found = impact_of(("001/FR-001", Effect.CHANGED), depth=2)

    assert "001/C2" in found
    assert "001/C4" not in found


@pytest.mark.parametrize("start", ["001/FR-4711", ""])
def test_what_is_no_node_touches_nothing(start: str) -> None:
    assert impact_of((start, Effect.CHANGED)) == {}


def test_arcs_of_the_past_count_too() -> None:
    past = make_network([Arc("a", "b", ArcKind.DEPENDS)])
    now = make_network([Arc("b", "c", ArcKind.DEPENDS)])

    found = find_impact(now, [("a", Effect.REGENERATED)], past=past)

    assert [(one.node, len(one.path)) for one in found] == [("a", 0), ("b", 1), ("c", 2)]


def test_a_node_of_both_is_what_it_is_now() -> None:
    past = Network(kinds={"a": NodeKind.FILE, "b": NodeKind.FILE})
    now = Network(kinds={"a": NodeKind.COMPONENT})

    found = find_impact(now, [("a", Effect.CHANGED), ("b", Effect.CHANGED)], past=past)

    assert {one.node: one.kind for one in found} == {"a": NodeKind.COMPONENT, "b": NodeKind.FILE}


def make_network(arcs: list[Arc]) -> Network:
    network = Network(kinds=dict.fromkeys(NODES, NodeKind.COMPONENT))
    for arc in arcs:
        network.add(*arc)
    return network


arcs = st.lists(
    st.builds(Arc, st.sampled_from(NODES), st.sampled_from(NODES), st.sampled_from(ArcKind)),
    max_size=24,
)
beginnings = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(Effect)), max_size=4)


@given(arcs, beginnings)
def test_every_path_consists_of_arcs_that_exist(
    arcs: list[Arc], changed: list[tuple[str, Effect]]
) -> None:
    network = make_network(arcs)
    for one in find_impact(network, changed):
        nodes = [one.path[0].source if one.path else one.node]
        for arc in one.path:
            assert arc in network.onward[arc.source]
            assert arc.source == nodes[-1]
            nodes.append(arc.target)
        assert nodes[0] in {node for node, _ in changed}
        assert nodes[-1] == one.node


@given(arcs, arcs, beginnings, beginnings)
def test_more_changes_and_more_arcs_touch_no_less(
    arcs: list[Arc],
    more_arcs: list[Arc],
    changed: list[tuple[str, Effect]],
    more: list[tuple[str, Effect]],
) -> None:
    few = find_impact(make_network(arcs), changed)
    many = find_impact(make_network([*arcs, *more_arcs]), [*changed, *more])
    effects = {one.node: one.effect for one in many}

    assert all(STRENGTH.index(effects[one.node]) <= STRENGTH.index(one.effect) for one in few)


@given(arcs, beginnings)
def test_no_shorter_path_gives_the_same_effect(
    arcs: list[Arc], changed: list[tuple[str, Effect]]
) -> None:
    network = make_network(arcs)
    for one in find_impact(network, changed):
        if len(one.path) > 1:
            nearer = find_impact(network, changed, depth=len(one.path) - 1)
            assert (one.node, one.effect) not in {(other.node, other.effect) for other in nearer}
