"""`headwater approve`: who read which meaning of a document and agreed to it, recorded in git."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.approvals import (
    Approval,
    Standing,
    Verdict,
    approvals_path,
    render_approval,
)
from headwater.operations.checking.judge_folder import judge_folder
from headwater.operations.drafting.approve_refusals import refuse_author, refuse_open
from headwater.operations.drafting.publish import refuse_uncommitted
from headwater.operations.standing.approvals import (
    DocumentStanding,
    list_differences_since,
    list_standings,
)
from headwater.operations.standing.locate import locate_path
from headwater.operations.standing.statements import list_approvable
from headwater.operations.standing.survey import take_survey
from headwater.spec.read_project import CONSTITUTION_PATH
from headwater.workspace.files import read_file, resolve_inside
from headwater.workspace.identity import read_identity
from headwater.workspace.publish import finish_publication
from headwater.workspace.publish_files import publish_files
from headwater.workspace.repository import open_repository, read_head
from headwater.workspace.snapshot import identify_content

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from headwater.graph.differences import Difference
    from headwater.operations.standing.reading import Reading
    from headwater.operations.standing.settings import ApproveSettings
    from headwater.rules.settings import RuleSettings
    from headwater.targets.interface import Target
    from headwater.workspace.identity import Identity
    from headwater.workspace.kept_results import KeptResults
    from headwater.workspace.repository import Repository


@dataclass(frozen=True, kw_only=True, slots=True)
class ApprovePorts:
    """What `wiring` provides to approvals.

    Attributes:
        targets: languages that can be derived for, by name.
        now: the time that records carry.
        rules: settings of the rules that an approved document has to satisfy.
        settings: who may approve.
        kept: results of earlier runs; None for none.
    """

    targets: Mapping[str, Target]
    now: datetime
    rules: RuleSettings
    settings: ApproveSettings
    kept: KeptResults | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedDocument:
    """A document, how it stands, and what it says differently from when it was approved.

    `differences` is None where it was never approved, or where git has lost what was.
    """

    document: DocumentStanding
    differences: tuple[Difference, ...] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ApprovalReport:
    """What was recorded.

    Attributes:
        recorded: one line a document; those that were approved as they stand are left out.
        unchanged: documents that needed no new line.
        commit: the commit that holds the lines, or what was checked out where none was needed.
    """

    recorded: tuple[Approval, ...]
    unchanged: tuple[str, ...]
    commit: str


def list_approvals(path: Path, *, ports: ApprovePorts) -> tuple[ListedDocument, ...]:
    """Every document that can be approved, and how it stands.

    Raises:
        HeadwaterError: there is no repository, or a document cannot be read.
    """
    repository = open_repository(path)
    survey = take_survey(repository.root, targets=ports.targets, kept=ports.kept)
    return tuple(
        ListedDocument(
            document=one,
            differences=list_differences_since(repository, survey.reading, one)
            if one.standing is Standing.CHANGED
            else None,
        )
        for one in list_standings(survey, list_approvable(survey.reading))
    )


def approve(
    path: Path, documents: Sequence[str], *, ports: ApprovePorts, accept_drafted: bool = False
) -> ApprovalReport:
    """Record that the person at the keyboard approves what these documents mean now.

    Args:
        path: a folder of the repository, which relative paths start from.
        documents: paths; or `001/spec`, `constitution`.
        ports: languages, time and settings.
        accept_drafted: approve example rows that a model wrote, too.

    Raises:
        ProblemsError: a document has errors, open questions or unconfirmed examples.
        HeadwaterError: a document is none that can be approved, has uncommitted changes, or was
            changed last by the same person where settings forbid that.
    """
    repository = open_repository(path)
    finish_publication(repository)
    judged = judge_folder(
        repository.root, targets=ports.targets, settings=ports.rules, kept=ports.kept
    )
    paths = _find_documents(repository, judged.survey.reading, documents, folder=path)
    refuse_uncommitted(repository, (*paths, *map(approvals_path, paths)))
    who = read_identity(repository)
    if ports.settings.not_author:
        refuse_author(repository, paths, who=who)
    refuse_open(judged, paths, accept_drafted=accept_drafted)
    standings = list_standings(judged.survey, paths)
    wanted = [one for one in standings if one.standing is not Standing.APPROVED]
    return _record(repository, standings, wanted, Verdict.APPROVED, who=who, ports=ports)


def withdraw(path: Path, documents: Sequence[str], *, ports: ApprovePorts) -> ApprovalReport:
    """Record that an approval no longer holds, although the document is as it was.

    Raises:
        HeadwaterError: a document is none that can be approved, or was not approved.
    """
    repository = open_repository(path)
    finish_publication(repository)
    survey = take_survey(repository.root, targets=ports.targets, kept=ports.kept)
    paths = _find_documents(repository, survey.reading, documents, folder=path)
    refuse_uncommitted(repository, tuple(map(approvals_path, paths)))
    standings = list_standings(survey, paths)
    never = [one.path for one in standings if one.standing is Standing.NEVER]
    if never:
        raise HeadwaterError(
            f"expected an approval to withdraw, found none of {', '.join(never)}",
            hint="`headwater approve --list` shows how documents stand.",
        )
    wanted = [one for one in standings if one.standing is not Standing.WITHDRAWN]
    who = read_identity(repository)
    return _record(repository, standings, wanted, Verdict.WITHDRAWN, who=who, ports=ports)


def _find_documents(
    repository: Repository, reading: Reading, given: Sequence[str], *, folder: Path
) -> list[str]:
    """The documents that a person means, each once."""
    names: dict[str, str] = {}
    for path, number in list_approvable(reading).items():
        name = path.rpartition("/")[2]
        owner = path.split("/")[1]
        names |= dict.fromkeys((path, f"{number}/{name}", f"{owner}/{name}"), path)
        if path == CONSTITUTION_PATH:
            names["constitution.md"] = path
    found: dict[str, None] = {}
    for one in given:
        spelled = (one, f"{one}.md", _locate(repository, folder, one))
        meant = next((names[name] for name in spelled if name in names), None)
        if meant is None:
            raise HeadwaterError(
                f"expected a spec, plan, task list or constitution, found {one!r}",
                hint=f"There are: {', '.join(dict.fromkeys(names.values())) or 'none'}.",
            )
        found[meant] = None
    return list(found)


def _locate(repository: Repository, folder: Path, given: str) -> str:
    try:
        return locate_path(repository, folder / given)
    except HeadwaterError:
        return ""


def _record(
    repository: Repository,
    standings: Sequence[DocumentStanding],
    wanted: Sequence[DocumentStanding],
    verdict: Verdict,
    *,
    who: Identity,
    ports: ApprovePorts,
) -> ApprovalReport:
    head = read_head(repository)
    lines = tuple(
        Approval(
            document=one.path,
            verdict=verdict,
            digest=one.digest,
            blob=identify_content(repository, read_file(repository.root, one.path)),
            by=str(who),
            when=ports.now.isoformat(timespec="seconds"),
            commit=head,
        )
        for one in wanted
    )
    if lines:
        head = _publish(repository, lines, verdict)
    new = {one.path for one in wanted}
    unchanged = tuple(one.path for one in standings if one.path not in new)
    return ApprovalReport(recorded=lines, unchanged=unchanged, commit=head)


def _publish(repository: Repository, lines: Sequence[Approval], verdict: Verdict) -> str:
    files: dict[str, bytes] = {}
    for line in lines:
        record = approvals_path(line.document)
        there = resolve_inside(repository.root, record).exists()
        present = read_file(repository.root, record) if there else b""
        files[record] = files.get(record, present) + render_approval(line).encode()
    name = "Approved" if verdict is Verdict.APPROVED else "Approval-Withdrawn"
    verb = "Approve" if verdict is Verdict.APPROVED else "Withdraw the approval of"
    return publish_files(
        repository,
        files,
        message=f"{verb} {', '.join(line.document for line in lines)}",
        trailers={name: ", ".join(f"{one.document} sha256:{one.digest}" for one in lines)},
    )
