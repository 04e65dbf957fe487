"""`not-atomic`: one requirement that demands two things."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.spec.ids import IdKind
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject
    from headwater.rules.passages import Passage

# In capitals only: a `must` in lower case often explains. What stands in brackets belongs to
# the obligation before it.
_OBLIGATION = r"\b(?:MUST|SHALL)\b"
_BRACKETS = r"\([^()]*\)"
# `MUST do this and MUST NOT do that` says one thing from both sides.
_OTHER_SIDE = r"\s+NOT\b|\s+(?:never|only)\b"
# Behind a dash or a colon the same thing is explained, up to the end of the clause.
_EXPLAINING = r"(?:\s[—–]\s|:\s)[^.;]*\Z"


def find_compound_requirements(subject: FeatureSubject) -> Iterator[Finding]:
    """The second obligation of every requirement that has one."""
    for passage in subject.passages:
        if passage.kind is not IdKind.REQUIREMENT or passage.retired or not passage.english:
            continue
        obligations = list(_find_obligations(passage))
        if len(obligations) > 1:
            yield Finding(
                place=passage.place(obligations[1]),
                message=f"{passage.id} demands {len(obligations)} things; here begins the second",
                hint="Give each its own requirement, so that each can be tested and retired alone.",
            )


def _find_obligations(passage: Passage) -> Iterator[int]:
    """Where each new demand stands; the other side of the one before it is none."""
    text = re.sub(_BRACKETS, lambda match: " " * len(match[0]), passage.text)
    body = _find_body(passage)
    # A heading names the requirement; what the text below it demands is not demanded twice.
    begin = body if re.search(_OBLIGATION, text[body:]) else 0
    end = 0
    for match in re.compile(_OBLIGATION).finditer(text, begin):
        explains = end and re.search(_EXPLAINING, text[end : match.start()])
        if not end or not (explains or re.compile(_OTHER_SIDE).match(text, match.end())):
            yield match.start()
        end = match.end()


def _find_body(passage: Passage) -> int:
    """Where the text below a passage's heading begins; at its beginning where it has none."""
    headed = passage.source.data.startswith(b"#", passage.start)
    return passage.text.find("\n") + 1 if headed else 0


RULE = Rule(
    name="not-atomic",
    title="One requirement that demands two things",
    why="When one half works and the other does not, the requirement is neither met nor missed, "
    "and neither half can be changed, tested or retired without the other.",
    source="ISO/IEC/IEEE 29148:2018, 5.2.5 (singular); "
    "INCOSE Guide to Writing Requirements v4, R18",
    severity=Severity.WARNING,
    bad="""\
- **FR-001**: The ledger MUST store each entry and MUST mail the statement of the month.
""",
    good="""\
- **FR-001**: The ledger MUST store each entry.
- **FR-002**: The ledger MUST mail the statement of the month.
""",
    alone=(
        """\
- **FR-001**: The ledger MUST keep closed accounts and MUST NOT delete their entries.
""",
        """\
- **FR-001**: The ledger MUST store date and amount of each entry (both MUST be present).
""",
        """\
- **FR-001**: The sum MUST be stable — the same entries MUST give the same sum.
""",
        """\
- **FR-001** (MUST): The ledger MUST store each entry.
""",
        # A heading says in short what its text says.
        """\
#### FR-001: The ledger MUST store entries

The ledger MUST store the date and the amount of each entry.
""",
        """\
- **FR-001**: The ledger MUST print "MUST" and `MUST` as they are.
""",
    ),
    find_in_feature=find_compound_requirements,
)
