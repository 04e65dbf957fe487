"""`comparison-without-base`: faster, better or more, than nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.rules.wording.measures import is_measured
from headwater.rules.wording.phrases import find_phrase
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject

_COMPARATIVES = (
    "better|cheaper|cleaner|clearer|easier|enhanced|faster|fewer|greater|heavier|improved|larger"
    "|less|lighter|more accurate|more accurately|more efficient|more efficiently|more intuitive"
    "|more often|more readable|more reliable|more reliably|more robust|nicer|quicker|safer|shorter"
    "|simpler|slower|smaller|smoother|stronger|weaker|wider|worse"
)
# What it is compared with: `than the old one`, `compared to`, `the smaller of`, `as before`.
_BASES = frozenset(
    {
        "than",
        "compared",
        "relative",
        "versus",
        "vs",
        "current",
        "currently",
        "existing",
        "previous",
        "previously",
        "before",
        "today",
        "of",
        "or",
        "until",
    }
)
_NO_COMPARISON = frozenset({"no", "or", "never", "not", "much", "regardless"})


def find_bare_comparisons(subject: FeatureSubject) -> Iterator[Finding]:
    """The first comparative of every sentence that names nothing to compare with."""
    for sentence in subject.statements:
        found = find_phrase(sentence, _COMPARATIVES)
        if (
            not found
            or is_measured(sentence, found.start())
            or not sentence.words.isdisjoint(_BASES)
        ):
            continue
        before = sentence.lower[: found.start()].split()
        if not before or before[-1] not in _NO_COMPARISON:
            yield Finding(
                place=sentence.place(found.start()),
                message=f"“{sentence.show(found)}”: than what?",
                hint="Name what it is compared with, or the number that it has to reach.",
            )


RULE = Rule(
    name="comparison-without-base",
    title="A comparison with nothing",
    why="“Faster” is met by a millisecond as well as by a factor of ten. Only what it is compared "
    "with makes it a demand.",
    source="ISO/IEC/IEEE 29148:2018, 5.2.7",
    severity=Severity.WARNING,
    bad="""\
- **FR-001**: When a clerk repeats a search, the ledger MUST show a shorter list.
""",
    good="""\
- **FR-001**: When a clerk repeats a search, the ledger MUST show at most 10 entries.
""",
    alone=(
        """\
- **FR-001**: The ledger MUST refuse a payment that is greater than the balance.
""",
        """\
- **FR-001**: The ledger MUST show the smaller of both amounts.
""",
        """\
- **FR-001**: A closed account MUST no longer accept payments.
""",
        """\
- **FR-001**: The ledger MUST render totals in a larger font: 16 px.
""",
    ),
    find_in_feature=find_bare_comparisons,
)
