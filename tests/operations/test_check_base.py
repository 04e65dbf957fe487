"""The base of a `check`: where branches parted, and commits that cannot be one."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError, UsageError
from headwater.operations.check import check
from headwater.wiring import list_targets
from tests.cli.projects import PLAN, PLAN_PATH, SPEC_PATH
from tests.cli.projects import SPEC as SOUND
from tests.operations.changing_titles import Changing, codes, find_vague

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_the_base_is_where_the_branches_parted(changing: Changing) -> None:
    """What has been mended on the other branch since is not held against this one."""
    changing.git(changing.root, "switch", "--quiet", "-c", "work")
    changing.commit()
    changing.git(changing.root, "switch", "--quiet", "main")
    changing.write(SPEC_PATH, SOUND)
    changing.commit()
    changing.git(changing.root, "switch", "--quiet", "work")

    assert codes(changing.check("main")) == []


def test_links_of_the_base_are_passed_over(changing: Changing) -> None:
    """They are no documents: what the plan brings about is new."""
    (changing.root / PLAN_PATH).unlink()
    (changing.root / PLAN_PATH).symlink_to("spec.md")
    changing.commit()
    (changing.root / PLAN_PATH).unlink()
    changing.write(PLAN_PATH, PLAN)

    found = codes(changing.check("HEAD"))

    assert ("unimplemented-requirement", 5) in found
    assert find_vague(changing.check("HEAD")) == []


@pytest.mark.parametrize("base", ["nowhere", "--all", "HEAD^{tree}", "base:specs"])
def test_a_base_that_is_none_is_wrong_usage(changing: Changing, base: str) -> None:
    with pytest.raises(UsageError, match="expected the name of a commit") as caught:
        changing.check(base)

    assert caught.value.hint


def test_a_branch_that_only_the_remote_has_is_suggested(
    changing: Changing, tmp_path: Path, run_git: Callable[..., str]
) -> None:
    run_git(tmp_path, "clone", "--quiet", str(changing.root), "clone")
    clone = Changing(root=tmp_path / "clone", git=run_git)
    run_git(clone.root, "switch", "--quiet", "-c", "work")
    run_git(clone.root, "branch", "--quiet", "-D", "main")

    with pytest.raises(UsageError) as caught:
        clone.check("main")

    assert caught.value.hint == "Did you mean `origin/main`?"
    assert clone.check("origin/main").findings == ()


def test_a_shallow_clone_is_told_apart(
    changing: Changing, tmp_path: Path, run_git: Callable[..., str]
) -> None:
    changing.commit()
    run_git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{changing.root}", "clone")
    clone = Changing(root=tmp_path / "clone", git=run_git)

    with pytest.raises(UsageError) as caught:
        clone.check("HEAD~1")

    assert "shallow" in caught.value.hint
    assert "fetch-depth: 0" in caught.value.hint
    assert clone.check("HEAD").findings == ()


def test_histories_that_share_nothing_cannot_be_compared(changing: Changing) -> None:
    changing.git(changing.root, "switch", "--quiet", "--orphan", "other")
    changing.commit()
    changing.git(changing.root, "switch", "--quiet", "main")

    with pytest.raises(UsageError, match="in common, found none"):
        changing.check("other")


def test_without_a_commit_there_is_nothing_to_compare_with(
    git_settings: Path, tmp_path: Path
) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path / "new")], check=True)

    with pytest.raises(HeadwaterError, match="expected a commit, found none"):
        check(tmp_path / "new", targets=list_targets(), base="HEAD")
