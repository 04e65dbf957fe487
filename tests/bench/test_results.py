from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bench.results import Result, append_result, read_results, render_table
from headwater.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

SOLVED = Result(
    exercise="halves",
    arm="c",
    model="embedded:",
    seed=0,
    tokens=2400,
    solved=True,
    claimed=True,
    judged=3,
    judged_total=3,
    visible=5,
    visible_total=5,
    attempts=2,
    input_tokens=100,
    output_tokens=40,
    seconds=3.2,
    code="x = 'é\u2028'\n",
)


def test_results_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "new" / "results.jsonl"
    other = replace(SOLVED, arm="a", solved=False)
    assert read_results(path) == []
    append_result(path, SOLVED)
    append_result(path, other)
    assert read_results(path) == [SOLVED, other]


@pytest.mark.parametrize("line", ['{"exercise": "hal', '{"exercise": "halves"}', "[]"])
def test_a_line_that_is_no_result_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    append_result(path, SOLVED)
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"results\.jsonl:2: this is no result"):
        read_results(path)


def test_the_table_counts_and_compares() -> None:
    """An exercise that only one arm was measured on does not count in the comparison."""
    results = [
        SOLVED,
        replace(SOLVED, arm="a", output_tokens=10, seconds=1.0),
        replace(SOLVED, exercise="thirds", output_tokens=60),
        replace(SOLVED, exercise="thirds", arm="a", solved=False, output_tokens=11),
        replace(SOLVED, exercise="quarters", claimed=False, solved=False),
    ]
    lines = render_table(results).splitlines()
    assert lines[2] == "| halves | yes |  | yes | 10 |  | 40 | 1 |  | 3 |"
    assert lines[4] == "| thirds | no |  | yes | 11 |  | 60 | 3 |  | 3 |"
    assert lines[5] == "| total | 1 of 2 |  | 2 of 3 | 21 |  | 140 | 4 |  | 10 |"
    assert lines[7:] == [
        "c/a: 2.00 (2 solved to 1, of 2)",
        "a: 1 of 2 given as right and wrong",
        "c: 0 of 3 given as right and wrong",
    ]


def test_without_a_solved_exercise_there_is_no_ratio() -> None:
    results = [SOLVED, replace(SOLVED, arm="b", solved=False, claimed=False)]
    assert "c/b: no number (1 solved to 0, of 1)" in render_table(results)
