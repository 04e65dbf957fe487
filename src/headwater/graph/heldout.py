"""The held-out draw: which tests of a feature no implementing model ever sees."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from headwater.graph.lock import FeatureRecord
    from headwater.graph.units import TestUnit

# Below this number of tests nothing is held out: every one is needed to say what is meant.
_FEWEST = 5


def draw_held_out(
    units: Sequence[TestUnit], *, seed_text: str, share: float = 0.2
) -> frozenset[str]:
    """Keys of the units to hold out: about `share` of them, at least one once there are five.

    The draw depends only on the keys and `seed_text`, not on order or chance. It is spread: of the
    units that one component has for one ref at most every third is drawn, so that what is meant
    can still be seen from the rest. Where that draws none at all, any ref with two units gives one.

    Args:
        units: all units of one feature.
        seed_text: another text, another draw.
        share: between 0 (none) and 1.
    """
    if share <= 0 or len(units) < _FEWEST:
        return frozenset()
    wanted = max(round(len(units) * share), 1)
    ranked = sorted(units, key=lambda unit: _rank(unit.key, seed_text))
    return _draw(ranked, wanted, spare=lambda count: count // 3) or _draw(
        ranked, wanted, spare=lambda count: count - 1
    )


def _draw(
    ranked: Sequence[TestUnit], wanted: int, *, spare: Callable[[int], int]
) -> frozenset[str]:
    """The first `wanted` units, but of every group only as many as `spare` says of its size."""
    sizes = Counter((unit.ref, unit.owner) for unit in ranked)
    left = {group: spare(size) for group, size in sizes.items()}
    drawn: list[str] = []
    for unit in ranked:
        group = (unit.ref, unit.owner)
        if len(drawn) < wanted and left[group] > 0:
            left[group] -= 1
            drawn.append(unit.key)
    return frozenset(drawn)


def visible_keys(record: FeatureRecord | None, units: Iterable[TestUnit]) -> frozenset[str]:
    """Keys of the units that implementing models may see; one that took no part in the draw is.

    Without a record nothing has been drawn, and all are visible.
    """
    hidden = frozenset(record.held_out) if record else frozenset()
    return frozenset(unit.key for unit in units) - hidden


def _rank(key: str, seed_text: str) -> str:
    return sha256(f"{seed_text}\0{key}".encode()).hexdigest()
