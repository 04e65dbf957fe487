"""`placeholder-text`: TBD, TODO, ??? and the like, where something has yet to be written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.rules.passages import blank_code
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject
    from headwater.spec.model import Source

# Each placeholder holds one of these; to look for them first is much quicker.
_SIGNS = ("TBD", "TBC", "TODO", "FIXME", "XXX", "???", "orem ipsum", "o be d", "o be announced")
_PLACEHOLDER = (
    r"(?<![\w/-])(?:TBD|TBC|TODO|FIXME|XXX+)(?![\w/-]|\s+(?:placeholder|marker)s?\b)"
    r"|(?<!\?)\?{3,}|\b[Ll]orem ipsum\b"
    r"|(?<!continue )\b[Tt]o be (?:determined|decided|announced)\b"
    r"(?!\s+(?:\w+ly\s+)?(?:by|from|at|in)\b)"
)
# A document may speak of such marks: `TODO comments stay as they are`.
_SPOKEN_OF = r"\s+(?:app|comments?|entry|entries|items?|lists?|markers?|notes?|tags?|text)\b"


def find_placeholders(subject: FeatureSubject) -> Iterator[Finding]:
    """Every placeholder in a feature's spec and plan, whatever language they are written in."""
    for document in (subject.feature.spec, subject.feature.plan):
        if document:
            yield from _find_in_document(document.source)


def _find_in_document(source: Source) -> Iterator[Finding]:
    text = source.data.decode(errors="replace")
    if not any(sign in text for sign in _SIGNS):
        return
    text = blank_code(text)
    for found in re.finditer(_PLACEHOLDER, text):
        if not re.compile(_SPOKEN_OF).match(text, found.end()):
            yield Finding(
                place=source.place(len(text[: found.start()].encode())),
                message=f"“{found[0]}” stands where something has yet to be written",
                hint="Write it, or ask: [NEEDS CLARIFICATION: the question].",
            )


RULE = Rule(
    name="placeholder-text",
    title="A placeholder where something has yet to be written",
    why="A model fills the gap with a guess and mentions it to nobody. An open question in its own "
    "form is counted and put to a person.",
    source="INCOSE Guide to Writing Requirements v4, C4 (complete)",
    severity=Severity.WARNING,
    bad="""\
- **FR-001**: The ledger MUST refuse a payment above TBD.
""",
    good="""\
- **FR-001**: The ledger MUST refuse a payment above 1000 EUR.
""",
    alone=(
        """\
- **FR-001**: The ledger MUST print `TODO` for an account without a name.
""",
        """\
- **FR-001**: The ledger MUST list TODO comments of clerks.
""",
        """\
<!-- TODO: ask the bank -->

- **FR-001**: The ledger MUST let the amount to be determined by the bank stay empty, without a
  TBD marker.
""",
    ),
    find_in_feature=find_placeholders,
)
