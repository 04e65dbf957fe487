"""A publication that was cut off, at any point: nothing is lost, and the rest can be done later."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.workspace import checkout
from headwater.workspace.publish import finish_publication, publish
from headwater.workspace.repository import open_repository, read_head
from tests.workspace.publishing import NOTE, REF, prepare, read_all

if TYPE_CHECKING:
    from collections.abc import Callable


def interrupt(root: Path, run_git: Callable[..., str], *, moved: bool) -> tuple[str, str]:
    """Leave what a build leaves that is killed right before, or right after, the branch moves."""
    opened = open_repository(root)
    old, new = read_head(opened), prepare(opened)
    note = {"branch": "refs/heads/main", "old": old, "new": new}
    (root / ".git" / NOTE).write_text(json.dumps(note))
    if moved:
        run_git(root, "update-ref", "refs/heads/main", new)
    return old, new


def test_a_move_that_did_not_happen_is_forgotten(root: Path, run_git: Callable[..., str]) -> None:
    old, _ = interrupt(root, run_git, moved=False)
    opened = open_repository(root)
    before = read_all(root)
    assert not finish_publication(opened)
    assert (read_head(opened), read_all(root)) == (old, before)
    assert not (root / ".git" / NOTE).exists()


def test_a_move_that_happened_is_completed(root: Path, run_git: Callable[..., str]) -> None:
    interrupt(root, run_git, moved=True)
    (root / "staged.py").write_text("staged\n")
    run_git(root, "add", "staged.py")
    (root / "derived/a.py").write_bytes(b"new a\n")  # some files were written already
    assert finish_publication(open_repository(root))
    assert run_git(root, "status", "--porcelain") == "M  staged.py\n"
    assert read_all(root)["derived/run"] == b"new\n"
    assert not finish_publication(open_repository(root))


def test_completing_leaves_what_the_user_changed_since(
    root: Path, run_git: Callable[..., str]
) -> None:
    interrupt(root, run_git, moved=True)
    (root / "derived/a.py").write_text("mine\n")
    (root / "derived/deep").write_text("mine too\n")
    assert finish_publication(open_repository(root))
    files = read_all(root)
    assert files["derived/a.py"] == b"mine\n"
    assert files["derived/deep"] == b"mine too\n"
    assert files["derived/run"] == b"new\n"


def test_a_branch_that_went_on_is_not_turned_back(root: Path, run_git: Callable[..., str]) -> None:
    interrupt(root, run_git, moved=True)
    run_git(root, "commit", "--quiet", "-m", "As the index had it")
    before = read_all(root)
    assert not finish_publication(open_repository(root))
    assert read_all(root) == before


def test_a_damaged_note_means_nothing(root: Path) -> None:
    (root / ".git" / NOTE).write_text('{"branch": ')
    assert not finish_publication(open_repository(root))
    assert not (root / ".git" / NOTE).exists()


def test_an_index_that_stays_locked_is_brought_up_to_date_later(
    root: Path, run_git: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The branch has moved by then; the next build completes what is left."""
    monkeypatch.setattr(checkout, "_LOCK_ATTEMPTS", 2)
    opened = open_repository(root)
    old, new = read_head(opened), prepare(opened)
    (root / ".git/index.lock").write_text("")
    with pytest.raises(HeadwaterError, match="found it locked by another process"):
        publish(opened, REF, branch="main", expected=old)
    assert read_head(opened) == new
    (root / ".git/index.lock").unlink()
    assert finish_publication(opened)
    assert run_git(root, "status", "--porcelain") == ""


def test_a_file_changed_after_the_look_is_kept(root: Path) -> None:
    """The last look is right before each file is replaced."""
    opened = open_repository(root)
    old, new = read_head(opened), prepare(opened)
    changes = checkout.find_path_changes(opened, old, new)
    assert all(change.safe for change in changes)
    (root / "derived/a.py").write_text("just now\n")
    checkout.update_paths(opened, changes)
    assert (root / "derived/a.py").read_text() == "just now\n"
    assert (root / "derived/run").read_text() == "new\n"


# --- Killed for good -----------------------------------------------------------------------------

PUBLISH = """
import sys
from pathlib import Path
from headwater.workspace.publish import publish
from headwater.workspace.repository import open_repository
from tests.workspace.publishing import REF
publish(open_repository(Path(sys.argv[1])), REF, branch="main", expected=sys.argv[2])
"""

# Stands in for `git` on the PATH: at call number $KILL_AT it kills who asks, before git runs or
# after; every other call is passed on.
KILLER = """#!/bin/sh
echo >> "$CALLS"
[ "$(wc -l < "$CALLS")" -eq "$KILL_AT" ] || exec "$REAL_GIT" "$@"
[ "$KILL_WHEN" = before ] || "$REAL_GIT" "$@"
kill -9 "$PPID"
"""


@pytest.mark.parametrize("kill_at", [8, *range(15, 21)])
@pytest.mark.parametrize("kill_when", ["before", "after"])
def test_a_build_killed_at_any_git_command_loses_nothing(
    root: Path, tmp_path: Path, run_git: Callable[..., str], kill_at: int, kill_when: str
) -> None:
    """The branch is at the old commit or the new one; after the next start all agrees with it."""
    git = shutil.which("git")
    assert git is not None
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/git").write_text(KILLER)
    (tmp_path / "bin/git").chmod(0o755)
    (root / "staged.py").write_text("staged\n")
    run_git(root, "add", "staged.py")
    (root / "both.py").write_text("unstaged\n")
    opened = open_repository(root)
    old, new = read_head(opened), prepare(opened)
    finished = subprocess.run(
        [sys.executable, "-c", PUBLISH, str(root), old],
        cwd=Path(__file__).parents[2],
        env={
            **os.environ,
            "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
            "REAL_GIT": git,
            "CALLS": str(tmp_path / "calls"),
            "KILL_AT": str(kill_at),
            "KILL_WHEN": kill_when,
        },
        check=False,
    )
    assert finished.returncode in {0, -signal.SIGKILL}
    finish_publication(opened)
    assert read_head(opened) in {old, new}
    assert run_git(root, "status", "--porcelain") == " M both.py\nM  staged.py\n"
    files = read_all(root)
    assert files["derived/run"] == (b"old\n" if read_head(opened) == old else b"new\n")
    assert (files["staged.py"], files["both.py"]) == (b"staged\n", b"unstaged\n")


def test_a_branch_that_moves_at_the_last_moment_is_not_overwritten(
    root: Path, tmp_path: Path, run_git: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After every check, somebody else commits right before git is told to move the branch."""
    opened = open_repository(root)
    old = read_head(opened)
    prepare(opened)
    tree = run_git(root, "rev-parse", "HEAD^{tree}").strip()
    other = run_git(root, "commit-tree", "-p", old, "-m", "Other", tree).strip()
    git = shutil.which("git")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/git").write_text(
        f'#!/bin/sh\ncase "$*" in *"update-ref -m"*)\n{git} update-ref refs/heads/main {other}\n'
        f';; esac\nexec {git} "$@"\n'
    )
    (tmp_path / "bin/git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    with pytest.raises(HeadwaterError, match="it moved while the build ran"):
        publish(opened, REF, branch="main", expected=old)
    assert read_head(opened) == other
    assert run_git(root, "status", "--porcelain") == ""
    assert not (root / ".git" / NOTE).exists()
