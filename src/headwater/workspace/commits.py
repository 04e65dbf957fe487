"""Commits on a private ref, made without touching branch, index or work tree.

Each is built in an index of its own from the bytes given, unfiltered and unsigned, and no hook
runs. `headwater.workspace.publish` moves the branch to them once all is well.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from headwater.errors import HeadwaterError
from headwater.paths import check_path
from headwater.workspace.git import GitError, run_git
from headwater.workspace.repository import read_ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from headwater.workspace.repository import Repository

PRIVATE_REFS: Final = "refs/headwater/builds/"

_REGULAR: Final = "100644"
_EXECUTABLE: Final = "100755"


@dataclass(frozen=True, kw_only=True, slots=True)
class TreeEntry:
    """A path's entry in a commit or index: git's mode (`100644`) and object id."""

    mode: str
    object: str


def name_private_ref(build: str) -> str:
    """The ref that collects the commits of the build `build`.

    Raises:
        HeadwaterError: the id holds more than letters, digits, `-` and `_`.
    """
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", build):
        raise HeadwaterError(f"expected a build id of letters, digits, - and _, found {build!r}")
    return f"{PRIVATE_REFS}{build}"


def commit_files(
    repository: Repository,
    *,
    ref: str,
    base: str,
    files: Mapping[str, bytes | None],
    message: str,
    trailers: Mapping[str, str],
) -> str:
    """Add one commit to a private ref and return its id.

    Its parent is the commit that the ref points at, or `base` when the ref is new. A file that is
    already there keeps its mode. When nothing differs from the parent no commit is made, and the
    parent's id is returned.

    Args:
        repository: where to commit.
        ref: from `name_private_ref`.
        base: the commit that the build started from.
        files: path to new bytes; None removes the file.
        message: subject, and after an empty line a body, if any.
        trailers: `Spec-Ref`, `Derivation` … at the end of the message; white space collapses.

    Raises:
        HeadwaterError: git knows no author or committer, a path is not allowed or is a symbolic
            link or submodule in the parent, or another process moved the ref meanwhile.
    """
    _check_identity(repository)
    previous = read_ref(repository, ref)
    parent = previous or base
    tree = _write_tree(repository, parent=parent, files=files)
    changed = _list_changed(repository, parent, tree)
    if not changed:
        return parent
    if not changed <= files.keys():
        raise HeadwaterError(
            "expected a commit to change only its own files, found that it would remove "
            + ", ".join(sorted(changed - files.keys())),
            hint="A file cannot stand where a folder is needed; rename one of them.",
        )
    commit = run_git(
        repository.root,
        ["commit-tree", "--no-gpg-sign", "-p", parent, tree],
        stdin=_render_message(message, trailers).encode(),
    )
    name = commit.decode().strip()
    run_git(repository.root, ["update-ref", ref, name, previous or repository.no_object])
    return name


def list_private_refs(repository: Repository) -> Mapping[str, str]:
    """Every private ref with the commit it points at: builds that did not publish."""
    printed = run_git(
        repository.root, ["for-each-ref", "--format=%(refname) %(objectname)", PRIVATE_REFS]
    )
    return dict(line.split(" ", 1) for line in printed.decode().splitlines())


def drop_private_ref(repository: Repository, ref: str) -> None:
    """Forget a private ref. Its commits live on where the branch holds them."""
    if not ref.startswith(PRIVATE_REFS):
        raise HeadwaterError(f"expected a ref below {PRIVATE_REFS}, found {ref}")
    run_git(repository.root, ["update-ref", "-d", ref])


def read_tree_entries(
    repository: Repository, commit: str, paths: Iterable[str]
) -> Mapping[str, TreeEntry]:
    """The entries that a commit has at these paths; a path that it does not have is left out."""
    wanted = list(paths)
    if not wanted:
        return {}
    printed = run_git(repository.root, ["ls-tree", "-z", "--full-tree", commit, "--", *wanted])
    entries = {}
    for line in os.fsdecode(printed).split("\0")[:-1]:
        fields, path = line.split("\t", 1)
        mode, _, name = fields.split(" ")
        entries[path] = TreeEntry(mode=mode, object=name)
    return entries


def _check_identity(repository: Repository) -> None:
    for role in ("AUTHOR", "COMMITTER"):
        try:
            run_git(repository.root, ["var", f"GIT_{role}_IDENT"])
        except GitError as error:
            raise HeadwaterError(
                f"expected git to know the {role.lower()} of commits, found no name or e-mail",
                hint='Set both: `git config user.name "Your Name"` and '
                "`git config user.email you@example.org`.",
            ) from error


def _write_tree(repository: Repository, *, parent: str, files: Mapping[str, bytes | None]) -> str:
    present = read_tree_entries(repository, parent, (check_path(path) for path in files))
    removed = [path for path, data in files.items() if data is None and path in present]
    lines = [f"0 {repository.no_object}\t{path}" for path in removed]
    for path, data in files.items():
        if data is not None:
            mode = _choose_mode(path, present.get(path))
            lines.append(f"{mode} {_write_blob(repository, data)}\t{path}")
    with TemporaryDirectory(prefix="headwater-index-") as folder:
        environment = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        run_git(repository.root, ["read-tree", parent], environment=environment)
        run_git(
            repository.root,
            ["update-index", "-z", "--add", "--index-info"],
            stdin=b"".join(os.fsencode(line) + b"\0" for line in lines),
            environment=environment,
        )
        return run_git(repository.root, ["write-tree"], environment=environment).decode().strip()


def _list_changed(repository: Repository, parent: str, tree: str) -> set[str]:
    printed = run_git(
        repository.root, ["diff-tree", "-r", "-z", "--name-only", "--no-renames", parent, tree]
    )
    return set(os.fsdecode(printed).split("\0")[:-1])


def _choose_mode(path: str, present: TreeEntry | None) -> str:
    if present is None:
        return _REGULAR
    if present.mode not in {_REGULAR, _EXECUTABLE}:
        raise HeadwaterError(
            f"expected a regular file or nothing in the commit, found something else at {path}",
            hint="A symbolic link, folder or submodule is never replaced; move it away first.",
        )
    return present.mode


def _write_blob(repository: Repository, data: bytes) -> str:
    printed = run_git(repository.root, ["hash-object", "-w", "--no-filters", "--stdin"], stdin=data)
    return printed.decode().strip()


def _render_message(message: str, trailers: Mapping[str, str]) -> str:
    lines = [f"{name}: {' '.join(value.split())}" for name, value in trailers.items()]
    return "\n\n".join(part for part in (message.strip(), "\n".join(lines)) if part) + "\n"
