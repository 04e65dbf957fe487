"""The bench of planning, on a model that answers from a script."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bench.planning import IDEAS, render_outcome, take_idea
from headwater.errors import ExitCode
from tests.steps.specify.parking import IDEA, answer_parking

if TYPE_CHECKING:
    from pathlib import Path


def test_an_idea_is_taken_as_far_as_the_model_goes_and_counted(tmp_path: Path) -> None:
    """The script has no answers for the plan, which is drafted without them."""
    idea, script = tmp_path / "parking.md", tmp_path / "script.json"
    idea.write_text(IDEA, encoding="utf-8")
    script.write_text(json.dumps(answer_parking()), encoding="utf-8")
    outcome = take_idea(idea, tmp_path / "work", model=f"scripted:{script}", seed=0)
    assert outcome.steps[0].code == ExitCode.DONE
    assert outcome.counts["requirements"] == 4
    assert not outcome.errors
    assert outcome.total("calls") > 0
    assert render_outcome(outcome).startswith("| parking | ")


def test_the_ideas_are_ten_to_specify_and_three_to_refuse() -> None:
    names = {path.stem for path in IDEAS.glob("*.md")}
    vague = {name for name in names if name.startswith("vague-")}
    assert (len(names), len(vague)) == (13, 3)
