"""`vague-word`: a word that each reader measures differently."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.spec.ids import IdKind
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject

# ISO/IEC/IEEE 29148:2018, 5.2.7: superlatives, subjective language, vague adverbs and adjectives.
_VAGUE = (
    "adequate|appropriate|as needed|as required|clean|convenient|easily|easy to use|easy|efficient"
    "|efficiently|fast|flexible|friendly|intuitive|intuitively|modern|nice|optimal|quick|quickly"
    "|reasonable|reasonably|reliable|reliably|robust|scalable|seamless|seamlessly|simple"
    "|smooth|smoothly|sufficient|suitable|timely|user-friendly"
)
_WORD = rf"(?i)(?<![\w-])(?:{_VAGUE})(?![\w-])"
# A measure in the same sentence says what the word means: `fast: within 200 ms`.
_MEASURED = r"\d|(?i:\bbecause\b)"
_STATING = (IdKind.REQUIREMENT, IdKind.CRITERION)


def find_vague_words(subject: FeatureSubject) -> Iterator[Finding]:
    """The first vague word of every sentence that gives no measure."""
    for passage in subject.passages:
        if passage.kind not in _STATING or passage.retired or not passage.english:
            continue
        for sentence in passage.sentences():
            found = re.search(_WORD, sentence[0])
            if found and not re.search(_MEASURED, sentence[0]):
                yield Finding(
                    place=passage.place(sentence.start() + found.start()),
                    message=f"“{found[0]}” means something else to every reader",
                    hint="Say how it is measured: a number with its unit, or an example.",
                )


RULE = Rule(
    name="vague-word",
    title="A word that each reader measures differently",
    why="Nobody can test “quickly”: the model guesses, the reviewer nods, and the user meant "
    "something else.",
    source="ISO/IEC/IEEE 29148:2018, 5.2.7; INCOSE Guide to Writing Requirements, R7",
    severity=Severity.WARNING,
    bad="""\
- **FR-001**: When a clerk asks for the balance, the ledger MUST answer quickly.

  | Call | Result |
  | --- | --- |
  | `balance("a")` | `0` |
""",
    good="""\
- **FR-001**: When a clerk asks for the balance, the ledger MUST answer within 200 ms.

  | Call | Result |
  | --- | --- |
  | `balance("a")` | `0` |
""",
    alone=(
        """\
- **FR-001**: When a clerk asks for the balance, the ledger MUST answer with a `quick` flag.

  | Call | Result |
  | --- | --- |
  | `balance("a")` | `0` |
""",
    ),
    find_in_feature=find_vague_words,
)
