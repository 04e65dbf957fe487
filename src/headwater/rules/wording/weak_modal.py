"""`weak-modal`: a requirement that demands nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.spec.ids import IdKind
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject

_STRONG = r"\b(?:(?i:must|shall|should|may)|REQUIRED|RECOMMENDED|OPTIONAL)\b"
_WEAK = r"(?i)\b(?:will|can|could|might|would|needs?\s+to|has\s+to|have\s+to|is\s+to|are\s+to)\b"


def find_weak_requirements(subject: FeatureSubject) -> Iterator[Finding]:
    """Every requirement without one of the words that say how binding it is."""
    for passage in subject.passages:
        if passage.kind is not IdKind.REQUIREMENT or passage.retired or not passage.english:
            continue
        if re.search(_STRONG, passage.text):
            continue
        weak = re.search(_WEAK, passage.text)
        found = f"“{' '.join(weak[0].split())}”" if weak else "none of them"
        yield Finding(
            place=passage.place(weak.start() if weak else _find_beginning(passage.text)),
            message=f"expected MUST, SHOULD or MAY in {passage.id}, found {found}",
            hint="Write “MUST” for what has to hold, “SHOULD” where there may be reasons not to.",
        )


def _find_beginning(text: str) -> int:
    return len(text) - len(text.lstrip())


RULE = Rule(
    name="weak-modal",
    title="A requirement that demands nothing",
    why="“Will” foretells and “can” permits. Without MUST, SHOULD or MAY nobody knows whether the "
    "program is wrong when it does otherwise.",
    source="RFC 2119",
    severity=Severity.WARNING,
    bad="""\
- **FR-001**: The ledger will refuse a payment above the balance.
""",
    good="""\
- **FR-001**: The ledger MUST refuse a payment above the balance.
""",
    alone=(
        """\
- **FR-001**: If a payment can be split, then the ledger SHOULD split the payment.
""",
        """\
- **FR-001** (MUST): The ledger refuses a payment above the balance.
""",
        """\
- **FR-001**: Das Kassenbuch weist jede Zahlung zurück, die das Guthaben übersteigt.
""",
    ),
    find_in_feature=find_weak_requirements,
)
