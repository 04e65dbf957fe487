"""`vague-pronoun`: `It`, and the noun is in another sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject

_PRONOUNS = frozenset({"it", "they", "this", "these", "that", "those", "he", "she"})
# A pronoun that begins a sentence stands for something outside; `this rule` names it.
_SUBJECT = (
    r"(?:[-*+]\s+|\d+[.)]\s+)?[*_(]*(it|they|this|these|that|those|he|she)\s+(?:also\s+|then\s+)?"
    r"(?:must|shall|should|may|can|will|is|are|was|has|have|does|do|applies|apply|includes?"
    r"|requires?|means|ensures?|happens|holds|covers?|lets?)\b"
)
# `It is an error to …` stands for what follows.
_EXPLETIVE = (
    r"it\s+(?:is|must\s+be|shall\s+be|should\s+be)\s+(?:an?\s+|not\s+)?\w+\s+(?:to|that|for)\b"
)


def find_vague_pronouns(subject: FeatureSubject) -> Iterator[Finding]:
    """Every sentence whose subject is a pronoun."""
    subject_pattern, expletive = re.compile(_SUBJECT), re.compile(_EXPLETIVE)
    for sentence in subject.statements:
        if sentence.words.isdisjoint(_PRONOUNS):
            continue
        found = subject_pattern.match(sentence.lower)
        if found and not expletive.match(sentence.lower, found.start(1)):
            pronoun = sentence.text[found.start(1) : found.end(1)]
            yield Finding(
                place=sentence.place(found.start(1)),
                message=f"“{pronoun}” stands for something that this sentence does not name",
                hint="Write the noun again.",
            )


RULE = Rule(
    name="vague-pronoun",
    title="A pronoun whose noun is in another sentence",
    why="Where the sentence before names two things, half of the readers take the other one; and a "
    "sentence that is quoted alone says nothing.",
    source="ISO/IEC/IEEE 29148:2018, 5.2.7; INCOSE Guide to Writing Requirements v4, R24",
    severity=Severity.WARNING,
    bad="""\
- **FR-001**: The ledger MUST send the statement to the owner. It should hold all entries.
""",
    good="""\
- **FR-001**: The ledger MUST send the statement to the owner. The statement should hold all
  entries.
""",
    alone=(
        """\
- **FR-001**: When the account is closed, the ledger MUST mark it.
""",
        """\
- **FR-001**: The ledger MUST send a statement. This statement has one line for each entry.
""",
        """\
- **FR-001**: It MUST be possible to list the entries of a closed account.
""",
    ),
    find_in_feature=find_vague_pronouns,
)
