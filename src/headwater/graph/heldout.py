"""The held-out draw: which tests of a feature no implementing model ever sees."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from headwater.graph.lock import FeatureRecord
    from headwater.graph.units import TestUnit

# Below this number of tests nothing is held out: every one is needed to say what is meant.
_FEWEST = 5


def draw_held_out(
    units: Sequence[TestUnit], *, seed_text: str, share: float = 0.2
) -> frozenset[str]:
    """Keys of the units to hold out: about `share` of them, at least one once there are five.

    The draw depends only on the keys and `seed_text`, not on order or chance. Every ref keeps a
    visible unit, so fewer are drawn where most refs have only one.

    Args:
        units: all units of one feature.
        seed_text: another text, another draw.
        share: between 0 (none) and 1.
    """
    if share <= 0 or len(units) < _FEWEST:
        return frozenset()
    wanted = max(round(len(units) * share), 1)
    visible: dict[str, int] = {}
    for unit in units:
        visible[unit.ref] = visible.get(unit.ref, 0) + 1
    drawn: set[str] = set()
    for unit in sorted(units, key=lambda unit: _rank(unit.key, seed_text)):
        if len(drawn) < wanted and visible[unit.ref] > 1:
            visible[unit.ref] -= 1
            drawn.add(unit.key)
    return frozenset(drawn)


def visible_keys(record: FeatureRecord | None, units: Iterable[TestUnit]) -> frozenset[str]:
    """Keys of the units that implementing models may see; one that took no part in the draw is.

    Without a record nothing has been drawn, and all are visible.
    """
    hidden = frozenset(record.held_out) if record else frozenset()
    return frozenset(unit.key for unit in units) - hidden


def _rank(key: str, seed_text: str) -> str:
    return sha256(f"{seed_text}\0{key}".encode()).hexdigest()
