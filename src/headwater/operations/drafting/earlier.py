"""The last draft of a document by a step, and whether drafting it again would say anything new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.drafts import drafts_path, find_last_draft, read_drafts
from headwater.operations.drafting.report import DocumentChange, DraftedDocument, DraftReport
from headwater.spec.words import count_words
from headwater.workspace.files import read_file, resolve_inside
from headwater.workspace.repository import read_branch, read_head

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headwater.graph.drafts import DraftRecord
    from headwater.workspace.repository import Repository


def list_last_drafts(
    repository: Repository, documents: Iterable[str], *, step: str
) -> Iterator[DraftRecord]:
    """The last draft of each document, where this step made it and the document is still there."""
    for document in documents:
        path = drafts_path(document)
        places = (resolve_inside(repository.root, each) for each in (path, document))
        if not all(place.is_file() for place in places):
            continue
        text = read_file(repository.root, path).decode(errors="replace")
        last = find_last_draft(read_drafts(text, path=path)[0], document, step=step)
        if last is not None:
            yield last


def report_unchanged(
    repository: Repository, document: str, *, budget: int, notes: tuple[str, ...] = ()
) -> DraftReport:
    """The report of a run that had nothing to draft: no model was asked, nothing was written."""
    text = read_file(repository.root, document).decode(errors="replace")
    drafted = DraftedDocument(
        path=document, change=DocumentChange.UNCHANGED, words=count_words(text), budget=budget
    )
    return DraftReport(
        documents=(drafted,),
        branch=read_branch(repository),
        commit=read_head(repository),
        notes=notes,
    )
