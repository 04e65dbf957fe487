"""`number-without-unit`: `within 200`, of what?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject

# Where a number measures time or size. A bare count (`at least 1`, `exits 0`) has no unit.
_MEASURING = (
    r"\b(?:within|every|after|no\s+longer\s+than|(?:timeout|delay|latency|duration|interval|period"
    r"|retention|lifetime|size|length|width|height|weight|speed|rate|memory|limit|margin|padding)"
    r"\s+(?:of|is|below|under|above|over)(?:\s+(?:at\s+(?:least|most)|exactly|less\s+than|more"
    r"\s+than|up\s+to))?)\s+"
)
_BARE_NUMBER = (
    r"(\d[\d,]*(?:\.\d+)?)(?=\s*(?:[.,;:)!?](?!\d)|$)|\s+(?:and|or|when|if|while|in|for)\b)"
)
_PATTERN = _MEASURING + _BARE_NUMBER


def find_bare_numbers(subject: FeatureSubject) -> Iterator[Finding]:
    """Every number that measures something and has no unit behind it."""
    for sentence in subject.statements:
        if not re.search(r"\d", sentence.text):
            continue
        for found in re.finditer(_PATTERN, sentence.lower):
            if found[1] != "0":
                yield Finding(
                    place=sentence.place(found.start(1)),
                    message=f"“{sentence.show(found)}” has no unit",
                    hint="Write the unit behind the number: `200 ms`, `5 MB`, `3 steps`.",
                )


RULE = Rule(
    name="number-without-unit",
    title="A measure without its unit",
    why="Seconds and milliseconds differ by a thousand, and the test is written with one of them.",
    source="INCOSE Guide to Writing Requirements v4, R6",
    severity=Severity.WARNING,
    bad="""\
- **FR-001**: When a clerk asks for the balance, the ledger MUST answer within 200.
""",
    good="""\
- **FR-001**: When a clerk asks for the balance, the ledger MUST answer within 200 ms.
""",
    alone=(
        """\
- **FR-001**: The ledger MUST refuse a name whose length is above 200 characters.
""",
        """\
- **FR-001**: When a payment fails, the ledger MUST end with exit code 1.
""",
        """\
- **FR-001**: The ledger MUST keep at least 1.
""",
        """\
- **FR-001**: The ledger MUST answer within 1.5 s, after 2 attempts at most.
""",
        """\
- **FR-001**: The ledger MUST close accounts after 2026-11-22.
""",
    ),
    find_in_feature=find_bare_numbers,
)
