"""The documents of a sketch as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.operations.builders import Sketch


def render_spec(sketch: Sketch) -> str:
    """The sketch's `spec.md`."""
    lines = ["# Feature Specification: Sums", ""]
    if sketch.scenarios:
        lines += ["### User Story 1 - Count (Priority: P1)", "", "**Acceptance Scenarios**:", ""]
        lines += [f"{number}. {text}" for number, text in enumerate(sketch.scenarios, 1)]
        lines += [""]
    lines += ["## Requirements", ""]
    for part in sketch.parts:
        lines += [f"- **FR-00{part.number}**: {part.text}", ""]
        if part.rows:
            lines += ["  | Call | Result |", "  | --- | --- |"]
            lines += [f"  | `{call}` | {_tick(result)} |" for call, result in part.rows]
            lines += [""]
    return "\n".join(lines)


def render_plan(sketch: Sketch) -> str:
    """The sketch's `plan.md`."""
    lines = ["# Implementation Plan: Sums", "", "## Technical Context", "", "**Target**: python"]
    lines += ["", "## Components", ""]
    for part in sketch.parts:
        refs = ", ".join((f"FR-00{part.number}", *part.refs))
        needs = ", ".join(f"C{need}" for need in part.needs) or "none"
        lines += [f"### C{part.number}: {part.name}", "", f"**File**: `{part.path}`"]
        lines += [f"**Implements**: {refs}", f"**Depends on**: {needs}"]
        lines += [f"**Command**: {part.start}"] if part.start else []
        lines += [f"**Responsibility**: See to {part.name}.", "", "**Interface**:", ""]
        lines += ["```python", part.interface, "```", ""]
    return "\n".join(lines)


def _tick(result: str) -> str:
    return result if result.startswith("raises") else f"`{result}`"
