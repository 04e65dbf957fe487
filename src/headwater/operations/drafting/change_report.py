"""What is asked of `headwater change`, what it proposes, and whether that was done already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.graph.digest import digest_text
from headwater.graph.drafts import drafts_path, find_last_draft, read_drafts
from headwater.workspace.files import read_file, resolve_inside
from headwater.workspace.snapshot import identify_content

if TYPE_CHECKING:
    from headwater.graph.differences import Difference
    from headwater.operations.drafting.publish import Draft
    from headwater.operations.impact import TouchedNode
    from headwater.operations.standing.survey import Survey
    from headwater.workspace.repository import Repository

STEP = "change"


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeRequest:
    """What is asked for.

    Attributes:
        wish: in the words of the one who asks.
        feature: its number, folder or slug; empty for the branch's own, or wherever the words lead.
        ref: the requirement that is meant, `new` for a new one; empty to find it.
    """

    wish: str
    feature: str = ""
    ref: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposedChange:
    """A change that is drafted and not committed.

    Attributes:
        ref: of the requirement.
        is_new: whether it was not there before.
        path: the document.
        words: that a person has to read of it.
        differences: what the document says differently, all of it about this requirement.
        touched: what has to be derived, verified or looked at again.
        notes: what a person should know, a sentence each.
        draft: what would be committed; None where the document says so already.
    """

    ref: str
    is_new: bool
    path: str
    words: int = 0
    differences: tuple[Difference, ...] = ()
    touched: tuple[TouchedNode, ...] = ()
    notes: tuple[str, ...] = ()
    draft: Draft | None = None


def find_done(
    repository: Repository, survey: Survey, request: ChangeRequest
) -> ProposedChange | None:
    """The very same wish as the last draft of a document that is as it left it."""
    wanted = identify_request(request)
    for feature in survey.reading.native:
        path = f"{feature.folder}/spec.md"
        record = drafts_path(path)
        if not resolve_inside(repository.root, record).is_file():
            continue
        text = read_file(repository.root, record).decode(errors="replace")
        last = find_last_draft(read_drafts(text, path=record)[0], path)
        same = last is not None and last.step == STEP and last.sources.get("request") == wanted
        if last and same and last.blob == identify_document(repository, path):
            ref = last.parameters.get("ref", feature.number)
            return ProposedChange(ref=ref, is_new=False, path=path)
    return None


def identify_request(request: ChangeRequest) -> str:
    """A digest of a wish, as the record of its draft names it."""
    return digest_text("\n\n".join((request.wish, request.feature, request.ref)))


def identify_document(repository: Repository, path: str) -> str:
    """Git's id of a document as it is."""
    return identify_content(repository, read_file(repository.root, path))
