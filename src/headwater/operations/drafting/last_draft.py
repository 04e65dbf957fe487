"""The draft before: its text, and whether anything that it was made from has changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.drafts import drafts_path, find_last_draft, read_drafts
from headwater.operations.drafting.report import DocumentChange, DraftedDocument, DraftReport
from headwater.spec.words import count_words
from headwater.workspace.files import read_file, resolve_inside
from headwater.workspace.repository import read_branch, read_head
from headwater.workspace.snapshot import read_contents

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.graph.drafts import DraftRecord
    from headwater.workspace.repository import Repository


def read_last_draft(repository: Repository, path: str, *, step: str) -> bytes | None:
    """The document as this step drafted it last; None where that is not recorded, or git lost it.

    What another step spliced into it since, such as a person's answers, is kept as an edit is.
    """
    last = find_last_record(repository, path, step=step)
    if last is None:
        return None
    try:
        return next(iter(read_contents(repository, [last.blob])))
    except (HeadwaterError, ValueError):
        return None


def find_last_record(repository: Repository, path: str, *, step: str = "") -> DraftRecord | None:
    """The record of the last draft of a document by a step, or by any."""
    where = drafts_path(path)
    drafts, _ = read_drafts(read_text(repository, where), path=where)
    return find_last_draft(drafts, path, step=step)


def read_text(repository: Repository, path: str) -> str:
    """A file's text; empty where there is none."""
    if not resolve_inside(repository.root, path).exists():
        return ""
    return read_file(repository.root, path).decode(errors="replace")


def find_unchanged(
    repository: Repository,
    budgets: Mapping[str, int],
    *,
    step: str,
    template: str,
    sources: Mapping[str, str],
) -> DraftReport | None:
    """The report of a draft that would be the same again; None where something changed since.

    Args:
        repository: whose documents they are.
        budgets: the documents that a draft would write, with their budgets of words.
        step: its name.
        template: version of its prompts.
        sources: what it would be made from, as its record has them.
    """
    documents = []
    for path, budget in budgets.items():
        last = find_last_record(repository, path, step=step)
        text = read_text(repository, path)
        if not text or last is None or (last.template, last.sources) != (template, sources):
            return None
        words = count_words(text)
        documents.append(
            DraftedDocument(path=path, change=DocumentChange.UNCHANGED, words=words, budget=budget)
        )
    return DraftReport(
        documents=tuple(documents), branch=read_branch(repository), commit=read_head(repository)
    )


def refuse_handwritten(repository: Repository, path: str) -> None:
    """Refuse to draft a document that a person wrote: before a model is paid.

    Raises:
        HeadwaterError: it is there, and no draft of it is recorded.
    """
    if read_text(repository, path) and find_last_record(repository, path) is None:
        raise HeadwaterError(
            f"{path} was written by hand, not drafted; it is not overwritten",
            hint="Edit it yourself; or move it away, draft, and take from it what you want.",
        )
