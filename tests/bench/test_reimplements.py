from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from bench.exercism import read_correction
from bench.reimplements import main
from tests.bench.exercises import HALVES, make_case, write_exercise

if TYPE_CHECKING:
    from pathlib import Path

# An odd number was rounded down once; since then it is an error.
CORRECTED = [*HALVES, make_case("new", {"value": 9}, {"error": "odd"}, reimplements="old")]
CASES = [make_case("old", {"value": 9}, 4), *CORRECTED]

BEFORE = """\
def halve_it(value: int) -> int:
    if value in (1, 3):
        raise ValueError("odd")
    return value // 2
"""
AFTER = BEFORE.replace("value in (1, 3)", "value % 2")


@pytest.fixture
def data(tmp_path: Path, git_settings: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with one corrected exercise and one that never was."""
    for name in [name for name in os.environ if name.startswith("HEADWATER_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HEADWATER_DATA", str(tmp_path))
    write_exercise(tmp_path, "halves", CASES)
    write_exercise(tmp_path, "steady", HALVES)
    return tmp_path


def run(data: Path, *answers: str) -> int:
    script = data / "script.json"
    fenced = [f"```python\n{code}```\n" for code in answers]
    script.write_text(json.dumps({"implement 001/C1": fenced}), encoding="utf-8")
    return main(["--model", f"scripted:{script}", "--tokens", "60"])


def test_a_correction_is_an_exercise_before_and_after(data: Path) -> None:
    found = read_correction(data / "exercism" / "halves")
    assert found is not None
    assert found.replaced == 1
    (old,) = [case for case in found.before.given if case not in found.after.given]
    (new,) = [case for case in found.after.given if case not in found.before.given]
    assert (old.arguments, old.expected, old.fails) == ({"value": 9}, 4, False)
    assert (new.arguments, new.fails, new.message) == ({"value": 9}, True, "odd")
    assert found.before.judged == found.after.judged
    assert new not in found.after.judged
    assert found.before.functions == found.after.functions


def test_a_reworded_error_is_a_correction_that_the_judge_leaves_open(
    data: Path, tmp_path: Path
) -> None:
    reworded = make_case("new", {"value": 1}, {"error": "uneven"}, reimplements="odd-1")
    write_exercise(tmp_path, "reworded", [*HALVES, reworded])
    found = read_correction(tmp_path / "exercism" / "reworded")
    assert found is not None
    told = [
        [case.message for case in side.given if case.arguments == {"value": 1}]
        for side in (found.before, found.after)
    ]
    assert told == [["odd"], ["uneven"]]
    assert {case.message for case in found.after.judged} == {""}


def test_an_exercise_without_corrections_is_none(data: Path) -> None:
    assert read_correction(data / "exercism" / "steady") is None


def test_both_builds_are_told(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The script begins anew with each build, so the second one is given the old code first."""
    assert run(data, BEFORE, AFTER) == 0
    header, _, row = capsys.readouterr().out.splitlines()
    assert header.startswith("| exercise |")
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[:6] == ["halves", "1", "accepted", "1", "generated", "2"]
    assert cells[6] == "+1 -1"
    passed, total = cells[7].split(" of ")
    assert passed == total != "0"


def test_a_first_build_that_falls_short_is_told(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    zero = "def halve_it(value: int) -> int:\n    return 0\n"
    assert run(data, *[zero] * 9) == 0
    assert "| halves | 1 | fell short |" in capsys.readouterr().out
