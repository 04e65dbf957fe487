"""Documents of OpenSpec and Kiro to import, and short ways to write and read documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.spec.read_project import CONSTITUTION_PATH, read_project
from headwater.workspace.documents import read_documents
from tests.interop.kiro_documents import BUGFIX, DESIGN, ENGLISH, TASKS
from tests.interop.openspec_documents import DELTA, MAIN

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.spec.model import Project

CHANGE = "openspec/changes/add-sign-out"
DOCUMENTS = {
    "openspec/specs/sign-in/spec.md": MAIN,
    f"{CHANGE}/proposal.md": "# Change: Sign out\n\n## Why\n\nPeople ask.\n",
    f"{CHANGE}/tasks.md": "## 1. All\n\n- [x] 1.1 Add it in src/out.py\n- [ ] 1.2 (P) Test\n",
    f"{CHANGE}/specs/sign-in/spec.md": DELTA,
    ".kiro/specs/auth/requirements.md": ENGLISH,
    ".kiro/specs/auth/design.md": DESIGN,
    ".kiro/specs/auth/tasks.md": TASKS,
    ".kiro/specs/auth/research.md": "# Research\n",
    ".kiro/specs/auth/spec.json": "{}",
    ".kiro/specs/crash/bugfix.md": BUGFIX,
    ".kiro/steering/tech.md": "# Tech\n\n## Stack\n\nPython.\n\n### 1. Tests\n\npytest\n",
}


def write(root: Path, documents: dict[str, str]) -> None:
    for path, text in documents.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def read_native(root: Path) -> Project:
    return read_project(read_documents(root, (CONSTITUTION_PATH, "specs/*/*.md")))


def list_files(root: Path) -> set[str]:
    return {
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }
