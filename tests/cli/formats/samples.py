"""A check that found a little of everything, for the tests of this folder."""

from __future__ import annotations

from dataclasses import replace

from headwater.cli.formats.interface import Checked
from headwater.graph.states import Change, State
from headwater.operations.checking.check_report import Before, CheckReport
from headwater.operations.checking.drift import DriftPlace
from headwater.operations.standing.component_status import ComponentStatus, StatedReason
from headwater.operations.standing.placed_problem import PlacedProblem
from headwater.spec.model import Place, Severity

SPEC_PATH = "specs/001-ledger/spec.md"
PLAN_PATH = "specs/001-ledger/plan.md"
ODD_PATH = "specs/002-grö: 100%, b/spec.md"


def make_problem(
    code: str = "sample-rule",
    *,
    path: str = SPEC_PATH,
    line: int = 7,
    column: int = 0,
    excerpt: str = "",
    message: str = "something is wrong",
    hint: str = "",
    severity: Severity = Severity.ERROR,
    ref: str = "",
    ordinal: int = 1,
) -> PlacedProblem:
    """A finding; its words are those of the excerpt from the column on."""
    return PlacedProblem(
        code=code,
        message=message,
        place=Place(path=path, line=line, column=column),
        hint=hint,
        severity=severity,
        ref=ref,
        excerpt=excerpt,
        words=" ".join(excerpt[max(column - 1, 0) :].split()[:8]),
        ordinal=ordinal,
    )


def make_checked(*findings: PlacedProblem, **changes: object) -> Checked:
    """A check of one feature without components that found this."""
    report = CheckReport(
        features=1,
        components=0,
        documents=(SPEC_PATH, PLAN_PATH),
        findings=findings,
        unsettled=(),
    )
    return Checked(report=replace(report, **changes))  # type: ignore[arg-type]


FINDINGS = (
    make_problem(
        "other-rule",
        line=7,
        column=26,
        excerpt="- **FR-001**: 漢字 MUST be\tquick, {0} [x](1)",
        message="“quick” is: 100% unclear,\nto everyone",
        hint="Say how it is measured.",
        severity=Severity.WARNING,
        ref="001/FR-001",
    ),
    make_problem(
        line=9,
        column=3,
        excerpt="  | `f(1)` |",
        message="expected 2 cells, found 1",
        hint="Give every column a cell; — means any.",
        ref="001/FR-001",
    ),
    make_problem(
        line=12,
        column=3,
        excerpt="  | `f(1)` |",
        message="expected 2 cells, found 1",
        ref="001/FR-001",
        ordinal=2,
    ),
    make_problem(path=ODD_PATH, line=1, message="a bell \x07 and a \udcff surrogate"),
)

STALE = ComponentStatus(
    ref="001/C1",
    name="ledger",
    files=("src/ledger.py",),
    state=State.STALE,
    reasons=(
        StatedReason(text="001/C1 changed", subject="001/C1", change=Change.CHANGED),
        StatedReason(text="001/FR-001 added", subject="001/FR-001", change=Change.ADDED),
    ),
)

SAMPLE = Checked(
    report=CheckReport(
        features=2,
        components=1,
        documents=(PLAN_PATH, SPEC_PATH, ODD_PATH, "specs/003-sound/spec.md"),
        findings=FINDINGS,
        unsettled=(STALE,),
        places={
            STALE.ref: DriftPlace(Place(path=PLAN_PATH, line=9, column=1), "### C1: ledger"),
        },
    )
)

COMPARED = replace(
    SAMPLE,
    report=replace(SAMPLE.report, before=Before(commit="1f9a03c2" * 5, findings=14, unsettled=1)),
)
