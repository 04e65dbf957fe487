"""What the scale bench asks of a tool, and Headwater as the first of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bench.scale_tree import list_files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.scale_tree import Requirement


class Tool(Protocol):
    """One tool at work in a folder of its own.

    `check` is the cheapest command that reads everything and reports what is wrong; `suspects` the
    one that tells what a change makes doubtful, where that is another; `matrix` writes the
    traceability matrix.
    """

    name: str
    check: list[str]
    suspects: list[str] | None
    matrix: list[str]

    def write(self, folder: Path, *, total: int) -> None:
        """Write the tree."""
        ...

    def edit(self, folder: Path) -> None:
        """Change the text of the first requirement, which many others refine."""
        ...


class Headwater:
    """Specs, plans and tasks, with one example row, component and task a requirement."""

    name = "headwater"

    def __init__(self) -> None:
        program = str(Path(sys.executable).with_name("headwater"))
        self.check = [program, "check"]
        self.suspects: list[str] | None = [program, "impact", "--diff", "HEAD"]
        self.matrix = [program, "trace", "--format", "csv", "-o", "matrix.csv"]

    def write(self, folder: Path, *, total: int) -> None:
        """See `Tool`."""
        for own in list_files(total):
            number = own[0].file
            place = folder / "specs" / f"{number:03d}-area-{number}"
            place.mkdir(parents=True)
            (place / "spec.md").write_text(_write_spec(own), encoding="utf-8")
            (place / "plan.md").write_text(_write_plan(own), encoding="utf-8")
            (place / "tasks.md").write_text(_write_tasks(own), encoding="utf-8")
        for arguments in (
            ["init", "--quiet"],
            ["config", "user.name", "Bench"],
            ["config", "user.email", "bench@example.org"],
            ["add", "--all"],
            ["commit", "--quiet", "--message", "Begin"],
        ):
            subprocess.run(["git", *arguments], cwd=folder, check=True)

    def edit(self, folder: Path) -> None:
        """See `Tool`."""
        edit_once(folder / "specs" / "001-area-1" / "spec.md")


def edit_once(path: Path) -> None:
    """Change the first requirement of a file."""
    text = path.read_text(encoding="utf-8")
    assert "with the number" in text
    path.write_text(text.replace("with the number", "in words", 1), encoding="utf-8")


def _write_spec(own: Sequence[Requirement]) -> str:
    number = own[0].file
    head = (
        f"# Feature Specification: Area {number}\n\n## User Scenarios & Testing\n\n"
        f"### User Story 1 - Ask area {number} (Priority: P1)\n\nA clerk asks for a step.\n\n"
        "**Acceptance Scenarios**:\n\n"
        f"1. **Given** area {number}, **When** a clerk asks for step 1, **Then** it answers 1.\n\n"
        "## Requirements\n\n### Functional Requirements\n\n"
    )
    return head + "\n".join(
        f"- **FR-{item.number:03d}**{_write_refines(item)}: {item.text}\n\n"
        "  | Call | Result |\n  | --- | --- |\n"
        f"  | `step_{number}_{item.number}(1)` | `{item.number}` |\n"
        for item in own
    )


def _write_refines(item: Requirement) -> str:
    if item.refines is None:
        return ""
    file, number = item.refines
    return f" *(refines {file:03d}/FR-{number:03d})*"


def _write_plan(own: Sequence[Requirement]) -> str:
    number = own[0].file
    head = (
        f"# Implementation Plan: Area {number}\n\n## Technical Context\n\n**Target**: python\n\n"
        "## Components\n\n"
    )
    return head + "\n".join(
        f"### C{item.number}: step {item.number}\n\n"
        f"**File**: `src/area_{number}/step_{item.number}.py`\n"
        f"**Implements**: FR-{item.number:03d}\n"
        f"**Depends on**: {_write_needed(item)}\n"
        f"**Responsibility**: Answer step {item.number}.\n\n"
        f"**Interface**:\n\n```python\ndef step_{number}_{item.number}(n: int) -> int: ...\n```\n"
        for item in own
    )


def _write_needed(item: Requirement) -> str:
    return f"{item.refines[0]:03d}/C{item.refines[1]}" if item.refines else "none"


def _write_tasks(own: Sequence[Requirement]) -> str:
    lines = (
        f"- [ ] T{item.number:03d} Implement step {item.number} in "
        f"src/area_{item.file}/step_{item.number}.py (FR-{item.number:03d}; C{item.number})\n"
        for item in own
    )
    return f"# Tasks: Area {own[0].file}\n\n## Phase 1\n\n{''.join(lines)}"
