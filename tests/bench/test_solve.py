from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from bench.arms import Arm, render_plain_prompt
from bench.exercism import TUNING, read_exercise
from bench.results import Result, read_results
from bench.solve import choose_arms, choose_slugs, main
from headwater.errors import UsageError
from tests.bench.exercises import HALVES, write_exercise

if TYPE_CHECKING:
    from pathlib import Path

RIGHT = """\
def halve_it(value: int) -> int:
    if value % 2:
        raise ValueError(value)
    return value // 2
"""
WRONG = """\
def halve_it(value: int) -> int:
    return value // 2
"""


def fence(code: str) -> str:
    return f"```python\n{code}```\n"


@pytest.fixture
def data(tmp_path: Path, git_settings: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with one exercise, and nothing of the user's settings."""
    for name in list(os.environ):
        if name.startswith("HEADWATER_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HEADWATER_DATA", str(tmp_path))
    write_exercise(tmp_path, "halves", HALVES)
    return tmp_path


def run(data: Path, *arguments: str, **scripts: list[str]) -> int:
    """Run the bench with a scripted model."""
    script = data / "script.json"
    purposes = {"build": "implement 001/C1", "plain": "plain prompt"}
    content = {purposes[name]: answers for name, answers in scripts.items()}
    script.write_text(json.dumps(content), encoding="utf-8")
    model, file = f"scripted:{script}", str(data / "results.jsonl")
    return main(["--model", model, "--results", file, *arguments])


def read(data: Path) -> dict[str, Result]:
    return {result.arm: result for result in read_results(data / "results.jsonl")}


def test_all_arms_are_measured_by_the_same_judge(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The plain answer is wrong where the judge looks; the build and the resampling repair it."""
    code = run(
        data,
        build=[fence(WRONG), fence(RIGHT)],
        plain=[fence(WRONG), "I cannot.", fence(WRONG), f"Here:\n\n{fence(RIGHT)}", fence(WRONG)],
    )
    printed = capsys.readouterr()
    results = read(data)
    assert code == 0
    assert {arm: result.solved for arm, result in results.items()} == {
        "a": False,
        "b": True,
        "c": True,
    }
    assert (results["a"].judged, results["a"].judged_total) == (2, 3)
    assert results["a"].claimed
    assert results["b"].attempts == 3
    assert results["c"].output_tokens > 0
    assert "| halves | no | yes | yes |" in printed.out
    assert "[1/1] halves c: solved" in printed.err


def test_resampling_spends_no_more_than_the_build(data: Path) -> None:
    """It stops after the answer that reaches the build's tokens, and gives the best so far."""
    run(data, build=[fence(RIGHT)], plain=[fence(WRONG)] * 4)
    results = read(data)
    assert results["b"].attempts == 2
    assert results["b"].output_tokens >= results["c"].output_tokens
    assert (results["b"].claimed, results["b"].solved) == (False, False)
    assert results["b"].code == WRONG


def test_a_refused_build_solves_nothing(data: Path) -> None:
    run(data, "--arms", "c", "--tokens", "10", build=[fence(WRONG)])
    result = read(data)["c"]
    assert (result.solved, result.claimed, result.code) == (False, False, "")
    assert result.output_tokens > 0


def test_what_is_measured_is_not_measured_again(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second run would fail: its script is empty."""
    run(data, "--arms", "a,c", build=[fence(RIGHT)], plain=[fence(RIGHT)])
    capsys.readouterr()
    assert run(data, "--arms", "a,c") == 0
    assert "| total | 1 of 1 |  | 1 of 1 |" in capsys.readouterr().out
    assert len(read_results(data / "results.jsonl")) == 2


def test_an_exercise_that_cannot_be_measured_does_not_stop_the_others(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_exercise(data, "broken", HALVES[:2])
    code = run(data, "--arms", "a", "--only", "broken", "halves", plain=[fence(RIGHT)])
    printed = capsys.readouterr()
    assert code == 1
    assert "[1/2] broken: not measured" in printed.err
    assert "expected at least 3 cases" in printed.err
    assert "| halves | yes |" in printed.out


def test_resampling_needs_the_build(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "--arms", "b", plain=[fence(RIGHT)]) == 1
    assert "c is not measured" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--only", "thirds"], ["--arms", "a,d"]])
def test_a_wrong_command_line_is_told(
    arguments: list[str], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(data, *arguments) == 2
    assert "there is no" in capsys.readouterr().err


def test_groups_name_exercises_once_each() -> None:
    known = [*TUNING, "halves"]
    assert choose_slugs(["halves", "tuning", "all"], known=known) == ["halves", *TUNING]
    with pytest.raises(UsageError, match="thirds"):
        choose_slugs(["thirds"], known=known)


def test_the_build_runs_first() -> None:
    assert choose_arms("b, a,c") == [Arm.BUILT, Arm.PLAIN, Arm.RESAMPLED]


def test_the_plain_prompt_holds_what_a_person_would_send(data: Path) -> None:
    exercise = read_exercise(data / "exercism" / "halves")
    prompt = render_plain_prompt(exercise, exercise.given[1:])
    assert prompt.startswith(exercise.description.strip())
    assert "```python\ndef halve_it(value: int) -> int\n```" in prompt
    assert "- halve_it(2) returns 1\n" in prompt
    assert "- halve_it(1) raises ValueError\n" in prompt
    assert "halve_it(0)" not in prompt
    assert prompt.endswith("Reply with one Python code block.")
