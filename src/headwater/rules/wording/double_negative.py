"""`double-negative`: two negations that the reader has to cancel."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject

_NEGATIONS = frozenset({"not", "never", "cannot", "no", "none", "unless", "without", "neither"})
_DOUBLE = (
    r"\b(?:not|never|cannot)\s+(?:be\s+)?(?:"
    r"fail\s+to|omit|neglect|refuse\s+to|without|un(?:able|available|clear|common|defined|known|"
    r"reachable|readable|usual)|disallow(?:ed)?|impossible|inaccessible|incorrect|invalid|"
    r"nothing|no\s+\w+|not)\b"
    r"|\bunless\b[^,;.:]{0,40}\b(?:not|never|cannot|no)\b"
    r"|\bneither\b[^,;.:]{0,60}\bnot\b"
    r"|^no\b[^,;.:]{0,30}\b(?:must|shall|should|may|is|are)\s+not\b"
)
# `not only … but also` and `whether or not` negate nothing.
_HARMLESS = r"\b(?:whether\s+or\s+not|not\s+only)\b"


def find_double_negatives(subject: FeatureSubject) -> Iterator[Finding]:
    """The first double negative of every sentence."""
    for sentence in subject.statements:
        if sentence.words.isdisjoint(_NEGATIONS):
            continue
        found = re.search(_DOUBLE, sentence.lower)
        if found and not re.search(_HARMLESS, sentence.lower):
            yield Finding(
                place=sentence.place(found.start()),
                message=f"“{sentence.show(found)}” negates twice",
                hint="Say what is to happen, in the affirmative.",
            )


RULE = Rule(
    name="double-negative",
    title="Two negations that the reader has to cancel",
    why="One of them is overlooked sooner or later, by a person or by a model, and then the code "
    "does the opposite.",
    source="INCOSE Guide to Writing Requirements v4, R16",
    severity=Severity.WARNING,
    bad="""\
- **FR-001**: The ledger MUST close an account unless the balance is not zero.
""",
    good="""\
- **FR-001**: The ledger MUST close an account whose balance is zero.
""",
    alone=(
        """\
- **FR-001**: The ledger MUST NOT close an account whose balance is above zero.
""",
        """\
- **FR-001**: When an account does not exist, the ledger MUST NOT create the account.
""",
        """\
- **FR-001**: An account with no entries MUST NOT show a sum.
""",
    ),
    find_in_feature=find_double_negatives,
)
