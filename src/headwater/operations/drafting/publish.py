"""From drafted bytes to a commit: merged with what people changed, judged, and only then published.

Whatever goes wrong, branch, index and work tree stay as they were.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.drafts import (
    DraftRecord,
    drafted_path,
    drafts_path,
    find_last_draft,
    read_drafts,
    render_draft,
)
from headwater.llm.interface import Usage
from headwater.operations.drafting.judge_draft import choose_new, judge_commit
from headwater.operations.drafting.last_draft import read_last_draft, read_text
from headwater.operations.drafting.report import DocumentChange, DraftedDocument, DraftReport
from headwater.operations.refusals import ProblemsError
from headwater.spec.model import Severity
from headwater.spec.words import count_words
from headwater.workspace.commits import commit_files, drop_private_ref, name_private_ref
from headwater.workspace.files import read_file, resolve_inside, write_file
from headwater.workspace.merging import merge_texts
from headwater.workspace.publish import finish_publication, publish
from headwater.workspace.repository import find_dirty_paths, read_branch, read_head
from headwater.workspace.snapshot import identify_content

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from headwater.operations.drafting.ports import DraftPorts
    from headwater.operations.placed_problem import PlacedProblem
    from headwater.workspace.repository import Repository

KEPT_DRAFTS = ".headwater/drafts"
"""Where a draft that could not be committed is kept for a person to look at."""


class MergeConflictError(HeadwaterError):
    """A new draft and a person's changes disagree; the document is as the person left it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What a step made.

    Attributes:
        step: its name, `specify`.
        documents: path to whole new bytes.
        subject: the commit's first line.
        refs: what it is about, for the commit's `Spec-Ref`.
        template: version of the step's prompts; empty where it has none.
        carry: puts what people do with a document without rewording it, such as ticking tasks, from
            the present bytes into drafted ones, so that it is in nobody's way.
        spliced: the bytes are the present document with edits, so there is nothing to merge.
        budgets: words that each document should have at most, by path.
        parameters, sources: as the record has them.
        models, usage, refused: as the report has them.
        notes: sentences for the person.
    """

    step: str
    documents: Mapping[str, bytes]
    subject: str
    refs: Sequence[str] = ()
    template: str = ""
    spliced: bool = False
    carry: Callable[[bytes, bytes], bytes] | None = None
    budgets: Mapping[str, int] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    models: tuple[str, ...] = ()
    usage: Usage = field(default_factory=Usage)
    refused: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Merge:
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


def refuse_uncommitted(repository: Repository, paths: Sequence[str]) -> None:
    """Refuse to draft over work that is in no commit yet: ask before a model is paid.

    Raises:
        HeadwaterError: one of these paths has uncommitted changes.
    """
    dirty = [one.path for one in find_dirty_paths(repository, tuple(paths))]
    if dirty:
        raise HeadwaterError(
            f"expected no uncommitted changes to {', '.join(dirty)}, found some",
            hint="Commit them first, so that the draft is merged with them: "
            f"`git add {' '.join(dirty)} && git commit`.",
        )


def publish_draft(repository: Repository, draft: Draft, *, ports: DraftPorts) -> DraftReport:
    """Commit a draft to the branch that is checked out.

    A document that a person changed since its last draft is merged with the new one.

    Raises:
        MergeConflictError: the two changed the same lines.
        ProblemsError: `check` finds errors in the drafted documents that were not there before.
        HeadwaterError: uncommitted changes are in the way.
    """
    finish_publication(repository)
    refuse_uncommitted(repository, (*draft.documents, *map(drafts_path, draft.documents)))
    merges = [_merge(repository, path, data, draft) for path, data in draft.documents.items()]
    base, branch = read_head(repository), read_branch(repository)
    ref = name_private_ref(secrets.token_hex(6))
    try:
        commit = commit_files(
            repository,
            ref=ref,
            base=base,
            files=_list_files(repository, merges, draft),
            message=draft.subject,
            trailers=_write_trailers(draft),
        )
        findings = _judge(repository, commit, merges, ports)
        if commit != base:
            publish(repository, ref, branch=branch, expected=base)
    except BaseException:
        drop_private_ref(repository, ref)
        raise
    return _report(draft, merges, branch=branch, commit=commit, findings=findings)


def _merge(repository: Repository, path: str, drafted: bytes, draft: Draft) -> _Merge:
    there = resolve_inside(repository.root, path).exists()
    present = read_file(repository.root, path) if there else None
    base = None if present is None else read_last_draft(repository, path, step=draft.step)
    proposed = drafted
    if draft.carry and present is not None and base is not None:
        base, proposed = draft.carry(base, present), draft.carry(drafted, present)
    if present is None or draft.spliced or base == present:
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
    return _Merge(path=path, present=present, drafted=drafted, wanted=wanted)


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


def _list_files(
    repository: Repository, merges: Sequence[_Merge], draft: Draft
) -> dict[str, bytes | None]:
    files: dict[str, bytes | None] = {one.path: one.wanted for one in merges}
    for one in merges:
        path = drafts_path(one.path)
        known = (files.get(path) or b"").decode() or read_text(repository, path)
        record = _describe(repository, one, draft)
        last = find_last_draft(read_drafts(known, path=path)[0], one.path, step=draft.step)
        # The same draft again says nothing new, so it makes no commit.
        if last is None or last.blob != record.blob or one.change is not DocumentChange.UNCHANGED:
            files[path] = f"{known}{render_draft(record)}".encode()
            files |= _keep_drafted(repository, one, draft)
    return files


def _keep_drafted(repository: Repository, merge: _Merge, draft: Draft) -> dict[str, bytes | None]:
    """The draft itself beside its record, where the document is more than the draft."""
    path = drafted_path(merge.path)
    if merge.wanted != merge.drafted and not draft.spliced:
        return {path: merge.drafted}
    return {path: None} if resolve_inside(repository.root, path).exists() else {}


def _describe(repository: Repository, merge: _Merge, draft: Draft) -> DraftRecord:
    return DraftRecord(
        document=merge.path,
        step=draft.step,
        blob=identify_content(repository, merge.wanted if draft.spliced else merge.drafted),
        template=draft.template,
        model=", ".join(draft.models),
        parameters=draft.parameters,
        sources=draft.sources,
        calls=draft.usage.calls,
        input_tokens=draft.usage.input_tokens,
        output_tokens=draft.usage.output_tokens,
        refused=draft.refused,
    )


def _write_trailers(draft: Draft) -> dict[str, str]:
    trailers = {"Draft": f"{draft.step} {', '.join(draft.documents)}"}
    if draft.refs:
        trailers["Spec-Ref"] = ", ".join(draft.refs)
    if draft.template:
        trailers["Prompt"] = f"{draft.step} {draft.template}"
    if draft.models:
        trailers["Model"] = ", ".join(draft.models)
    return trailers


def _judge(
    repository: Repository, commit: str, merges: Sequence[_Merge], ports: DraftPorts
) -> tuple[PlacedProblem, ...]:
    """What `check` says of the documents as they would be; the draft is kept if that is bad."""
    found = judge_commit(repository, commit, [one.path for one in merges], ports=ports)
    errors = [one for one in found if one.severity is Severity.ERROR]
    new = choose_new(repository, errors, ports=ports)
    if new:
        for one in merges:
            write_file(repository.root, f"{KEPT_DRAFTS}/{one.path}", one.wanted)
        raise ProblemsError(
            new, consequence=f"the draft is in {KEPT_DRAFTS}, the documents are as they were"
        )
    return found


def _report(
    draft: Draft,
    merges: Sequence[_Merge],
    *,
    branch: str,
    commit: str,
    findings: tuple[PlacedProblem, ...],
) -> DraftReport:
    return DraftReport(
        documents=tuple(
            DraftedDocument(
                path=one.path,
                change=one.change,
                words=count_words(one.wanted.decode(errors="replace")),
                budget=draft.budgets.get(one.path, 0),
            )
            for one in merges
        ),
        branch=branch,
        commit=commit,
        findings=findings,
        notes=draft.notes,
        models=draft.models,
        usage=draft.usage,
        refused=draft.refused,
    )
