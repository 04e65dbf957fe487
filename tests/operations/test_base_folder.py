from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.operations.standing.base_folder import lay_out_commit
from headwater.workspace.repository import open_repository, read_head

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PLAN = """\
# Plan

**File**: `src/named here.py`

- [ ] T001 Write src/in_a_task.py, and docs/not there.md.
"""
FILES = {
    "specs/001-a/plan.md": PLAN,
    "specs/001-a/checklists/one.md": "# Checks\n",
    "specs/001-a/headwater.lock/C1.json": '{"path": "src/in_a_lock.py"}\n',
    ".specify/memory/constitution.md": "# C\n",
    "openspec/specs/a/spec.md": "# A\n",
    "src/named here.py": "a\n",
    "src/in_a_task.py": "b\n",
    "src/in_a_lock.py": "c\n",
    "src/nobody_names_it.py": "d\n",
    "lib/nor_this.py": "e\n",
}
UNNAMED = {"src/nobody_names_it.py", "lib/nor_this.py", "README.md"}


def test_what_a_check_reads_is_there_and_nothing_else(
    repository: Path, run_git: Callable[..., str]
) -> None:
    for path, text in FILES.items():
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).write_text(text, encoding="utf-8")
    run_git(repository, "add", "--all")
    run_git(repository, "commit", "--quiet", "-m", "Add")
    run_git(repository, "branch", "other")
    (repository / "src/in_a_task.py").write_text("changed since\n", encoding="utf-8")
    opened = open_repository(repository)

    with lay_out_commit(opened, read_head(opened)) as folder:
        written = (path for path in folder.rglob("*") if path.is_file() and path.name != ".git")
        found = {path.relative_to(folder).as_posix(): path.read_text() for path in written}
        assert found == {path: text for path, text in FILES.items() if path not in UNNAMED}
        assert (folder / "lib").is_dir()
        assert run_git(folder, "branch", "--format=%(refname)").split() == [
            "refs/heads/main",
            "refs/heads/other",
        ]

    assert not folder.exists()
