"""`item-without-id`: a requirement or criterion that nothing can refer to. The reader finds it."""

from __future__ import annotations

from headwater.rules.completeness.sample import write_requirement, write_spec
from headwater.rules.interface import Rule
from headwater.rules.sample import REQUIREMENTS
from headwater.spec.model import Severity

RULE = Rule(
    name="item-without-id",
    title="A requirement or criterion without an id",
    why="Plan, tasks, tests and approvals refer to ids. What has none is read as prose: no "
    "component implements it, and no check misses it.",
    source="ISO/IEC/IEEE 29148:2018, 5.2.8; docs/formats.md, ids and refs",
    severity=Severity.WARNING,
    bad={
        "spec.md": write_spec(requirements=f"{REQUIREMENTS}\n- The ledger MUST refuse empty names.")
    },
    good={
        "spec.md": write_spec(
            requirements=REQUIREMENTS
            + write_requirement("FR-002", "The ledger MUST refuse empty names.")
        )
    },
    alone=(
        {"spec.md": write_spec(requirements=f"{REQUIREMENTS}\n- See FR-001 for what is added.")},
    ),
)
