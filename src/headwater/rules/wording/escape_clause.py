"""`escape-clause`: words that let whoever builds it decide whether to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.rules.wording.phrases import find_phrase
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject

_CLAUSES = (
    "as applicable|as appropriate|as far as possible|as far as practicable|as little as possible"
    "|as much as possible|as necessary|as needed|as required|if applicable|if appropriate"
    "|if at all possible|if feasible|if it should prove necessary|if necessary|if needed"
    "|if possible|if practicable|if practical|if required|so far as is possible"
    "|to the extent necessary|to the extent possible|to the extent practical|unless impractical"
    "|when applicable|when appropriate|when feasible|when necessary|when needed|when possible"
    "|when practical|when required|whenever possible|where applicable|where appropriate"
    "|where feasible|where necessary|where needed|where possible|where practical|where required"
    "|wherever possible"
)
# `as required by FR-003` names who decides.
_DECIDED = r"\s+(?:by|for|to|from|under|in)\s"


def find_escape_clauses(subject: FeatureSubject) -> Iterator[Finding]:
    """The first escape clause of every sentence."""
    for sentence in subject.statements:
        found = find_phrase(sentence, _CLAUSES)
        if found and not re.compile(_DECIDED).match(sentence.lower, found.end()):
            yield Finding(
                place=sentence.place(found.start()),
                message=f"“{sentence.show(found)}” lets whoever builds it decide",
                hint="Say in which cases it is demanded, or take it out.",
            )


RULE = Rule(
    name="escape-clause",
    title="Words that let whoever builds it decide whether to",
    why="What holds “where possible” holds nowhere: a program that never does it meets the "
    "requirement too.",
    source="ISO/IEC/IEEE 29148:2018, 5.2.7 (loopholes); "
    "INCOSE Guide to Writing Requirements v4, R8",
    severity=Severity.WARNING,
    bad="""\
- **FR-001**: The ledger MUST show the name of the account where possible.
""",
    good="""\
- **FR-001**: Where an account has a name, the ledger MUST show the name.
""",
    alone=(
        """\
- **FR-001**: The ledger MUST round amounts as required by SC-001.
""",
        """\
- **FR-001**: The ledger MUST accept every amount that is possible in whole cents.
""",
        """\
- **FR-001**: The ledger MUST show the hint "pay if possible".
""",
    ),
    find_in_feature=find_escape_clauses,
)
