"""The target's commands inside a real sandbox, with just what they name as readable."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from headwater.sandbox.bubblewrap import Bubblewrap
from headwater.sandbox.interface import Command
from tests.targets.builders import FEATURE, TARGET, component, emit, outcomes

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.sandbox.interface import Finished
    from headwater.targets.interface import ToolCommand

CODE = "def f(n): return nothing\ndef main(): print('hello')\n"
TABLES = (
    "| Call | Result |\n| --- | --- |\n| `f(1)` | `1` |\n\n"
    '| Run | Stdout |\n| --- | --- |\n| `hello` | `"hello\\n"` |\n'
)


def run(tool: ToolCommand, folder: Path) -> Finished:
    return Bubblewrap().run(
        Command(
            arguments=tool.arguments,
            folder=folder,
            readable=tool.readable,
            environment=tool.environment,
        )
    )


@pytest.mark.skipif(shutil.which("bwrap") is None, reason="bwrap is not installed")
def test_formatting_checking_and_testing_work_in_the_sandbox(tmp_path: Path) -> None:
    item = component(
        "def f(n: int) -> int: ...\ndef main() -> None: ...\n",
        path="src/hello/cli.py",
        commands={"hello": ("python", "-m", "hello.cli")},
    )
    test_file = emit(TABLES, item)
    code = TARGET.finish_file(item, CODE)
    files = {**TARGET.emit_support(FEATURE), test_file.path: test_file.text}
    for path, text in {**files, "src/hello/cli.py": code}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")

    assert run(TARGET.format_command(["src/hello/cli.py"]), tmp_path).exit_code == 0
    assert "def f(n: int) -> int:\n    return nothing\n" in (
        tmp_path / "src/hello/cli.py"
    ).read_text(encoding="utf-8")
    [problem] = TARGET.read_lint(
        run(TARGET.lint_command(["src/hello/cli.py"]), tmp_path).stdout.decode()
    )
    assert (problem.code, problem.place.path) == ("F821", "src/hello/cli.py")

    run(TARGET.test_command([test_file.path]), tmp_path)
    report = (tmp_path / TARGET.report_path).read_text(encoding="utf-8")
    [(verdict, message), program] = outcomes(TARGET.read_results(report, files=[test_file]))
    assert verdict == "failed"
    assert message.startswith("f(1) raised NameError(\"name 'nothing' is not defined")
    assert program == ("passed", "")
