"""Scores of strength, which measurement holds, and measurements as lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from headwater.graph.strength import RefStrength, StrengthRecord, Survivor, add_up, find_current
from headwater.graph.strength_codec import read_strengths, render_strength
from headwater.graph.verification import Conditions

SURVIVOR = Survivor(path="src/a.py", line=3, before="1 < n", after="1 <= n", call="`f(1)`")
REF = RefStrength(ref="001/FR-001", reached=6, killed=3, elsewhere=2, survivors=(SURVIVOR,))
RECORD = StrengthRecord(
    bodies={"src/a.py": "b1"},
    tests="t1",
    mutator="m1",
    most=60,
    mutants=8,
    killed=5,
    unreached=2,
    refs=(REF,),
)
CONDITIONS = Conditions(
    bodies={"src/a.py": "b1"}, tests="t1", emitter="e", toolchain="t", articles="a"
)
PATH = "specs/001-a/headwater.lock/C1.strength.jsonl"


def test_a_score_counts_what_the_refs_own_tests_kill_and_what_nobody_does() -> None:
    assert REF.score == pytest.approx(0.75)
    assert RefStrength(ref="001/FR-001", reached=2, killed=0, elsewhere=2).score is None


def test_a_components_score_counts_every_mutant() -> None:
    assert RECORD.score == pytest.approx(5 / 8)
    assert replace(RECORD, mutants=0, killed=0, unreached=0).score is None


def test_a_ref_on_two_components_is_added_up() -> None:
    whole = add_up([REF, replace(REF, killed=7, survivors=())])

    assert (whole.reached, whole.killed, whole.elsewhere) == (12, 10, 4)
    assert whole.score == pytest.approx(10 / 11)


@pytest.mark.parametrize(
    "other",
    [
        replace(RECORD, bodies={"src/a.py": "b2"}),
        replace(RECORD, bodies={"src/a.py": "b1", "src/b.py": "b1"}),
        replace(RECORD, tests="t2"),
        replace(RECORD, mutator="m2"),
    ],
)
def test_a_measurement_of_something_else_counts_for_nothing(other: StrengthRecord) -> None:
    assert find_current([other], CONDITIONS, mutator="m1") is None
    assert find_current([other, RECORD, other], CONDITIONS, mutator="m1") is RECORD


def test_the_last_measurement_of_the_same_counts() -> None:
    later = replace(RECORD, most=10)

    assert find_current([RECORD, later], CONDITIONS, mutator="m1") is later


def test_lines_are_read_as_they_were_written() -> None:
    later = replace(RECORD, most=10, refs=())

    read, problems = read_strengths(render_strength(RECORD) + render_strength(later), path=PATH)

    assert (read, problems) == ((RECORD, later), ())


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '{"format":2}', render_strength(RECORD).replace('"line":3', '"line":"3"').strip()],
)
def test_a_line_that_cannot_be_read_is_a_warning_with_its_place(line: str) -> None:
    read, (problem,) = read_strengths(f"{render_strength(RECORD)}{line}\n", path=PATH)

    assert read == (RECORD,)
    assert (problem.code, str(problem.place)) == ("strength-unreadable", f"{PATH}:2")
    assert "build --strength" in problem.hint
