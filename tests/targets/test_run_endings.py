"""Runs that end early or never, tests that a model wrote, and runs by hand."""

from __future__ import annotations

import subprocess
import sys
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from headwater.graph.units import WrittenTest
from headwater.spec.model import Place
from tests.targets.builders import FEATURE, TARGET, component, emit, outcomes, run_tests

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.targets.interface import TestFile

HEADER = "| Call | Result |\n| --- | --- |\n"
PASSED = ("passed", "")


def judge(tmp_path: Path, test_file: TestFile, code: str) -> list[tuple[str, str]]:
    return outcomes(run_tests(tmp_path, test_file, {"src/demo.py": dedent(code)}))


F = component("def f(n: int) -> int: ...\ndef g() -> str: ...\n")


TEXTS = component("def f(n: int) -> str: ...\n")


TWO = HEADER + "| `f(1)` | `1` |\n| `f(2)` | `2` |\n"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param(
            "import os\ndef f(n): os._exit(0)\ndef g(): pass\n",
            [("missing", "the run ended during this test"), ("missing", "")],
            id="process ends in a test",
        ),
        pytest.param(
            "import os\nos._exit(0)\n",
            [("missing", "the run ended while this test's file was imported")] * 2,
            id="process ends at import",
        ),
        pytest.param(
            "import sys\nsys.exit(0)\n",
            [("error", "SystemExit: 0 (src/demo.py:2)")] * 2,
            id="exit at import",
        ),
        pytest.param(
            "def g(): pass\n",
            [("error", "ImportError: cannot import name 'f' from 'demo' (src/demo.py)")] * 2,
            id="name missing",
        ),
        pytest.param(
            "\n1 / 0\n",
            [("error", "ZeroDivisionError: division by zero (src/demo.py:2)")] * 2,
            id="import raises",
        ),
        pytest.param(
            "\ndef f(:\n",
            [("error", "SyntaxError: invalid syntax (src/demo.py:2)")] * 2,
            id="syntax error",
        ),
        pytest.param(
            "def f(n):\n    raise KeyboardInterrupt\n",
            [("missing", "the run ended during this test"), ("missing", "")],
            id="interrupt",
        ),
    ],
)
def test_code_that_ends_the_run_is_told_from_code_that_fails(
    tmp_path: Path, code: str, expected: list[tuple[str, str]]
) -> None:
    assert judge(tmp_path, emit(TWO, F), code) == expected


def test_an_endless_test_does_not_eat_the_rest(tmp_path: Path) -> None:
    code = "def f(n):\n    while n == 1: pass\n    while n == 3: pass\n    return n\n"
    tables = TWO + "| `f(3)` | `3` |\n"
    assert judge(tmp_path, emit(tables, F), code) == [
        ("failed", "took longer than 10 s"),
        PASSED,
        ("failed", "took longer than 2 s"),
    ]


def test_a_module_that_is_missing_is_an_error(tmp_path: Path) -> None:
    [first, _] = outcomes(run_tests(tmp_path, emit(TWO, F), {}))
    assert first == ("error", "ModuleNotFoundError: No module named 'demo'")


def written(code: str) -> WrittenTest:
    return WrittenTest(
        key="US1.1-w",
        ref="001/US1.1",
        code=f"def test_us1_1():\n    {code}\n",
        touches=("001/C1",),
        owner="001/C1",
        place=Place(path="specs/001-demo/spec.md", line=7),
    )


@pytest.mark.parametrize(
    ("code", "verdict", "message"),
    [
        ("assert f(1) == '1'", "passed", ""),
        ("assert f(1) == '2'", "failed", "assert '1' == '2'"),
        ("with pytest.raises(ValueError):\n        f(1)", "failed", "DID NOT RAISE"),
        ("with pytest.raises(ValueError):\n        f(-1)", "passed", ""),
        ("f(-1)", "failed", "ValueError: negative (src/demo.py:3)"),
        ("f(0).upper()", "error", "AttributeError: 'NoneType' object has no attribute 'upper'"),
        ("nothing()", "error", "NameError: name 'nothing' is not defined"),
    ],
)
def test_a_written_test_fails_for_the_code_and_errs_for_itself(
    tmp_path: Path, code: str, verdict: str, message: str
) -> None:
    test_file = emit("", TEXTS, written=[written(code)])
    source = (
        "def f(n):\n    if n < 0:\n        raise ValueError('negative')\n"
        "    return str(n) if n else None\n"
    )
    [(found, text)] = judge(tmp_path, test_file, source)
    assert found == verdict
    assert message in text


def test_a_written_test_with_cases_of_its_own_is_as_good_as_its_worst(tmp_path: Path) -> None:
    code = (
        "pass\n\n@pytest.mark.parametrize('n', [1, 2])\ndef test_us1_1(n):\n    assert f(n) == '1'"
    )
    test = written("pass")
    test = WrittenTest(
        key=test.key,
        ref=test.ref,
        code=code.partition("\n\n")[2] + "\n",
        touches=test.touches,
        owner=test.owner,
        place=test.place,
    )
    [(verdict, message)] = judge(
        tmp_path, emit("", TEXTS, written=[test]), "def f(n): return str(n)\n"
    )
    assert verdict == "failed"
    assert "'2' == '1'" in message


def test_all_tests_run_by_hand_too(tmp_path: Path) -> None:
    """Plain pytest, no options, two features with files of one name, from the root or below."""
    for feature, number in ((FEATURE, "1"), ("002-more", "2")):
        item = component("def f(n: int) -> int: ...\n", path=f"src/pack{number}/demo.py")
        test_file = emit(HEADER + "| `f(1)` | `1` |\n", item)
        folder = TARGET.test_folder(feature)
        texts = dict(TARGET.emit_support(feature))
        own = FEATURE.replace("-", "_")
        texts[f"{folder}/test_c1.py"] = test_file.text.replace(own, folder.partition("/")[2])
        texts[f"src/pack{number}/demo.py"] = "def f(n): return n\n"
        for path, text in texts.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, encoding="utf-8")
    for arguments in (["tests"], ["tests/002_more"], []):
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
