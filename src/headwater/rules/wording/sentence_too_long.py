"""`sentence-too-long`: a sentence that nobody holds in the head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject


def find_long_sentences(subject: FeatureSubject) -> Iterator[Finding]:
    """Every sentence with more words than the settings allow; code and quotations do not count."""
    most = subject.settings.sentence_words
    for sentence in subject.statements:
        words = len(sentence.text.split()) if len(sentence.text) > most else 0
        if words > most:
            yield Finding(
                place=sentence.place(),
                message=f"this sentence has {words} words; {most} are allowed",
                hint="Make a requirement of each thing that it demands, or a list of its parts.",
            )


RULE = Rule(
    name="sentence-too-long",
    title="A sentence that nobody holds in the head",
    why="Who reads a long sentence checks its beginning and its end. What stands in the middle is "
    "built by luck. `rules.sentence_words` sets the bound.",
    source="INCOSE Guide to Writing Requirements v4, R18 (a single thought in a sentence)",
    severity=Severity.WARNING,
    bad="""\
- **FR-001**: When a clerk asks for the balance of an account that holds entries of several owners
  in different currencies from more than one year, the ledger MUST answer with the sum of all
  entries of the owner whose name stands first in the list of owners of that account in the order
  of the register of the bank.
""",
    good="""\
- **FR-001**: When a clerk asks for the balance of a shared account, the ledger MUST answer with the
  sum of the first owner's entries. The first owner is the one whose name stands first in the
  register of the bank.
""",
    alone=(
        """\
- **FR-001**: The ledger MUST offer these figures for every account that a clerk asks for:
  - the sum of all entries of the account since the beginning of the current year
  - the sum of all entries of the account since the beginning of the current month
  - the sum of all entries of the account since the beginning of the current week
""",
    ),
    find_in_feature=find_long_sentences,
)
