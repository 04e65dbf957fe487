"""A change that no example notices, and the row that would, on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.cli.render import clean
from headwater.graph.strength import describe_survivor

if TYPE_CHECKING:
    from headwater.graph.strength import Survivor


def render_survivor(survivor: Survivor) -> str:
    """``src/pay.py:12: `a < b` became `a <= b`; `pay(3)` → `4` would tell``."""
    told = f"; {survivor.call} → {survivor.result} would tell" if survivor.call else ""
    return clean(f"{describe_survivor(survivor)}{told}")
