"""The red check: tests that prove nothing are told apart from tests that can fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.units import WrittenTest
from headwater.spec.model import Place
from headwater.steps.deriving.red import Rejected, check_red
from tests.operations.builders import TARGETS, make_workbench
from tests.targets.builders import component, emit

if TYPE_CHECKING:
    from headwater.targets.interface import TestFile

HEADER = "| Call | Result |\n| --- | --- |\n"
DEMO = component(
    "LIMIT: int = 3\n\nclass Broken(ValueError): ...\n\ndef f(n: int) -> int: ...",
)


def written(name: str, body: str) -> WrittenTest:
    return WrittenTest(
        key=name,
        ref="001/FR-002",
        code=f"def test_{name}() -> None:\n    {body}\n",
        touches=("001/C1",),
        owner="001/C1",
        place=Place(path="specs/001-demo/spec.md", line=7),
    )


def check(*tests: TestFile, exempt: frozenset[str] = frozenset()) -> tuple[Rejected, ...]:
    return check_red(
        tests,
        components=[DEMO],
        support=TARGETS["python"].emit_support("001-demo"),
        exempt=exempt,
        workbench=make_workbench(),
    )


def test_only_tests_that_fail_for_the_right_reason_may_judge() -> None:
    """One run of good and bad tests, each rejected for its own reason."""
    good = [
        written("calls", "assert f(1) == 2"),
        written("error", "with pytest.raises(Broken):\n        f(-1)"),
        written("wrong", "assert LIMIT == 4"),
    ]
    bad = [
        written("true", "assert True or f(1)"),
        written("import", "import nowhere\n    assert f(1) == nowhere.x"),
        written("fixture", "assert f(undefined) == 2"),
        written(
            "any_error",
            "import pytest\n    with pytest.raises(BaseException):\n        raise Broken",
        ),
        written("exit", "import os\n    os._exit(0)\n    assert f(1)"),
    ]
    tests = emit(f"{HEADER}| `f(1)` | `2` |\n", DEMO, written=[*good, *bad])
    rejected = check(tests)
    reasons = {found.key: found.reason for found in rejected}
    assert set(reasons) == {"true", "import", "fixture", "any_error", "exit"}
    assert "it passes against a stub" in reasons["true"]
    assert "it breaks by its own fault" in reasons["import"]
    assert "nowhere" in reasons["import"]
    assert "it breaks by its own fault" in reasons["fixture"]
    assert "undefined" in reasons["fixture"]
    assert "it passes against a stub" in reasons["any_error"]
    assert reasons["exit"].startswith("it did not run to its end: the run ended during this test")


def test_an_error_that_no_handler_hides_is_a_reached_stub() -> None:
    """A test cannot pass by swallowing what the stub raises."""
    swallowing = written(
        "swallowing",
        "try:\n        n = f(1)\n    except Exception:\n        n = 2\n    assert n == 2",
    )
    tests = emit("", DEMO, written=[swallowing])
    rejected = check(tests)
    assert rejected == ()


def test_what_touches_only_declared_types_is_exempt() -> None:
    declared = written("declared", "assert LIMIT == 3")
    tests = emit("", DEMO, written=[declared])
    assert check(tests, exempt=frozenset({"declared"})) == ()
    assert [found.key for found in check(tests)] == ["declared"]


def test_without_tests_nothing_is_run() -> None:
    assert check() == ()
