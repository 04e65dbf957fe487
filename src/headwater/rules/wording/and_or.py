"""`and-or`: `and/or`, which is two requirements or none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject

_AND_OR = r"\b(?:and\s?/\s?or|or\s?/\s?and)\b"


def find_and_or(subject: FeatureSubject) -> Iterator[Finding]:
    """The first `and/or` of every sentence."""
    for sentence in subject.statements:
        if "/" in sentence.lower and {"and", "or"} <= sentence.words:
            found = re.search(_AND_OR, sentence.lower)
            if found:
                yield Finding(
                    place=sentence.place(found.start()),
                    message=f"“{sentence.show(found)}” is read as “and” by some, as “or” by others",
                    hint="Write “and”, “or”, “either … or”, or “at least one of”.",
                )


RULE = Rule(
    name="and-or",
    title="An “and/or”, which is two requirements or none",
    why="A program that does only one of the two meets it for one reader and fails for the next.",
    source="ISO/IEC/IEEE 29148:2018, 5.2.7; INCOSE Guide to Writing Requirements v4, R15 and R17",
    severity=Severity.WARNING,
    bad="""\
- **FR-001**: The ledger MUST name the account and/or the owner.
""",
    good="""\
- **FR-001**: The ledger MUST name at least one of account and owner.
""",
    alone=(
        """\
- **FR-001**: The ledger MUST accept the path `and/or`.
""",
        """\
- **FR-001**: The ledger MUST show income/expenses and dates or notes.
""",
    ),
    find_in_feature=find_and_or,
)
