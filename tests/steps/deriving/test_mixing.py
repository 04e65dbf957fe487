"""Modules mixed from the functions that each candidate did best."""

from __future__ import annotations

from headwater.spec.model import Place, Problem
from headwater.steps.deriving.judge import Judgement
from headwater.steps.deriving.mixing import mix_candidates
from headwater.targets.interface import TestResult, Verdict
from tests.targets.builders import TARGET, component, units_of

DEMO = component("def f(n: int) -> int: ...\ndef g(n: int) -> int: ...")
UNITS = units_of(
    "| Call | Result |\n| --- | --- |\n"
    "| `f(1)` | `2` |\n| `g(1)` | `3` |\n| `g(n=2)` | `6` |\n| `f(n=g(1))` | `6` |\n",
    DEMO,
)
F_RIGHT = "def f(n):\n    return 2 * n\n\n\ndef g(n):\n    return 0\n"
G_RIGHT = "def f(n):\n    return 0\n\n\ndef g(n):\n    return 3 * n\n"
MIXED = "def f(n):\n    return 2 * n\n\n\ndef g(n):\n    return 3 * n\n"


def judge(code: str, *passing: int) -> Judgement:
    """A judgement by which just these units pass."""
    results = tuple(
        TestResult(key=unit.key, verdict=Verdict.PASSED if n in passing else Verdict.FAILED)
        for n, unit in enumerate(UNITS)
    )
    return Judgement(code=code, results=results)


def mix(*judgements: Judgement, functions: tuple[str, ...] = ("f", "g")) -> str:
    return mix_candidates(judgements, units=UNITS, functions=functions, target=TARGET)


def test_each_function_is_taken_where_it_did_best() -> None:
    assert mix(judge(F_RIGHT, 0), judge(G_RIGHT, 1, 2)) == MIXED


def test_a_test_of_two_functions_speaks_for_neither() -> None:
    """Only tests that call one function alone tell which function is good."""
    assert mix(judge(G_RIGHT, 1, 2), judge(F_RIGHT, 3)) == ""


def test_what_a_candidate_is_already_is_no_mixture() -> None:
    assert mix(judge(F_RIGHT, 0), judge(G_RIGHT, 1, 2), judge(MIXED)) == ""


def test_there_must_be_two_functions_and_two_sound_candidates() -> None:
    problem = Problem(code="x", message="x", place=Place(path="x", line=1))
    unsound = Judgement(code=G_RIGHT, problems=(problem,), results=judge(G_RIGHT, 1, 2).results)
    assert mix(judge(F_RIGHT, 0), judge(G_RIGHT, 1, 2), functions=("f",)) == ""
    assert mix(judge(F_RIGHT, 0), unsound) == ""
    assert mix(judge(F_RIGHT, 0)) == ""
    assert mix() == ""


def test_sequences_count_for_the_one_function_that_they_call() -> None:
    units = units_of(
        "| Call | Result |\n| --- | --- |\n| `a = f(1)` | — |\n"
        '| `f([a, {"b": f(1)}])` | `4` |\n| `f(a.real)` | `4` |\n\n'
        "| Call | Result |\n| --- | --- |\n| `g(1)` | `3` |\n",
        DEMO,
    )
    passed, failed = Verdict.PASSED, Verdict.FAILED

    def judged(code: str, f: Verdict, g: Verdict) -> Judgement:
        verdicts = zip(units, (f, g), strict=True)
        return Judgement(
            code=code, results=tuple(TestResult(key=u.key, verdict=v) for u, v in verdicts)
        )

    mixed = mix_candidates(
        [judged(F_RIGHT, passed, failed), judged(G_RIGHT, failed, passed)],
        units=units,
        functions=("f", "g"),
        target=TARGET,
    )
    assert mixed == MIXED
