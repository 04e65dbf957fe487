"""`unimplemented-requirement`: the graph finds a requirement that no component implements."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN
from headwater.spec.model import Severity

RULE = Rule(
    name="unimplemented-requirement",
    title="A requirement that no component of the plan implements",
    why="It stands in the spec, looks agreed, and is never built.",
    source="ISO/IEC/IEEE 29148:2018, 5.2.8.2 (traceability)",
    severity=Severity.WARNING,
    bad={"plan.md": PLAN.replace("**Implements**: FR-001", "**Implements**: US1.1")},
    good={"plan.md": PLAN},
    alone=(
        # Without components the plan says of no requirement where it is built.
        {"plan.md": "# Implementation Plan: Ledger\n"},
    ),
)
