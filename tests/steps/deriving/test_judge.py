"""A candidate's judgement, stage by stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.spec.model import Source
from headwater.spec.read_constitution import read_constitution
from headwater.steps.deriving.judge import Judgement, judge_candidate
from headwater.steps.deriving.law import Law
from headwater.targets.interface import Verdict
from tests.operations.builders import TARGETS, make_workbench
from tests.targets.builders import component, emit

if TYPE_CHECKING:
    from headwater.spec.model import Constitution

DEMO = component("def f(n: int) -> int: ...")
TESTS = emit("| Call | Result |\n| --- | --- |\n| `f(1)` | `2` |\n| `f(3)` | `6` |\n", DEMO)
SUPPORT = dict(TARGETS["python"].emit_support("001-demo"))
RIGHT = "def f(n: int) -> int:\n    return 2 * n\n"


def judge(code: str, constitution: Constitution | None = None) -> Judgement:
    return judge_candidate(
        DEMO,
        code,
        workbench=make_workbench(),
        law=Law(constitution=constitution),
        files=SUPPORT,
        dependencies=(),
        tests=(TESTS,),
    )


def enforce(*checks: str) -> Constitution:
    """A constitution whose one article enforces these checks."""
    listed = "\n".join(f"  - {check}" for check in checks)
    text = f"# Constitution\n\n### I. Care\n\n```yaml\nenforce:\n{listed}\n```\n"
    return read_constitution(Source(path="constitution.md", data=text.encode()))


def test_a_right_candidate_is_accepted_formatted_and_with_its_exports() -> None:
    judgement = judge("def f(n: int) -> int: return (2 *  n)")
    assert judgement.accepted
    assert judgement.code == '__all__ = ["f"]\n\n\ndef f(n: int) -> int:\n    return 2 * n\n'
    assert judgement.passed == frozenset(TESTS.tests)


def test_a_wrong_candidate_says_which_tests_fail() -> None:
    judgement = judge("def f(n: int) -> int:\n    return n + 1\n")
    assert not judgement.accepted
    assert not judgement.problems
    assert len(judgement.passed) == 1
    (failure,) = judgement.failures
    assert failure.verdict is Verdict.FAILED
    assert "f(3)" in failure.message


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("def f(n: int) -> int:\n    return (\n", "syntax-error"),
        ("", "interface-missing"),
        ("def g(n: int) -> int:\n    return 2 * n\n", "interface-missing"),
        ("def f(n: int, m: int) -> int:\n    return 2 * n\n", "interface-differs"),
        ("def f(n: int) -> int:\n    return 2 * number\n", "F821"),
    ],
)
def test_an_unsound_candidate_is_stopped_before_any_test(code: str, kind: str) -> None:
    judgement = judge(code)
    assert [problem.code for problem in judgement.problems] == [kind]
    assert judgement.results == ()
    assert not judgement.accepted


@pytest.mark.parametrize(
    ("check", "code"),
    [
        (
            "{check: imports.forbidden, modules: [socket]}",
            "import socket\n\n\ndef f(n: int) -> int:\n    socket.gethostname\n    return 2 * n\n",
        ),
        (
            "{check: calls.forbidden, calls: [eval]}",
            'def f(n: int) -> int:\n    return eval("2 * n")\n',
        ),
        (
            "{check: complexity.max, max: 1}",
            "def f(n: int) -> int:\n    return 2 * n if n else 0\n",
        ),
    ],
)
def test_an_article_stops_a_candidate_that_would_pass(check: str, code: str) -> None:
    """Each of the three checks: the same candidate passes where no article forbids it."""
    if "socket" in code:
        code = (
            "import socket\n\n\ndef f(n: int) -> int:\n    socket.gethostname\n    return 2 * n\n"
        )
    judgement = judge(code, enforce(check))
    assert len(judgement.problems) == 1
    assert "article I" in judgement.problems[0].message
    assert judgement.problems[0].place.path == "src/demo.py"
    assert judgement.results == ()
    assert judge(code, enforce(check.replace("{", "{severity: warning, "))).accepted
    assert judge(code).accepted


def test_an_article_of_other_files_does_not_stop_it() -> None:
    constitution = enforce('{check: complexity.max, max: 1, scope: "tests/**"}')
    assert judge("def f(n: int) -> int:\n    return 2 * n if n else 0\n", constitution).accepted


def test_better_is_sound_then_more_tests_then_shorter() -> None:
    unsound = judge("def f(:")
    wrong = judge("def f(n: int) -> int:\n    return 2\n")
    right = judge(RIGHT)
    longer = Judgement(code=right.code + "# more\n", results=right.results)
    ranked = sorted([longer, right, unsound, wrong], key=lambda judgement: judgement.rank)
    assert ranked == [unsound, wrong, longer, right]
