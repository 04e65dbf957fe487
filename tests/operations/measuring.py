"""A repository whose one row is weak, measured; and what is asked of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.operations.building.more_examples import propose_more
from headwater.operations.check import check
from headwater.operations.strength import StrengthPorts, measure_strength
from headwater.operations.trace import trace
from headwater.rules.settings import RuleSettings
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import (
    FOLDER,
    TARGETS,
    Part,
    Sketch,
    answer_all,
    make_workbench,
    start_checkout,
)
from tests.operations.watching import Watcher

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.graph.strength import RefStrength
    from headwater.operations.building.more_examples import ProposedRow
    from headwater.operations.strength import StrengthReport
    from headwater.spec.model import Problem
    from tests.operations.builders import Checkout

FEE = Part(
    number=1,
    name="fees",
    interface="def fee(minutes: int) -> int: ...",
    code="def fee(minutes: int) -> int:\n    return 0 if minutes < 15 else 4\n",
    rows=(("fee(5)", "0"),),
)
PORTS = StrengthPorts(
    targets=TARGETS, open_workbench=lambda _: make_workbench(), observer=Watcher()
)
RECORD = f"{FOLDER}/headwater.lock/C1.strength.jsonl"


def build_weak(root: Path) -> Checkout:
    """One component with one row, built and measured in a repository that is there."""
    sketch = Sketch(parts=(FEE,))
    checkout = start_checkout(root, sketch)
    assert checkout.build(ScriptedModel(answer_all(sketch))).succeeded
    measure(checkout)
    return checkout


def measure(
    checkout: Checkout, *, most: int = 60, watcher: Watcher | None = None
) -> StrengthReport:
    """Measure everything; no model is asked."""
    ports = replace(PORTS, observer=watcher or Watcher(), most=most)
    return measure_strength(checkout.root, feature="", ports=ports)


def propose(
    checkout: Checkout, strength: RefStrength, *, floor: float = 0.6
) -> tuple[ProposedRow, ...]:
    """The rows that are proposed for one requirement."""
    return propose_more(checkout.root, [strength], floor=floor, ports=PORTS)


def find_weak(checkout: Checkout, *, floor: float = 0.6) -> list[Problem]:
    """What the rule finds."""
    report = check(checkout.root, targets=TARGETS, settings=RuleSettings(example_strength=floor))
    return [one for one in report.findings if one.code == "weak-examples"]


def read_strength(checkout: Checkout) -> RefStrength | None:
    """What a trace says of the one requirement."""
    (item,) = trace(checkout.root, ref="", targets=TARGETS, with_strength=True).items
    return item.strength
