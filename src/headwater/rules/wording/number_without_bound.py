"""`number-without-bound`: about five, several, a few; where does it end?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.rules.wording.obligations import find_obligation
from headwater.rules.wording.phrases import find_phrase
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject
    from headwater.rules.sentences import Sentence

_ABOUT = (
    r"(?:\b(?:about|around|approximately|approx\.?|roughly|nearly|almost|circa|some)\s+|~\s?)\d"
)
_ABOUT_WORDS = frozenset(
    {"about", "around", "approximately", "approx", "roughly", "nearly", "almost", "circa", "some"}
)
# `± 1` and the like bound it after all.
_TOLERANCE = r"±|\+/-|\bplus\s+or\s+minus\b|\bat\s+(?:least|most)\b|\bbetween\b|\bwithin\s+\d"
_AMOUNTS = (
    "a bunch of|a couple of|a few|a handful of|a large amount of|a large number of|a lot of"
    "|a small amount of|a small number of|a variety of|any number of|large amounts of|large data"
    "|large datasets|large files|large numbers of|large volumes|lots of|many|numerous|plenty of"
    "|several"
)
# `as many as`, `how many` and `many-to-many` ask for no bound.
_COUNTED = frozenset({"as", "how", "so", "too", "one", "that"})


def find_unbounded_numbers(subject: FeatureSubject) -> Iterator[Finding]:
    """The first amount without bounds in what each sentence demands."""
    for sentence in subject.statements:
        found = _find_about(sentence) or _find_amount(sentence)
        if found:
            yield Finding(
                place=sentence.place(found.start()),
                message=f"“{sentence.show(found)}” has no bounds",
                hint="Give the smallest and the largest value that is right.",
            )


def _find_about(sentence: Sentence) -> re.Match[str] | None:
    """`about 5`, wherever it stands."""
    if "~" not in sentence.lower and sentence.words.isdisjoint(_ABOUT_WORDS):
        return None
    found = re.search(_ABOUT, sentence.lower)
    return found if found and not re.search(_TOLERANCE, sentence.lower) else None


def _find_amount(sentence: Sentence) -> re.Match[str] | None:
    """`several` in what is demanded; in a condition it means “more than one”."""
    found = find_phrase(sentence, _AMOUNTS)
    obligation = find_obligation(sentence) if found else None
    if not found or not obligation or found.start() < obligation.start():
        return None
    before = sentence.lower[obligation.end() : found.start()].split()
    listed = ":" in sentence.lower[obligation.end() : found.start()]
    subordinate = not {"when", "if", "while", "where", "that", "which"}.isdisjoint(before)
    return None if listed or subordinate or (before and before[-1] in _COUNTED) else found


RULE = Rule(
    name="number-without-bound",
    title="An amount without bounds",
    why="A test needs the value at which it turns from right to wrong; “about 5” and “several” "
    "have none.",
    source="INCOSE Guide to Writing Requirements v4, R7 and R33",
    severity=Severity.WARNING,
    bad="""\
- **FR-001**: When a clerk opens an account, the ledger MUST show about 5 entries.
""",
    good="""\
- **FR-001**: When a clerk opens an account, the ledger MUST show the latest 5 entries.
""",
    alone=(
        """\
- **FR-001**: The ledger MUST show 5 entries ± 1 entry.
""",
        """\
- **FR-001**: When a clerk marks several entries, the ledger MUST show the sum of all marked ones.
""",
        """\
- **FR-001**: The ledger MUST be tested with these accounts: no entry, one entry, many entries.
""",
        """\
- **FR-001**: The ledger MUST show as many entries as the page holds.
""",
        """\
- **FR-001**: The ledger MUST print a note about 2 entries with the same date at most once.
""",
    ),
    find_in_feature=find_unbounded_numbers,
)
