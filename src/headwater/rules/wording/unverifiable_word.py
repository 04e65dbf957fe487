"""`unverifiable-word`: a superlative, an absolute or a matter of taste, which no test decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.rules.wording.measures import is_measured
from headwater.rules.wording.obligations import find_obligation
from headwater.rules.wording.phrases import find_phrase
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject
    from headwater.rules.sentences import Sentence

_TASTE = (
    "attractive|beautiful|beautifully|convenient|conveniently|delightful|elegant|elegantly"
    "|intuitive|intuitively|modern|nice|nicely|pleasant|polished|seamless|seamlessly|self-evident"
    "|self-explanatory|user-friendly"
    "|correctly|gracefully|properly"
)
_SUPERLATIVES = (
    "best|best-in-class|best possible|cutting-edge|high-quality|highest quality|ideal|ideally"
    "|perfect|perfectly|state of the art|state-of-the-art|world-class"
)
# `never` and `always` are sound where a test can show the one case that breaks them.
_ABSOLUTES = (
    "always available|always be available|always responsive|bug-free|completely secure|error-free"
    "|foolproof|fully secure|infinite|infinitely|unlimited|under all circumstances"
)
_WORDS = f"{_TASTE}|{_SUPERLATIVES}|{_ABSOLUTES}"
_FIXED_TERMS = ("best practice", "best-effort", "best effort", "best match")


def find_unverifiable_words(subject: FeatureSubject) -> Iterator[Finding]:
    """The first such word of every sentence that gives no measure."""
    for sentence in subject.statements:
        found = find_phrase(sentence, _WORDS)
        if not found or is_measured(sentence, found.start()) or _is_given(sentence, found.start()):
            continue
        if not sentence.lower.startswith(_FIXED_TERMS, found.start()):
            yield Finding(
                place=sentence.place(found.start()),
                message=f"no test can decide whether something is “{sentence.show(found)}”",
                hint="Say what a tester would see: steps, a number, or an example.",
            )


def _is_given(sentence: Sentence, index: int) -> bool:
    """Whether the word stands before the obligation, in what the requirement starts from."""
    obligation = find_obligation(sentence)
    return obligation is not None and index < obligation.start()


RULE = Rule(
    name="unverifiable-word",
    title="A word that no test decides",
    why="A superlative, an absolute or a matter of taste is never met and never missed, so the "
    "requirement is done whenever somebody says so.",
    source="ISO/IEC/IEEE 29148:2018, 5.2.7; INCOSE Guide to Writing Requirements v4, R26 and R34",
    severity=Severity.WARNING,
    bad="""\
- **FR-001**: The ledger MUST offer a user-friendly list of entries.
""",
    good="""\
- **FR-001**: The ledger MUST list all entries of an account on one page, newest first.
""",
    alone=(
        """\
- **FR-001**: The ledger MUST offer a user-friendly list of entries: each is reached in 2 steps.
""",
        """\
- **FR-001**: The ledger MUST never delete an entry.
""",
        """\
- **FR-001**: Accounts that other programs show correctly MUST stay as they are.
""",
        """\
- **FR-001**: The ledger MUST return the best match for the name of an account.
""",
        """\
- **FR-001**: The ledger MUST always sort entries by date.
""",
    ),
    find_in_feature=find_unverifiable_words,
)
