"""`vague-word`: a word that each reader measures differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.rules.wording.measures import is_measured
from headwater.rules.wording.phrases import find_phrase
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject

# ISO/IEC/IEEE 29148:2018, 5.2.7: subjective language, ambiguous adverbs and adjectives. What is a
# matter of taste belongs to `unverifiable-word`, and `as appropriate` to `escape-clause`.
_VAGUE = (
    "acceptable|adequate|adequately|appropriate|appropriately|easily|easy to use|easy|efficient"
    "|efficiently|fast|flexible|in a timely manner|meaningful|optimal|quick|quickly"
    "|reasonable|reasonably|reliable|reliably|robust|scalable|significant"
    "|significantly|simple|smooth|smoothly|sufficient|sufficiently|suitable|suitably|timely"
)
_FIXED_TERMS = ("fast path", "quick action", "quick fix", "quick start", "simple mode")
_ESCAPING = frozenset({"as", "if", "when", "where", "whenever", "wherever"})


def find_vague_words(subject: FeatureSubject) -> Iterator[Finding]:
    """The first vague word of every sentence that gives no measure."""
    for sentence in subject.statements:
        found = find_phrase(sentence, _VAGUE)
        if (
            found
            and not is_measured(sentence, found.start())
            and not _is_other(sentence.lower, found.start())
        ):
            yield Finding(
                place=sentence.place(found.start()),
                message=f"“{sentence.show(found)}” means something else to every reader",
                hint="Say how it is measured: a number with its unit, or an example.",
            )


def _is_other(text: str, index: int) -> bool:
    """Whether the word is the end of `as appropriate`, or the beginning of a name."""
    before = text[:index].split()
    return text.startswith(_FIXED_TERMS, index) or (bool(before) and before[-1] in _ESCAPING)


RULE = Rule(
    name="vague-word",
    title="A word that each reader measures differently",
    why="Nobody can test “quickly”: the model guesses, the reviewer nods, and the user meant "
    "something else.",
    source="ISO/IEC/IEEE 29148:2018, 5.2.7; INCOSE Guide to Writing Requirements v4, R7",
    severity=Severity.WARNING,
    bad="""\
- **FR-001**: When a clerk asks for the balance, the ledger MUST answer quickly.
""",
    good="""\
- **FR-001**: When a clerk asks for the balance, the ledger MUST answer within 200 ms.
""",
    alone=(
        """\
- **FR-001**: When a clerk asks for the balance, the ledger MUST answer with a `quick` flag.
""",
        """\
- **FR-001**: The ledger MUST answer fast: within 200 ms.
""",
        """\
- **FR-001**: The ledger MUST offer each entry as a quick action.
""",
        """\
- **FR-001**: The ledger MUST show the message "please be quick".
""",
        """\
- **FR-001** *(retired 2026-11-22: nobody could test it)*: The ledger MUST answer quickly.
""",
    ),
    find_in_feature=find_vague_words,
)
