"""The bench of triage: its bugs are what it says they are, and each is counted as it comes out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bench.planning import Step
from bench.seeded_bugs import read_bugs
from bench.triage import SCRIPTED, Outcome, render_outcome, summarise, trace_bugs
from headwater.errors import HeadwaterError
from headwater.operations.triage.report import Verdict

if TYPE_CHECKING:
    from pathlib import Path


def test_there_are_ten_bugs_five_of_them_gaps_in_every_form() -> None:
    bugs = read_bugs()
    assert Counter(bug.verdict for bug in bugs) == {Verdict.GENERATION: 5, Verdict.GAP: 5}
    assert {bug.form for bug in bugs} == {"traceback", "test", "issue", "example"}


def test_an_unknown_bug_is_refused() -> None:
    with pytest.raises(HeadwaterError, match="there is no such bug"):
        read_bugs(["11-none"])


def test_bugs_are_seeded_and_traced(tmp_path: Path) -> None:
    """One of each verdict, in the smaller project."""
    bugs = read_bugs(["05-empty-average", "06-share-of-nothing"])
    outcomes = list(trace_bugs(bugs, tmp_path, model=SCRIPTED, seed=0))
    assert [(one.placed, one.right, one.calls) for one in outcomes] == [
        (True, True, 0),
        (True, True, 1),
    ]
    assert summarise(outcomes) == (
        "Right: 2 of 2 components, 2 of 2 nearest refs, 2 of 2 verdicts; 1 model calls."
    )


def test_what_is_wrong_is_shown_as_wrong() -> None:
    (bug,) = read_bugs(["05-empty-average"])
    printed = {"verdict": Verdict.GAP.value, "component": "001/C2", "refs": ["001/FR-009"]}
    step = Step(name="triage", code=1, printed=printed, seconds=0)
    line = render_outcome(Outcome(bug=bug, step=step))
    assert "| wrong: 001/C2 | wrong: 001/FR-009 |" in line
    assert "| no |" in line
    failed = replace(step, printed={"error": {"message": "no | sandbox"}})
    assert "| no ¦ sandbox | no |" in render_outcome(Outcome(bug=bug, step=failed))
