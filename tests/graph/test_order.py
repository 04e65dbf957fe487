"""Order in a graph: levels, cycles, reach."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from headwater.graph.order import (
    find_cycles,
    find_reachable,
    invert,
    list_levels,
    sort_topologically,
)

NODES = st.sampled_from("abcdefgh")
GRAPHS = st.dictionaries(NODES, st.lists(NODES, max_size=4, unique=True), max_size=8)
DIAMOND = {"d": ["b", "c"], "b": ["a"], "c": ["a"], "a": []}


def test_levels_hold_what_can_go_side_by_side() -> None:
    assert list_levels(DIAMOND) == [("a",), ("b", "c"), ("d",)]
    assert sort_topologically(DIAMOND) == ("a", "b", "c", "d")


def test_the_mapping_decides_between_equals() -> None:
    assert sort_topologically({"z": [], "y": [], "x": []}) == ("z", "y", "x")


def test_nodes_that_are_only_depended_on_count() -> None:
    assert sort_topologically({"a": ["b"]}) == ("b", "a")
    assert invert({"a": ["b"]}) == {"a": (), "b": ("a",)}


def test_a_cycle_is_a_path_that_ends_where_it_begins() -> None:
    graph = {"x": ["a"], "a": ["b"], "b": ["c"], "c": ["a"]}
    assert find_cycles(graph) == [("a", "b", "c", "a")]
    assert sort_topologically(graph) == ()


def test_a_node_may_depend_on_itself() -> None:
    assert find_cycles({"a": ["a"]}) == [("a", "a")]


def test_a_long_chain_is_no_trouble() -> None:
    chain = {str(number): [str(number + 1)] for number in range(5000)}
    assert find_cycles(chain) == []
    assert len(find_reachable(chain, "0")) == 5000


def test_reach_is_nearest_first_and_leaves_the_start_out() -> None:
    assert find_reachable(DIAMOND, "d") == ("b", "c", "a")
    assert find_reachable({"a": ["b"], "b": ["a"]}, "a") == ("b",)
    assert find_reachable(DIAMOND, "unknown") == ()


@given(graph=GRAPHS)
def test_every_graph_has_an_order_or_a_cycle(graph: dict[str, list[str]]) -> None:
    order = sort_topologically(graph)
    nodes = {*graph, *(needed for needs in graph.values() for needed in needs)}
    assert (set(order) == nodes) == (not find_cycles(graph))
    for node in order:
        assert all(order.index(needed) < order.index(node) for needed in graph.get(node, ()))
    for cycle in find_cycles(graph):
        assert cycle[0] == cycle[-1]
        assert all(after in graph[node] for node, after in pairwise(cycle))


@given(graph=GRAPHS, start=NODES)
def test_dependents_are_the_other_way_round(graph: dict[str, list[str]], start: str) -> None:
    for needed in find_reachable(graph, start):
        assert start in {*find_reachable(invert(graph), needed), needed}
