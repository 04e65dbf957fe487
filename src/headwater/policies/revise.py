"""Brings a constitution up to date with its policies: only what policies changed is edited.

What a person edited or took out stays so: it is told, and not touched.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.policies.insert_articles import insert_articles, insert_clauses
from headwater.policies.revise_checks import revise_checks
from headwater.policies.revise_clauses import replace_clauses
from headwater.policies.revise_sources import add_sources, move_sources
from headwater.policies.revisions import Revision, join_revisions
from headwater.policies.versions import edit_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from headwater.policies.articles import ArticleDraft, ClauseDraft
    from headwater.policies.present import Cited, Present
    from headwater.spec.splice import Edit


def revise_constitution(
    present: Present, drafts: Sequence[ArticleDraft], *, considered: Cited, today: date
) -> Revision:
    """The edits that follow from the policies as they are now.

    Args:
        present: the constitution, rechecked against the policies.
        drafts: articles drafted from all policies anew.
        considered: what the policies said when it was drafted last: a clause of these that is not
            cited was taken out by a person, and is not put in again.
        today: for the line with the version.
    """
    known = present.cited | considered
    fresh = [_keep_new(draft, known) for draft in drafts]
    held = [_keep_held(draft, present.cited, considered) for draft in drafts]
    every = [clause for draft in drafts for clause in draft.clauses]
    replaced, used = replace_clauses(present, [one for draft in fresh for one in draft.clauses])
    rest = (
        (draft, replace(new, clauses=tuple(one for one in new.clauses if one not in used)))
        for draft, new in zip(drafts, fresh, strict=True)
    )
    added = [one for one in rest if one[1].clauses]
    # Where several are made at one place, the end of an article, this is their order there.
    revision = join_revisions(
        (
            move_sources(present),
            add_sources(present, every, considered=considered),
            replaced,
            insert_clauses(present, added),
            revise_checks(present, held, fresh),
            insert_articles(present, added),
        )
    )
    if not revision.edits:
        return revision
    version = edit_version(present.data, revision.bump, today=today)
    edits = (*revision.edits, version)
    return replace(revision, edits=tuple(_end_lines(edits, like=present.data)))


def _end_lines(edits: Iterable[Edit], *, like: bytes) -> Iterator[Edit]:
    """The edits with the document's ends of line."""
    newline = b"\r\n" if b"\r\n" in like else b"\n"
    for edit in edits:
        yield replace(edit, replacement=edit.replacement.replace(b"\n", newline))


def _keep_new(draft: ArticleDraft, known: Cited) -> ArticleDraft:
    """The draft with only the clauses of which no quote is cited or was considered."""
    clauses = (clause for clause in draft.clauses if not _list_keys(clause) & known)
    return replace(draft, clauses=tuple(clauses))


def _keep_held(draft: ArticleDraft, cited: Cited, considered: Cited) -> ArticleDraft:
    """The draft without the clauses that a person took out."""
    clauses = (
        clause
        for clause in draft.clauses
        if _list_keys(clause) & cited or not _list_keys(clause) & considered
    )
    return replace(draft, clauses=tuple(clauses))


def _list_keys(clause: ClauseDraft) -> Cited:
    return frozenset((quote.passage.path, quote.digest) for quote in clause.quotes)
