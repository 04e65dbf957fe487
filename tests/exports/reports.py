"""A trace to be shown, with text that every format must take care of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from headwater.graph.index import ItemKind
from headwater.graph.states import State
from headwater.graph.trace import Coverage, TracedTest
from headwater.operations.tracing.trace_report import (
    TracedComponent,
    TracedDecision,
    TracedFeature,
    TracedItem,
    TracedStory,
    TracedTask,
    TraceReport,
)
from headwater.spec.model import Place

HOSTILE = "=cmd|' /C calc'!A0 <script>alert(1)</script> \x00\x1b[31m \u202etxt.exe ![x](http://x) |"

PAID = TracedItem(
    ref="001/FR-001",
    kind=ItemKind.REQUIREMENT,
    text='It MUST say "yes", and then; no more.',
    place=Place(path="specs/001-wallet/spec.md", line=7, column=5),
    coverage=Coverage.VERIFIED,
    decisions=(TracedDecision(ref="001/D1", title="Whole coins"),),
    components=(
        TracedComponent(ref="001/C1", name="amounts", state=State.FRESH, passed=2),
        TracedComponent(ref="002/C1", name="summary", state=State.STALE, passed=None),
    ),
    tasks=(TracedTask(ref="001/T001", text="Take payments"),),
    files=("src/wallet/amounts.py", "src/report/summary.py"),
    tests=(
        TracedTest(key="FR-001-1f9a03c2", file="tests/001_wallet/test_c1.py", passed=True),
        TracedTest(key="FR-001-w", by_model=True),
    ),
)
LOST = TracedItem(
    ref="001/US1.1",
    kind=ItemKind.SCENARIO,
    text=HOSTILE,
    place=Place(path="specs/001-wallet/spec.md", line=3),
    coverage=Coverage.UNIMPLEMENTED,
    decisions=(),
    components=(),
    tasks=(),
    files=(),
    tests=(),
)
REPORT = TraceReport(
    ref="",
    as_of=datetime(2026, 11, 24, 10, 30, tzinfo=UTC),
    features=(
        TracedFeature(
            number="001", slug="wallet", stories=(TracedStory(ref="001/US1", title="Pay"),)
        ),
    ),
    items=(LOST, PAID),
)
EMPTY = replace(REPORT, features=(), items=(), as_of=None)
