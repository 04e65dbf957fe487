"""Records of approvals: who approved what a document means, and when.

`headwater.lock/approvals.jsonl` holds one line an approval or withdrawal, merged by union. An
approval holds for as long as the document means the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from headwater.graph.record_fields import DamagedRecordError, Fields
from headwater.graph.records import LOCK_FOLDER, LineKind, read_lines, render_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.spec.model import Problem

APPROVALS_NAME = "approvals.jsonl"
_LINE = LineKind(
    code="approval-unreadable",
    name="the record of an approval",
    hint="It counts for nothing; restore it from git, or approve again.",
)


class Verdict(Enum):
    """What a line of the record says."""

    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class Standing(Enum):
    """How a document stands with its approvals."""

    APPROVED = "approved"
    CHANGED = "changed since"
    WITHDRAWN = "withdrawn"
    NEVER = "never approved"


@dataclass(frozen=True, kw_only=True, slots=True)
class Approval:
    """One line of `approvals.jsonl`.

    Attributes:
        document: its path.
        verdict: approved, or withdrawn by a person.
        digest: of the document's meaning.
        blob: git's object id of the document, so that what was approved can be shown again.
        by: name and e-mail, as git knows them.
        when: RFC 3339, in UTC.
        commit: what was checked out.
    """

    document: str
    verdict: Verdict
    digest: str
    blob: str
    by: str
    when: str
    commit: str


def approvals_path(document: str) -> str:
    """Where the approvals of a document are recorded: in the lock folder beside it."""
    return f"{document.rpartition('/')[0]}/{LOCK_FOLDER}/{APPROVALS_NAME}"


def render_approval(approval: Approval) -> str:
    """One line of `approvals.jsonl`, with its line break."""
    return render_line(approval)


def read_approvals(text: str, *, path: str) -> tuple[tuple[Approval, ...], tuple[Problem, ...]]:
    """Every line that can be read; one that cannot counts for nothing and is a warning."""
    return read_lines(text, path=path, decode=_decode, kind=_LINE)


def find_last_approval(approvals: Iterable[Approval], document: str) -> Approval | None:
    """The newest line about a document; a merge by union may put older ones behind it."""
    own = sorted((one for one in approvals if one.document == document), key=lambda one: one.when)
    return own[-1] if own else None


def judge_standing(last: Approval | None, digest: str) -> Standing:
    """How a document with this digest stands with the last line about it."""
    if last is None:
        return Standing.NEVER
    if last.verdict is Verdict.WITHDRAWN:
        return Standing.WITHDRAWN
    return Standing.APPROVED if last.digest == digest else Standing.CHANGED


def _decode(fields: Fields) -> Approval:
    verdict = fields.text("verdict")
    if verdict not in {one.value for one in Verdict}:
        raise DamagedRecordError(f"`{verdict}` is no verdict")
    return Approval(
        document=fields.text("document"),
        verdict=Verdict(verdict),
        digest=fields.text("digest"),
        blob=fields.text("blob"),
        by=fields.text("by"),
        when=fields.text("when"),
        commit=fields.text("commit"),
    )
