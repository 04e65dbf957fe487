"""`passive-without-actor`: `MUST be approved`, and nobody knows by whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.rules.wording.obligations import CONDITIONS, MODALS
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject

# Where a person, the program and another program could each be meant. What can only be the program
# (`MUST be sorted`, `MUST be saved`) needs no actor.
_DEEDS = (
    r"approved|assessed|audited|authenticated|authori[sz]ed|checked|confirmed|decided|escalated"
    r"|evaluated|informed|inspected|monitored|notified|reviewed|signed off|validated|verified"
)
_PASSIVE = rf"\b(?:must|shall|should)\s+(?:always\s+|\w+ly\s+)?be\s+(?:\w+ly\s+)?({_DEEDS})\b"
_ACTORS = frozenset({"by", "via", "through", "using", "with", "against"}) | CONDITIONS


def find_missing_actors(subject: FeatureSubject) -> Iterator[Finding]:
    """Every passive deed in a sentence that names neither an actor, a means, nor a condition."""
    for sentence in subject.statements:
        words = sentence.words
        if words.isdisjoint(MODALS) or "be" not in words or not words.isdisjoint(_ACTORS):
            continue
        found = re.search(_PASSIVE, sentence.lower)
        if found:
            yield Finding(
                place=sentence.place(found.start()),
                message=f"“{sentence.show(found)}” does not say by whom",
                hint="Make whoever does it the subject: “The ledger MUST …”.",
            )


RULE = Rule(
    name="passive-without-actor",
    title="A deed without anybody who does it",
    why="“Payments MUST be approved” is met by a clerk, by the program and by the bank. Each "
    "reader thinks that another one does it.",
    source="INCOSE Guide to Writing Requirements v4, R2 and R3",
    severity=Severity.WARNING,
    bad="""\
- **FR-001**: Every payment MUST be approved.
""",
    good="""\
- **FR-001**: A second clerk MUST approve every payment.
""",
    alone=(
        """\
- **FR-001**: Every payment MUST be approved by a second clerk.
""",
        """\
- **FR-001**: Entries MUST be sorted by date.
""",
        """\
- **FR-001**: When a clerk books a payment, the amount MUST be checked.
""",
        """\
- **FR-001**: Entries MUST be saved in a file of their own.
""",
    ),
    find_in_feature=find_missing_actors,
)
