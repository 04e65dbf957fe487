"""A drafted spec with things open, and short ways to clarify it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from headwater.spec.model import Source
from headwater.spec.read_spec import read_spec
from headwater.steps.clarify.apply import apply_entries
from headwater.steps.clarify.read_entries import read_entries

if TYPE_CHECKING:
    from headwater.spec.model import Spec
    from headwater.steps.clarify.apply import Applied
    from headwater.steps.clarify.reword import Reword

PATH = "specs/001-parking-fees/spec.md"
SPEC = (Path(__file__).parents[2] / "operations/snapshots/parking-fees.md").read_text("utf-8")
DAY = "2026-01-03"
DAY_BEGINS = "{question: 'When does a day begin?', answer: at midnight}"
STORING = "# S\n\n## Requirements\n\n- **FR-001**: The system MUST store the note.\n"


def spec_of(text: str = SPEC) -> Spec:
    """The spec that this text is."""
    return read_spec(Source(path=PATH, data=text.encode()))


def apply(answers: str, *, text: str = SPEC, reword: Reword | None = None) -> Applied:
    """What an answers file makes of a spec; the file must be readable."""
    entries, problems = read_entries(answers, path="answers.yaml")
    assert problems == ()
    return apply_entries(spec_of(text), entries, day=DAY, reword=reword, path="answers.yaml")


def lines_changed(applied: Applied, *, text: str = SPEC) -> tuple[list[str], list[str]]:
    """The lines that went and those that came, empty ones apart."""
    before, after = text.splitlines(), applied.data.decode().splitlines()
    gone = [line for line in before if line and line not in after]
    return gone, [line for line in after if line and line not in before]
