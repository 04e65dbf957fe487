"""From drafted bytes to a commit: merged with what people changed, judged, and only then published.

Whatever goes wrong, branch, index and work tree stay as they were.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import partial
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
from headwater.graph.lock import Settled
from headwater.graph.vouching import RECORDED, list_carried
from headwater.llm.interface import Usage
from headwater.operations.building.refusals import ProblemsError
from headwater.operations.drafting.judge_draft import choose_new, open_judgement
from headwater.operations.drafting.last_draft import read_text
from headwater.operations.drafting.merge import KEPT_DRAFTS, merge_document
from headwater.operations.drafting.report import DocumentChange, DraftedDocument, DraftReport
from headwater.operations.standing.basis_records import write_basis_records
from headwater.rules.tracing import item_suspect
from headwater.spec.model import Severity
from headwater.spec.words import count_words
from headwater.workspace.commits import commit_files, drop_private_ref, name_private_ref
from headwater.workspace.files import resolve_inside, write_file
from headwater.workspace.publish import finish_publication, publish
from headwater.workspace.repository import find_dirty_paths, read_branch, read_head
from headwater.workspace.snapshot import identify_content

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from headwater.operations.drafting.merge import Merge
    from headwater.operations.drafting.ports import DraftPorts
    from headwater.operations.standing.placed_problem import PlacedProblem
    from headwater.workspace.repository import Repository


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
        items: refs of the decisions, components or tasks that the step stands behind as they are to
            be: what they rest on is recorded.
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
    items: Sequence[str] = ()
    budgets: Mapping[str, int] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    models: tuple[str, ...] = ()
    usage: Usage = field(default_factory=Usage)
    refused: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Judged:
    """What `check` says of the documents as they are to be, and the records that change."""

    findings: tuple[PlacedProblem, ...]
    records: dict[str, bytes | None]


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
    merge = partial(
        merge_document, repository, step=draft.step, spliced=draft.spliced, carry=draft.carry
    )
    merges = [merge(path, data) for path, data in draft.documents.items()]
    base, branch = read_head(repository), read_branch(repository)
    ref = name_private_ref(secrets.token_hex(6))
    make = partial(commit_files, repository, ref=ref, base=base, message=draft.subject)
    files, trailers = _list_files(repository, merges, draft), _write_trailers(draft)
    try:
        commit = make(files=files, trailers=trailers)
        judged = _judge(repository, commit, merges, draft, ports=ports)
        if judged.records:  # what items rest on is known once the documents can be read
            drop_private_ref(repository, ref)
            trailers |= {RECORDED: ", ".join(list_carried(judged.records))}
            commit = make(files=files | judged.records, trailers=trailers)
        if commit != base:
            publish(repository, ref, branch=branch, expected=base)
    except BaseException:
        drop_private_ref(repository, ref)
        raise
    return _report(draft, merges, judged, branch=branch, commit=commit)


def _list_files(
    repository: Repository, merges: Sequence[Merge], draft: Draft
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


def _keep_drafted(repository: Repository, merge: Merge, draft: Draft) -> dict[str, bytes | None]:
    """The draft itself beside its record, where the document is more than the draft."""
    path = drafted_path(merge.path)
    if merge.wanted != merge.drafted and not draft.spliced:
        return {path: merge.drafted}
    return {path: None} if resolve_inside(repository.root, path).exists() else {}


def _describe(repository: Repository, merge: Merge, draft: Draft) -> DraftRecord:
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
    repository: Repository,
    commit: str,
    merges: Sequence[Merge],
    draft: Draft,
    *,
    ports: DraftPorts,
) -> _Judged:
    """What `check` says of the documents as they would be; the draft is kept if that is bad."""
    with open_judgement(repository, commit, ports=ports) as judged:
        records = write_basis_records(
            judged.survey,
            draft.items,
            features={ref.partition("/")[0] for ref in draft.refs},
            settled=Settled.DRAFTED,
            kept=ports.kept,
        )
    paths = {one.path for one in merges}
    found = tuple(
        one
        for one in judged.findings
        if one.place.path in paths
        # The records that this commit holds too put an end to that.
        and not (one.code == item_suspect.RULE.name and one.ref in draft.items)
    )
    errors = [one for one in found if one.severity is Severity.ERROR]
    new = choose_new(repository, errors, ports=ports)
    if new:
        for one in merges:
            write_file(repository.root, f"{KEPT_DRAFTS}/{one.path}", one.wanted)
        raise ProblemsError(
            new, consequence=f"the draft is in {KEPT_DRAFTS}, the documents are as they were"
        )
    return _Judged(findings=found, records=records)


def _report(
    draft: Draft,
    merges: Sequence[Merge],
    judged: _Judged,
    *,
    branch: str,
    commit: str,
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
        findings=judged.findings,
        notes=draft.notes,
        models=draft.models,
        usage=draft.usage,
        refused=draft.refused,
        recorded=tuple(draft.items) if judged.records else (),
    )
