"""`open-list`: a list that does not end, such as one with `etc.`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.rules.wording.phrases import find_phrase
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject

_ENDINGS = (
    "and many more|and so forth|and so on|and the like|among other things"
    "|among others|et cetera|etc|including but not limited to|including, but not limited to"
    "|including without limitation|or similar|or the like|such as but not limited to"
)


def find_open_lists(subject: FeatureSubject) -> Iterator[Finding]:
    """The first open end of every sentence."""
    for sentence in subject.statements:
        found = find_phrase(sentence, _ENDINGS)
        if found:
            yield Finding(
                place=sentence.place(found.start()),
                message=f"“{sentence.show(found)}” leaves the list open",
                hint="Name every member, or say what makes something a member.",
            )


RULE = Rule(
    name="open-list",
    title="A list that does not end",
    why="Nobody knows what else belongs to it, so what is missing is missed by the code, by the "
    "tests and by the review alike.",
    source="ISO/IEC/IEEE 29148:2018, 5.2.7; INCOSE Guide to Writing Requirements v4, R9",
    severity=Severity.WARNING,
    bad="""\
- **FR-001**: The ledger MUST export entries as CSV, JSON, etc.
""",
    good="""\
- **FR-001**: The ledger MUST export entries as CSV and as JSON.
""",
    alone=(
        """\
- **FR-001**: The ledger MUST refuse names with signs other than letters, such as `?` and `!`.
""",
        """\
- **FR-001**: The ledger MUST list accounts and such entries as have no account.
""",
        """\
- **FR-001**: The ledger MUST read settings from `/etc/ledger`.
""",
    ),
    find_in_feature=find_open_lists,
)
