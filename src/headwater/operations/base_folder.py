"""A repository's documents, lock and derived files as a commit has them, in a folder apart."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from headwater.operations.lock_folder import read_lock
from headwater.operations.reading import DOCUMENTS, LOCKS
from headwater.spec.read_project import read_project
from headwater.workspace.documents import read_documents
from headwater.workspace.snapshot import export_files, export_matching

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.workspace.repository import Repository


@contextmanager
def lay_out_commit(repository: Repository, commit: str) -> Iterator[Path]:
    """A temporary folder with all that a check reads of a commit; nothing of the repository moves.

    Besides documents and lock these are the files that plans, tasks and lock name.
    """
    with TemporaryDirectory(prefix="headwater-base-") as name:
        folder = Path(name).resolve()
        export_matching(repository, commit, patterns=(*DOCUMENTS, *LOCKS), folder=folder)
        export_files(repository, commit, paths=_list_named_files(folder), folder=folder)
        yield folder


def _list_named_files(folder: Path) -> Iterator[str]:
    project = read_project(read_documents(folder, DOCUMENTS))
    for feature in project.features:
        for component in feature.plan.components if feature.plan else ():
            yield from component.files
        for task in feature.tasks.tasks if feature.tasks else ():
            yield from task.files
    lock = read_lock(project.features, read_documents(folder, LOCKS))
    yield from (file.path for file in lock.list_files())
