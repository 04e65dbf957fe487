"""Beginning a branch where the repository stands: nothing in the work tree changes by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.workspace.git import GitError, run_git
from headwater.workspace.repository import read_head, read_ref

if TYPE_CHECKING:
    from headwater.workspace.repository import Repository


def begin_branch(repository: Repository, name: str) -> None:
    """Make a branch at the commit that is checked out, and check it out.

    Index and work tree stay as they are, uncommitted changes included.

    Raises:
        HeadwaterError: the name is none that git allows, or there is such a branch already.
    """
    ref = f"refs/heads/{name}"
    try:
        run_git(repository.root, ["check-ref-format", ref])
    except GitError as error:
        raise HeadwaterError(f"expected a name for a branch, found {name!r}") from error
    if read_ref(repository, ref):
        raise HeadwaterError(
            f"expected no branch {name} yet, found one",
            hint=f"Go on with it: `git switch {name}`.",
        )
    run_git(repository.root, ["update-ref", ref, read_head(repository), repository.no_object])
    run_git(repository.root, ["symbolic-ref", "-m", "headwater: new branch", "HEAD", ref])


def leave_branch(repository: Repository, name: str, *, back_to: str) -> None:
    """Undo `begin_branch`: check `back_to` out again and forget the branch, if nothing is on it."""
    ref, back = f"refs/heads/{name}", f"refs/heads/{back_to}"
    at = read_ref(repository, ref)
    if at and at == read_ref(repository, back):
        run_git(repository.root, ["symbolic-ref", "-m", "headwater: undo", "HEAD", back])
        run_git(repository.root, ["update-ref", "-d", ref, at])


def list_branch_names(repository: Repository) -> tuple[str, ...]:
    """Every local and remote-tracking branch by its name alone, without its remote's."""
    printed = run_git(
        repository.root,
        ["for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads"],
    ) + run_git(
        repository.root,
        ["for-each-ref", "--format=%(refname:lstrip=3)", "refs/remotes"],
    )
    return tuple(dict.fromkeys(printed.decode(errors="replace").split()))
