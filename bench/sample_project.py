"""A project of seven small components, and the script of a model that solves it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

COMPONENTS = 7
_ROWS = 5


def write_sample_documents() -> Mapping[str, str]:
    """Spec and plan, path to text: each component adds another number."""
    numbers = range(1, COMPONENTS + 1)
    requirements = "\n".join(_write_requirement(number) for number in numbers)
    components = "\n".join(_write_component(number) for number in numbers)
    return {
        "specs/001-sample/spec.md": (
            f"# Feature Specification: Sample\n\n## Requirements\n\n{requirements}"
        ),
        "specs/001-sample/plan.md": (
            "# Implementation Plan: Sample\n\n## Technical Context\n\n**Target**: python\n\n"
            f"## Components\n\n{components}"
        ),
    }


def write_sample_script() -> Mapping[str, list[str]]:
    """The answers of a scripted model, by purpose."""
    return {
        f"implement 001/C{number}": [
            f"```python\ndef add_{number}(value: int) -> int:\n    return value + {number}\n```\n"
        ]
        for number in range(1, COMPONENTS + 1)
    }


def _write_requirement(number: int) -> str:
    rows = "".join(
        f"  | `add_{number}({value})` | `{value + number}` |\n" for value in range(_ROWS)
    )
    return (
        f"- **FR-00{number}**: Sample MUST add {number} to a value.\n\n"
        f"  | Call | Result |\n  | --- | --- |\n{rows}"
    )


def _write_component(number: int) -> str:
    return (
        f"### C{number}: add_{number}\n\n"
        f"**File**: `src/sample/add_{number}.py`\n"
        f"**Implements**: FR-00{number}\n"
        "**Depends on**: none\n\n"
        f"**Interface**:\n\n```python\ndef add_{number}(value: int) -> int: ...\n```\n"
    )
