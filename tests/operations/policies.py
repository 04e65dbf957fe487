"""Drafting a constitution in a repository with one policy, for several tests."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from headwater.operations.check import check
from headwater.operations.draft_constitution import draft_constitution
from headwater.spec.model import Source
from headwater.spec.read_constitution import read_constitution
from headwater.spec.read_project import CONSTITUTION_PATH
from tests.operations.builders import TARGETS

if TYPE_CHECKING:
    from headwater.operations.constitution.constitution_report import ConstitutionReport
    from headwater.policies.revisions import ChangeKind
    from headwater.spec.model import Constitution
    from tests.operations.builders import Checkout

TODAY, LATER = date(2026, 3, 2), date(2026, 4, 1)
SECURITY = """\
# Security

## Secrets

Passwords must not be stored in source code. This protects customers.

API keys must be rotated every 90 days.

## Code

Functions must not have a cyclomatic complexity above 8.
The modules pickle and marshal must not be imported.
"""


def draft(
    checkout: Checkout, *paths: str, today: date = TODAY, write: bool = True
) -> ConstitutionReport:
    return draft_constitution(
        checkout.root, [checkout.root / path for path in paths], today=today, write=write
    )


def edit(checkout: Checkout, path: str, old: str, new: str) -> None:
    text = checkout.read(path)
    assert text.count(old) == 1, f"{text.count(old)} times {old!r} in {path}"
    checkout.write(path, text.replace(old, new))
    checkout.commit()


def read(checkout: Checkout) -> Constitution:
    data = (checkout.root / CONSTITUTION_PATH).read_bytes()
    return read_constitution(Source(path=CONSTITUTION_PATH, data=data))


def kinds(report: ConstitutionReport) -> list[tuple[ChangeKind, str]]:
    return [(change.kind, change.text) for change in report.changes]


def find_codes(checkout: Checkout) -> list[str]:
    return [one.code for one in check(checkout.root, targets=TARGETS).findings]
