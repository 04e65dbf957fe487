"""Facts of SECURITY, licence and code owners."""

from __future__ import annotations

from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from headwater.policies.make_fact import make_fact
from headwater.policies.quotes import list_lines
from headwater.policies.spdx import find_licences
from headwater.policies.topics import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.policies.interface import PolicyLine, PolicyText
    from headwater.policies.statements import Statement

_TITLE_LINES = 3  # of a licence


def find_documents(policy: PolicyText) -> Iterator[Statement]:
    """That the document is there, and what follows from it."""
    lines = list(_list_first(policy))
    name = PurePosixPath(policy.path).name
    if not lines:
        return
    if name == "SECURITY.md":
        yield make_fact(
            policy,
            lines[:1],
            clause=f"Vulnerabilities are reported as `{policy.path}` says.",
            topic=Topic.SECURITY,
            check="documents.required",
            paths=[policy.path],
        )
    elif name == "CODEOWNERS":
        owned = [line for line in list_lines(policy) if not line.text.lstrip().startswith("#")]
        if owned:
            clause = f"Changes are reviewed by the owners that `{policy.path}` names."
            yield make_fact(policy, owned, clause=clause, topic=Topic.REVIEW)
    else:
        yield from _find_licence(policy, lines)


def _list_first(policy: PolicyText) -> Iterator[PolicyLine]:
    """The first lines, as far as no blank one parts them."""
    before = None
    for line in islice(list_lines(policy), _TITLE_LINES):
        if before and line.spot.line != before.spot.line + 1:
            return
        yield line
        before = line


def _find_licence(policy: PolicyText, lines: list[PolicyLine]) -> Iterator[Statement]:
    licences = find_licences(" ".join(" ".join(line.text for line in lines).split()))
    if licences:
        yield make_fact(
            policy,
            lines,
            clause=f"The project is under the licence {licences[0]}, as `{policy.path}` says.",
            topic=Topic.LICENCES,
            check="documents.required",
            paths=[policy.path],
        )
