"""What `check` says of drafted documents before they are published, or even proposed."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from headwater.operations.checking.compare_check import find_new_problems
from headwater.operations.checking.judge_folder import judge_folder
from headwater.operations.standing.base_folder import lay_out_commit
from headwater.workspace.commits import commit_files, drop_private_ref, name_private_ref
from headwater.workspace.repository import read_head

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from headwater.operations.checking.compare_check import Judgement
    from headwater.operations.drafting.ports import DraftPorts
    from headwater.operations.standing.placed_problem import PlacedProblem
    from headwater.workspace.repository import Repository


@contextmanager
def open_judgement(
    repository: Repository, commit: str, *, ports: DraftPorts
) -> Iterator[Judgement]:
    """Everything that `check` says of a commit, whose files are there until the block ends."""
    with lay_out_commit(repository, commit) as folder:
        yield judge_folder(folder, targets=ports.targets, settings=ports.rules, kept=ports.kept)


def judge_commit(
    repository: Repository, commit: str, paths: Collection[str], *, ports: DraftPorts
) -> tuple[PlacedProblem, ...]:
    """Everything that `check` finds in the documents at these paths as a commit has them."""
    with open_judgement(repository, commit, ports=ports) as judged:
        return tuple(one for one in judged.findings if one.place.path in paths)


def choose_new(
    repository: Repository, found: Sequence[PlacedProblem], *, ports: DraftPorts
) -> tuple[PlacedProblem, ...]:
    """The findings of these that the documents of the work tree do not have already."""
    if not found:
        return ()
    root = repository.root
    before = judge_folder(root, targets=ports.targets, settings=ports.rules, kept=ports.kept)
    return tuple(find_new_problems(found, before.findings))


def foresee_findings(
    repository: Repository, documents: Mapping[str, bytes], *, ports: DraftPorts
) -> tuple[PlacedProblem, ...]:
    """What documents that nobody has agreed to would add; no branch and no file is touched."""
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
        found = judge_commit(repository, commit, documents.keys(), ports=ports)
    finally:
        drop_private_ref(repository, ref)
    return choose_new(repository, found, ports=ports)
