"""What a change touches: everything that network lead to, how hard, and by which shortest path."""

from __future__ import annotations

from collections import ChainMap, deque
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from headwater.graph.network import ArcKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from headwater.graph.network import Arc, Network, NodeKind


class Effect(Enum):
    """What a change does to a node, strongest first."""

    CHANGED = "changed"
    REDECLARED = "derived again, with another interface"
    REGENERATED = "derived again"
    VERIFIED = "verified again; derived again only if an interface that it uses changes"
    CHECKED = "checked and verified again; derived again only if it breaks the article"
    REVIEWED = "to be looked at, since what it speaks of changes"
    POSSIBLE = "touched only if what stands before it in its path changes too"
    DOUBTFUL = "verified again only if what stands before it in its path changes too"


_STRENGTH = {effect: number for number, effect in enumerate(Effect)}

# What a document that changes does to what a arc leads to.
_FROM_CHANGED = {
    ArcKind.IMPLEMENTS: Effect.REGENERATED,
    ArcKind.CONTEXT: Effect.REGENERATED,
    ArcKind.WRITTEN: Effect.REGENERATED,
    ArcKind.EXAMPLE: Effect.VERIFIED,
    ArcKind.CONSTRAINS: Effect.CHECKED,
    ArcKind.SOURCE: Effect.REVIEWED,
    ArcKind.SCENARIO: Effect.REVIEWED,
    ArcKind.REFINES: Effect.REVIEWED,
    ArcKind.MENTIONS: Effect.REVIEWED,
    ArcKind.CHANGES: Effect.REVIEWED,
    ArcKind.SERVES: Effect.REVIEWED,
    ArcKind.DECIDES: Effect.REVIEWED,
    ArcKind.NAMES: Effect.REVIEWED,
}
# What a component or test that is derived again does to what a arc leads to.
_FROM_REGENERATED = {
    ArcKind.FILE: Effect.REGENERATED,
    ArcKind.HOLDS: Effect.REGENERATED,
    ArcKind.COUNTS: Effect.REGENERATED,
    ArcKind.JUDGES: Effect.VERIFIED,
    ArcKind.DEPENDS: Effect.VERIFIED,
}
# Whoever uses an interface that is another one follows.
_FROM_REDECLARED = {**_FROM_REGENERATED, ArcKind.DEPENDS: Effect.REGENERATED}
# A component that is merely verified again keeps its files.
_FROM_VERIFIED = {ArcKind.JUDGES: Effect.VERIFIED, ArcKind.DEPENDS: Effect.VERIFIED}
_FROM_CHECKED = {
    ArcKind.JUDGES: Effect.VERIFIED,
    ArcKind.FILE: Effect.POSSIBLE,
    ArcKind.DEPENDS: Effect.DOUBTFUL,
}
# Nobody knows whether what is looked at will change: all that follows is merely possible.
_FROM_REVIEWED = {
    **dict.fromkeys(ArcKind, Effect.POSSIBLE),
    ArcKind.JUDGES: Effect.DOUBTFUL,
    ArcKind.DEPENDS: Effect.DOUBTFUL,
}
_FROM_DOUBTFUL = {ArcKind.JUDGES: Effect.DOUBTFUL, ArcKind.DEPENDS: Effect.DOUBTFUL}
_PASSED_ON = {
    Effect.CHANGED: _FROM_CHANGED,
    Effect.REDECLARED: _FROM_REDECLARED,
    Effect.REGENERATED: _FROM_REGENERATED,
    Effect.VERIFIED: _FROM_VERIFIED,
    Effect.CHECKED: _FROM_CHECKED,
    Effect.REVIEWED: _FROM_REVIEWED,
    Effect.POSSIBLE: _FROM_REVIEWED,
    Effect.DOUBTFUL: _FROM_DOUBTFUL,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Touched:
    """A node that a change touches; `path` are the network from what is changed to it, in order."""

    node: str
    kind: NodeKind
    effect: Effect
    path: tuple[Arc, ...]


_State = tuple[str, Effect]


def find_impact(
    network: Network,
    changed: Iterable[tuple[str, Effect]],
    *,
    past: Network | None = None,
    depth: int = 0,
) -> list[Touched]:
    """Everything that changes touch, what is changed itself included.

    A node is told once, with its strongest effect and the shortest path that gives it; strongest
    effects come first, and nearer nodes before those farther off.

    Args:
        network: the graph.
        changed: where changes begin, each with what is done there: `CHANGED` for a document's
            item, `REGENERATED` for a component or test that is derived anew, `REDECLARED` for a
            component whose interface is known to change.
        past: the graph before; what a change took out has its arcs there alone.
        depth: how many arcs a path may have; 0 for any number.
    """
    networks = (past, network) if past else (network,)
    reached = _walk(networks, changed, depth=depth)
    kinds = ChainMap(*(one.kinds for one in reversed(networks)))
    strongest: dict[str, _State] = {}
    for node, effect in reached:
        known = strongest.get(node)
        if known is None or _STRENGTH[effect] < _STRENGTH[known[1]]:
            strongest[node] = (node, effect)
    found = [
        Touched(
            node=node,
            kind=kinds[node],
            effect=effect,
            path=tuple(_trace_back(reached, (node, effect))),
        )
        for node, effect in strongest.values()
    ]
    return sorted(found, key=lambda one: (_STRENGTH[one.effect], len(one.path)))


def _walk(
    networks: Sequence[Network], changed: Iterable[_State], *, depth: int
) -> dict[_State, tuple[_State, Arc] | None]:
    """Breadth first over nodes with their effects, so that the first way to each is a shortest.

    Each state comes with the one before it and the arc between them.
    """
    reached: dict[_State, tuple[_State, Arc] | None] = {
        state: None for state in changed if any(state[0] in one.kinds for one in networks)
    }
    queue = deque((state, 0) for state in reached)
    while queue:
        state, length = queue.popleft()
        if depth and length == depth:
            continue
        node, effect = state
        for arc in (arc for one in networks for arc in one.onward.get(node, ())):
            passed = _PASSED_ON[effect].get(arc.kind)
            following = (arc.target, passed) if passed else None
            if following and following not in reached:
                reached[following] = (state, arc)
                queue.append((following, length + 1))
    return reached


def _trace_back(reached: dict[_State, tuple[_State, Arc] | None], state: _State) -> Iterator[Arc]:
    way: list[Arc] = []
    before = reached[state]
    while before is not None:
        way.append(before[1])
        before = reached[before[0]]
    return reversed(way)
