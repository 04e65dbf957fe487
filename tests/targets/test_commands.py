"""The tools: formatter, checker, and what the sandbox must know to run them."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

import pytest

from tests.targets.builders import TARGET, run_tool


def test_code_is_formatted_in_place(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "x.py").write_text("x = {  'a':1 }\n", encoding="utf-8")
    (tmp_path / "ruff.toml").write_text("line-length = 5\n", encoding="utf-8")
    assert run_tool(TARGET.format_command(["src/x.py"]), tmp_path).returncode == 0
    assert (tmp_path / "src" / "x.py").read_text(encoding="utf-8") == 'x = {"a": 1}\n'


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("def f():\n    return nothing\n", [("F821", "line 2: Undefined name `nothing`", 2, 12)]),
        (
            "x = '%d %d' % (1,)\n",
            [
                (
                    "F507",
                    "line 1: `%`-format string has 2 placeholder(s) but 1 substitution(s)",
                    1,
                    5,
                )
            ],
        ),
        ("import os\nx = f'a'\n", []),
        ("def f():\n    y = 1\n", []),
    ],
)
def test_only_what_is_wrong_is_found(
    tmp_path: Path, code: str, found: list[tuple[str, str, int, int]]
) -> None:
    (tmp_path / "x.py").write_text(code, encoding="utf-8")
    output = run_tool(TARGET.lint_command(["x.py"]), tmp_path).stdout
    problems = TARGET.read_lint(output)
    assert [
        (problem.code, problem.message, problem.place.line, problem.place.column)
        for problem in problems
    ] == found
    assert all(problem.place.path == "x.py" for problem in problems)


def test_output_that_is_no_finding_is_passed_over() -> None:
    assert TARGET.read_lint("warning: something\n\nFound 1 error.\n") == []


def test_code_that_does_not_parse_is_found_too(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text("def f(:\n", encoding="utf-8")
    problems = TARGET.read_lint(run_tool(TARGET.lint_command(["x.py"]), tmp_path).stdout)
    assert problems
    assert problems[0].code == "invalid-syntax"


def test_tools_name_all_they_read_and_inherit_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_SECRET", "x")
    command = TARGET.test_command(["tests/x.py"])
    assert Path(sys.prefix) in command.readable
    assert Path(sys.base_prefix) in command.readable
    assert "MY_SECRET" not in command.environment
    assert Path(command.environment["PYTHONPATH"]) in command.readable
    assert command.arguments[-1] == "tests/x.py"


def test_the_toolchain_is_named_with_versions() -> None:
    assert TARGET.toolchain.startswith(f"python {platform.python_version()}, pytest ")
    assert ", ruff " in TARGET.toolchain
    assert TARGET.name == "python"
    assert TARGET.emitter_version
