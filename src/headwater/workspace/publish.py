"""Moving the branch to finished commits, with index and work tree of exactly the changed paths.

A note of the move is kept in git's own folder until it is whole. Interrupted before the branch
moves, nothing has happened; interrupted after, the next `finish_publication` brings the remaining
paths up to date. Either way only paths that the user has not touched are changed.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.workspace.checkout import find_path_changes, update_paths
from headwater.workspace.commits import drop_private_ref
from headwater.workspace.git import GitError, run_git
from headwater.workspace.repository import read_ref

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.workspace.repository import Repository


@dataclass(frozen=True, kw_only=True, slots=True)
class _Move:
    """A branch (full ref name) that goes from one commit to another."""

    branch: str
    old: str
    new: str


def publish(repository: Repository, ref: str, *, branch: str, expected: str) -> str:
    """Move `branch` from the commit `expected` to the one at the private ref; return its id.

    Where the branch is checked out, index and work tree follow for the changed paths; every other
    change of the user, staged or not, stays byte for byte. The private ref is dropped.

    Args:
        repository: the work tree whose files follow.
        ref: from `name_private_ref`, with the commits to publish.
        branch: its short name, `main`.
        expected: the commit that the branch must still be at.

    Raises:
        HeadwaterError: the branch is elsewhere, or checked out in another work tree; a changed
            path has uncommitted changes or an untracked file stands there. Nothing was moved.
    """
    finish_publication(repository)
    move = _Move(branch=f"refs/heads/{branch}", old=expected, new=read_ref(repository, ref))
    if not move.new:
        raise HeadwaterError(f"expected commits to publish at {ref}, found none")
    if move.new != move.old:
        _check_unmoved(repository, move)
        _check_descent(repository, move)
        _make_move(repository, move)
    drop_private_ref(repository, ref)
    return move.new


def finish_publication(repository: Repository) -> bool:
    """Complete a publication that was interrupted after the branch moved; tell if there was one.

    Paths that the user has touched since are left as they are.
    """
    note = _note_path(repository)
    move = _read_note(note)
    unfinished = (
        move is not None
        and read_ref(repository, move.branch) == move.new
        and _is_checked_out(repository, move.branch)
    )
    if move is not None and unfinished:
        update_paths(repository, find_path_changes(repository, move.old, move.new))
    note.unlink(missing_ok=True)
    return unfinished


def _check_descent(repository: Repository, move: _Move) -> None:
    try:
        run_git(repository.root, ["merge-base", "--is-ancestor", move.old, move.new])
    except GitError as error:
        raise HeadwaterError(
            f"expected the new commits to follow {move.old[:12]}, found that they do not",
            hint="Build again from the branch as it is now.",
        ) from error


def _make_move(repository: Repository, move: _Move) -> None:
    if not _is_checked_out(repository, move.branch):
        _check_free(repository, move.branch)
        _move_branch(repository, move)
        return
    changes = find_path_changes(repository, move.old, move.new)
    blocked = [change.path for change in changes if not change.safe]
    if blocked:
        raise HeadwaterError(
            f"expected no uncommitted work in derived files, found some in {', '.join(blocked)}",
            hint="Commit, stash or move these files, and run the command again.",
        )
    note = _note_path(repository)
    _write_note(note, move)
    try:
        _move_branch(repository, move)
    except HeadwaterError:
        note.unlink()
        raise
    update_paths(repository, changes)
    note.unlink()


def _move_branch(repository: Repository, move: _Move) -> None:
    """Compare and swap: git moves the branch only when it is still at the old commit."""
    arguments = ["update-ref", "-m", "headwater: publish", move.branch, move.new, move.old]
    try:
        run_git(repository.root, arguments)
    except GitError:
        _check_unmoved(repository, move)
        raise


def _check_unmoved(repository: Repository, move: _Move) -> None:
    found = read_ref(repository, move.branch)
    if found != move.old:
        raise HeadwaterError(
            f"expected {move.branch} at {move.old[:12]}, found it at {found[:12] or 'no commit'}: "
            "it moved while the build ran",
            hint="Build again; what was derived already is not paid for twice.",
        )


def _is_checked_out(repository: Repository, branch: str) -> bool:
    printed = run_git(repository.root, ["symbolic-ref", "--quiet", "HEAD"], accepted=(0, 1))
    return os.fsdecode(printed).strip() == branch


def _check_free(repository: Repository, branch: str) -> None:
    """Refuse a branch whose files lie in another work tree: they would fall behind it."""
    printed = run_git(repository.root, ["worktree", "list", "--porcelain"])
    for block in os.fsdecode(printed).split("\n\n"):
        folder, *lines = block.splitlines() or [""]
        if f"branch {branch}" in lines:
            raise HeadwaterError(
                f"expected {branch} to be checked out here or nowhere, found it in "
                f"{folder.removeprefix('worktree ')}",
                hint="Run the command there.",
            )


def _note_path(repository: Repository) -> Path:
    return repository.git_folder / "headwater-publish.json"


def _write_note(note: Path, move: _Move) -> None:
    temporary = note.with_suffix(".new")
    temporary.write_text(json.dumps(asdict(move)), encoding="utf-8")
    temporary.replace(note)


def _read_note(note: Path) -> _Move | None:
    try:
        return _Move(**json.loads(note.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
