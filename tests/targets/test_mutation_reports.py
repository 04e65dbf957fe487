"""What runs on mutants leave behind, read back whatever derived code wrote into it."""

from __future__ import annotations

import json

from headwater.targets.interface import TestFile
from headwater.targets.mutation import Trial
from headwater.targets.python.target import PythonTarget

FILE = TestFile(path="t.py", text="", tests={"a": "t.py::a", "b": "t.py::b"})
TARGET = PythonTarget()
BASELINE = {"event": "baseline", "passed": ["t.py::a", "t.py::b"]}


def render(*events: object) -> str:
    return "".join(json.dumps(event) + "\n" for event in events)


def test_reads_who_reached_and_who_killed() -> None:
    report = render(
        BASELINE,
        {"event": "started", "mutant": 0},
        {"event": "tried", "mutant": 0, "reached": ["t.py::a", "t.py::b"], "killed": ["t.py::b"]},
    )

    told = TARGET.read_trials(report, tests=[FILE])

    assert told.failed == frozenset()
    assert told.trials == {0: Trial(reached=frozenset("ab"), killed=frozenset("b"))}
    assert told.started is None


def test_a_mutant_that_the_run_ended_in_is_known_by_its_start() -> None:
    told = TARGET.read_trials(render(BASELINE, {"event": "started", "mutant": 3}), tests=[FILE])

    assert (told.trials, told.started) == ({}, 3)


def test_a_test_that_did_not_pass_on_the_code_is_told() -> None:
    told = TARGET.read_trials(render({"event": "baseline", "passed": ["t.py::a"]}), tests=[FILE])

    assert told.failed == frozenset({"b"})
    assert TARGET.read_trials("", tests=[FILE]).failed is None


def test_damaged_and_foreign_lines_are_passed_over() -> None:
    noise = '{"event": "tried", "mutant": 0}\n[1]\nnull\n{"event": "started", "mutant": "x"}\n{"ev'
    known = {"event": "tried", "mutant": 1, "reached": ["t.py::a", "t.py::c", 7], "killed": []}

    told = TARGET.read_trials(render(known) + noise, tests=[FILE])

    assert told.trials == {1: Trial(reached=frozenset("a"), killed=frozenset())}
