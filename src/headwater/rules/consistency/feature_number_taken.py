"""`feature-number-taken`: the reader finds a feature folder whose number another one has."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.spec.model import Severity

RULE = Rule(
    name="feature-number-taken",
    title="Two feature folders with one number",
    why="`001/FR-001` could be in either. The second folder goes by its whole name until one of "
    "the two is renamed, and refs to it have to be written so.",
    severity=Severity.WARNING,
    bad={
        "plan.md": "# Implementation Plan: Ledger\n",
        "specs/001-report/plan.md": "# Implementation Plan: Report\n",
    },
    good={
        "plan.md": "# Implementation Plan: Ledger\n",
        "specs/002-report/plan.md": "# Implementation Plan: Report\n",
    },
)
