"""A new draft of a document merged with what a person changed since the last one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.operations.drafting.last_draft import read_last_draft
from headwater.operations.drafting.report import DocumentChange
from headwater.workspace.files import read_file, resolve_inside, write_file
from headwater.workspace.merging import merge_texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from headwater.workspace.repository import Repository

KEPT_DRAFTS = ".headwater/drafts"
"""Where a draft that could not be committed is kept for a person to look at."""


class MergeConflictError(HeadwaterError):
    """A new draft and a person's changes disagree; the document is as the person left it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Merge:
    """A document's bytes as they are (None: absent), as drafted, and as they are to be."""

    path: str
    present: bytes | None
    drafted: bytes
    wanted: bytes

    @property
    def change(self) -> DocumentChange:
        """What becomes of it."""
        if self.present is None:
            return DocumentChange.CREATED
        if self.present == self.wanted:
            return DocumentChange.UNCHANGED
        return DocumentChange.CHANGED if self.wanted == self.drafted else DocumentChange.MERGED


def merge_document(
    repository: Repository,
    path: str,
    drafted: bytes,
    *,
    step: str,
    spliced: bool,
    carry: Callable[[bytes, bytes], bytes] | None,
) -> Merge:
    """What a document is to be: the draft with what a person changed since its last one.

    Args:
        repository: whose document it is.
        path: of the document.
        drafted: its new bytes.
        step: the name of the step that drafted it.
        spliced: the bytes are the present document with edits, so there is nothing to merge.
        carry: as `Draft` has it.

    Raises:
        MergeConflictError: the draft and the person changed the same lines, or the document was
            written by hand.
    """
    there = resolve_inside(repository.root, path).exists()
    present = read_file(repository.root, path) if there else None
    base = None if present is None else read_last_draft(repository, path, step=step)
    proposed = drafted
    if carry and present is not None and base is not None:
        base, proposed = carry(base, present), carry(drafted, present)
    if present is None or spliced or base == present:
        wanted = proposed
    elif base == proposed:
        wanted = present
    elif base is None:
        raise _keep(repository, path, drafted, why=f"{path} was written by hand, not drafted")
    else:
        merged = merge_texts(base=base, current=present, proposed=proposed)
        if merged.conflicts:
            why = f"the new draft and your changes disagree in {merged.conflicts} places of {path}"
            raise _keep(repository, path, merged.data, why=why)
        wanted = merged.data
    return Merge(path=path, present=present, drafted=drafted, wanted=wanted)


def _keep(repository: Repository, path: str, data: bytes, *, why: str) -> MergeConflictError:
    """The refusal, with the draft put where a person can take from it what is wanted."""
    kept = f"{KEPT_DRAFTS}/{path}"
    write_file(repository.root, kept, data)
    lines = [number for number, line in enumerate(data.split(b"\n"), 1) if line[:8] == b"<<<<<<< "]
    places = ", ".join(f"{kept}:{number}" for number in lines) or kept
    return MergeConflictError(
        f"{why}; it is as it was",
        hint=f"Take what you want from {places}, commit, and remove what you do not need.",
    )
