"""Order in a directed graph, given as a mapping from each node to the nodes that it depends on.

Nodes that are depended on but are no keys count as nodes without dependencies. All answers follow
the order of the mapping, so they are the same in every run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def list_levels(graph: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """Nodes in levels: each depends only on nodes of earlier levels (Kahn 1962).

    Nodes on a cycle, and those that depend on one, are in no level.
    """
    waiting = {node: len(set(needs)) for node, needs in _complete(graph).items()}
    dependents = invert(graph)
    levels: list[tuple[str, ...]] = []
    ready = [node for node, missing in waiting.items() if not missing]
    rank = {node: number for number, node in enumerate(waiting)}
    while ready:
        levels.append(tuple(ready))
        freed = []
        for node in ready:
            for dependent in dependents.get(node, ()):
                waiting[dependent] -= 1
                if not waiting[dependent]:
                    freed.append(dependent)
        ready = sorted(freed, key=rank.__getitem__)
    return levels


def sort_topologically(graph: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Every node after all that it depends on; nodes that no order suits are left out."""
    return tuple(node for level in list_levels(graph) for node in level)


def find_cycles(graph: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """Cycles as paths that end where they begin: `("C1", "C2", "C1")`.

    One for every dependency that leads back during a depth-first walk: enough to break them all,
    not every combination there is.
    """
    cycles: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in graph:
        if start in done:
            continue
        path = {start: iter(graph[start])}  # the nodes on the way, each with what is left of it
        while path:
            node, rest = next(reversed(path.items()))
            needed = next(rest, None)
            if needed is None:
                del path[node]
                done.add(node)
            elif needed in path:
                way = list(path)
                cycles.append((*way[way.index(needed) :], needed))
            elif needed not in done:
                path[needed] = _needs(graph, needed)
    return cycles


def find_reachable(graph: Mapping[str, Iterable[str]], start: str) -> tuple[str, ...]:
    """All that `start` depends on, directly or not, nearest first; `start` itself is not in it."""
    seen = {start: None}
    queue = [start]
    for node in queue:
        for needed in graph.get(node, ()):
            if needed not in seen:
                seen[needed] = None
                queue.append(needed)
    return tuple(queue[1:])


def invert(graph: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """The same graph the other way round: each node to those that depend on it."""
    dependents: dict[str, dict[str, None]] = {node: {} for node in _complete(graph)}
    for node, needs in graph.items():
        for needed in needs:
            dependents[needed][node] = None
    return {node: tuple(others) for node, others in dependents.items()}


def _complete(graph: Mapping[str, Iterable[str]]) -> dict[str, Iterable[str]]:
    nodes: dict[str, Iterable[str]] = dict(graph)
    for needs in graph.values():
        for needed in needs:
            nodes.setdefault(needed, ())
    return nodes


def _needs(graph: Mapping[str, Iterable[str]], node: str) -> Iterator[str]:
    return iter(graph.get(node, ()))
