"""A repository's documents, lock and derived files as a commit has them, in a folder apart."""

from __future__ import annotations

import re
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from headwater.operations.checking.articles import list_judged_globs
from headwater.paths import matches_any
from headwater.spec.read_project import CONSTITUTION_PATH, read_project_constitution
from headwater.workspace.documents import read_documents
from headwater.workspace.files import MAX_DOCUMENT_BYTES
from headwater.workspace.snapshot import list_tree, write_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headwater.workspace.repository import Repository

# Where documents and locks are, those of other tools too.
_DOCUMENTS = (".kiro/", ".specify/", "openspec/", "specs/")
# What may be a path: a word of its own, or all that stands in quotes.
_NAMES = re.compile(r"[`\"]([^`\"\n]+)[`\"]|([^\s`\"',;()\[\]|<>]+)")


@contextmanager
def lay_out_commit(repository: Repository, commit: str) -> Iterator[Path]:
    """A temporary folder with all that a check reads of a commit; nothing of the repository moves.

    These are documents and locks, whatever file they name, and the files that articles judge: a
    check reads no other. Git answers in the folder as it does in the repository, since rules ask it
    about branches.
    """
    with TemporaryDirectory(prefix="headwater-base-") as name:
        folder = Path(name).resolve()
        tree = list_tree(repository, commit)
        documents = {path: tree[path] for path in tree if path.startswith(_DOCUMENTS)}
        write_files(repository, documents, folder=folder)
        named = tree.keys() & _find_names(folder, documents)
        constitution, _ = read_project_constitution(read_documents(folder, (CONSTITUTION_PATH,)))
        globs = list_judged_globs(constitution)
        named |= {path for path in tree if matches_any(path, globs)}
        others = {path: tree[path] for path in sorted(named - documents.keys())}
        write_files(repository, others, folder=folder)
        # Whether such a folder is there matters to tasks that name files in it.
        for top in {path.partition("/")[0] for path in tree if "/" in path}:
            (folder / top).mkdir(exist_ok=True)
        (folder / ".git").write_text(f"gitdir: {repository.git_folder}\n", encoding="utf-8")
        yield folder


def _find_names(folder: Path, paths: Iterable[str]) -> set[str]:
    """All that may be a path in these files."""
    names: set[str] = set()
    for path in paths:
        data = (folder / path).read_bytes()[:MAX_DOCUMENT_BYTES]
        for quoted, word in _NAMES.findall(data.decode(errors="replace")):
            names.update((quoted, *quoted.split()) if quoted else (word, word.rstrip(".:")))
    return names
