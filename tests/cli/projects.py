"""A small project and the program that is run in it, for the tests of this folder."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from headwater.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SPEC_PATH = "specs/001-titles/spec.md"
PLAN_PATH = "specs/001-titles/plan.md"
CODE_PATH = "src/titles/slugs.py"
TEST_PATH = "tests/001_titles/test_c1.py"
RECORD_PATH = "specs/001-titles/headwater.lock/C1.json"

SPEC = """\
# Feature Specification: Titles

## Requirements

- **FR-001**: A title MUST become its words in lower case, joined by hyphens.

  | Call | Result |
  | --- | --- |
  | `slugify("Hello World")` | `"hello-world"` |
  | `slugify("One")` | `"one"` |
"""

PLAN = """\
# Implementation Plan: Titles

## Technical Context

**Target**: python

## Components

### C1: slugs

**File**: `src/titles/slugs.py`
**Implements**: FR-001
**Depends on**: none
**Responsibility**: Turn a title into a slug.

**Interface**:

```python
def slugify(title: str) -> str: ...
```
"""

CODE = """\
def slugify(title: str) -> str:
    return "-".join(title.lower().split())
"""

WRONG = """\
def slugify(title: str) -> str:
    return title.upper()
"""

CONSTITUTION = """\
# Titles Constitution

### I. Input is data

```yaml
enforce:
  - {check: calls.forbidden, scope: "src/**", calls: [eval]}
```
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finished:
    """How a command ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def document(self) -> dict[str, object]:
        """The one JSON document on standard output."""
        content = json.loads(self.stdout)
        assert isinstance(content, dict)
        return content


@dataclass(frozen=True, kw_only=True, slots=True)
class Project:
    """A repository, and the command line in it."""

    root: Path
    capture: pytest.CaptureFixture[str]

    def run(self, *arguments: str) -> Finished:
        """Run one command as if typed in the repository."""
        self.capture.readouterr()
        code = run(["-C", str(self.root), *arguments])
        printed = self.capture.readouterr()
        return Finished(code=code, stdout=printed.out, stderr=printed.err)

    def write(self, path: str, text: str | bytes) -> None:
        """Write a file, with its folders."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode() if isinstance(text, str) else text)

    def commit(self, message: str = "Change") -> None:
        """Commit everything that is there."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)

    def git(self, *arguments: str) -> str:
        """Plain git, as a user types it."""
        finished = subprocess.run(
            ["git", *arguments], cwd=self.root, check=True, capture_output=True, text=True
        )
        return finished.stdout

    def script(self, answers: Mapping[str, object] | list[object]) -> str:
        """Write a script for the model; return its name as a setting takes it."""
        place = self.root.parent / "script.json"
        place.write_text(json.dumps(answers), encoding="utf-8")
        return f"scripted:{place}"

    def look(self) -> tuple[str, str, dict[str, bytes]]:
        """HEAD, `git status`, and every file that is not Headwater's own or git's."""
        files = {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and not {".git", ".headwater"} & set(path.parts)
        }
        branch = self.git("symbolic-ref", "HEAD") + self.git("for-each-ref")
        return branch, self.git("status", "--porcelain", "--untracked-files=all"), files


def answer(code: str) -> str:
    """Code as a model writes it."""
    return f"```python\n{code}```\n"


def write_template(folder: Path) -> None:
    """Make a repository in `folder` whose documents are committed, built and fresh."""
    environment = {
        "GIT_AUTHOR_NAME": "Ada Lovelace",
        "GIT_AUTHOR_EMAIL": "ada@example.org",
        "GIT_COMMITTER_NAME": "Ada Lovelace",
        "GIT_COMMITTER_EMAIL": "ada@example.org",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        subprocess.run(["git", "init", "--quiet", "-b", "main", str(folder)], check=True)
        assert run(["-C", str(folder), "init"]) == 0
        for path, text in {SPEC_PATH: SPEC, PLAN_PATH: PLAN}.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        for arguments in (["add", "--all"], ["commit", "--quiet", "-m", "Say what titles become"]):
            subprocess.run(["git", *arguments], cwd=folder, check=True)
        script = folder.parent / "script.json"
        script.write_text(json.dumps([answer(CODE)]), encoding="utf-8")
        assert run(["-C", str(folder), "build", "--model", f"scripted:{script}"]) == 0
