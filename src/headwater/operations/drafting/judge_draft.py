"""What `check` says of drafted documents before they are published, or even proposed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.operations.base_folder import lay_out_commit
from headwater.operations.check import judge_folder
from headwater.operations.compare_check import find_new_problems
from headwater.spec.model import Severity
from headwater.workspace.commits import commit_files, drop_private_ref, name_private_ref
from headwater.workspace.repository import read_head

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from headwater.operations.drafting.ports import DraftPorts
    from headwater.operations.placed_problem import PlacedProblem
    from headwater.workspace.repository import Repository


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgedDraft:
    """Everything that `check` finds in drafted documents, and the errors that are new."""

    findings: tuple[PlacedProblem, ...]
    errors: tuple[PlacedProblem, ...]


def judge_draft(
    repository: Repository, commit: str, paths: Collection[str], *, ports: DraftPorts
) -> JudgedDraft:
    """Judge the documents at these paths as a commit has them, beside those of the work tree."""
    with lay_out_commit(repository, commit) as folder:
        judged = judge_folder(folder, targets=ports.targets, settings=ports.rules, kept=ports.kept)
    found = tuple(one for one in judged.findings if one.place.path in paths)
    errors = [one for one in found if one.severity is Severity.ERROR]
    if errors:
        root = repository.root
        before = judge_folder(root, targets=ports.targets, settings=ports.rules, kept=ports.kept)
        errors = list(find_new_problems(errors, before.findings))
    return JudgedDraft(findings=found, errors=tuple(errors))


def foresee_draft(
    repository: Repository, documents: Mapping[str, bytes], *, ports: DraftPorts
) -> JudgedDraft:
    """Judge documents that nobody has agreed to yet; no branch and no file is touched."""
    ref = name_private_ref(secrets.token_hex(6))
    try:
        commit = commit_files(
            repository,
            ref=ref,
            base=read_head(repository),
            files=dict(documents),
            message="Foresee a draft",
            trailers={},
        )
        return judge_draft(repository, commit, [*documents], ports=ports)
    finally:
        drop_private_ref(repository, ref)
