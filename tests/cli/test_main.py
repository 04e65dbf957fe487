"""The program as a whole: help, exit codes, errors, interrupts, start-up."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
import traceback
from threading import Thread
from typing import TYPE_CHECKING

import click
import pytest

import headwater
from headwater.cli import status
from headwater.cli.commands import SUMMARIES
from headwater.cli.main import program
from tests.cli.projects import SPEC, SPEC_PATH, Project

if TYPE_CHECKING:
    from collections.abc import Iterator

# What takes long to import, and what a command without a model has no use for. YAML is read only
# where an article has checks.
HEAVY = {"httpx", "openai", "pydantic", "pydantic_ai", "pytest", "rich", "xllamacpp", "yaml"}


def list_commands() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(program, info_name="headwater")
    yield "headwater", program
    for name in program.list_commands(context):
        command = program.get_command(context, name)
        assert command is not None
        yield f"headwater {name}", command
        if isinstance(command, click.Group):
            yield from ((f"headwater {name} {sub}", one) for sub, one in command.commands.items())


COMMANDS = dict(list_commands())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(empty: Project, name: str) -> None:
    finished = empty.run(*name.split()[1:], "--help")

    assert finished.code == 0
    assert f"Usage: {name}" in finished.stdout
    examples = finished.stdout.partition("Examples:\n")[2]
    assert "  headwater" in examples
    if name != "headwater":
        assert f"  {name}" in examples
    options = [part for part in COMMANDS[name].params if isinstance(part, click.Option)]
    assert [option.name for option in options if not option.help] == []


@pytest.mark.parametrize("name", SUMMARIES)
def test_help_begins_with_the_summary(name: str) -> None:
    """The overview lists commands without importing them, so it says the sentence again."""
    assert (COMMANDS[f"headwater {name}"].help or "").startswith(SUMMARIES[name])


def test_the_version_is_told(empty: Project) -> None:
    assert headwater.__version__ in empty.run("--version").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("status", "--nonsense"),
        ("explain",),
        ("revert",),
        ("revert", "a.py", "--all"),
        ("build", "--seed", "many"),
        ("build", "--sandbox", "box"),
        ("build", "001", "002"),
        ("model", "nonsense"),
        ("-C", "nowhere", "status"),
    ],
)
def test_a_wrong_command_line_is_a_usage_error(empty: Project, arguments: tuple[str, ...]) -> None:
    text = empty.run(*arguments)
    document = empty.run(*arguments, "--json")

    assert text.code == document.code == 2
    assert text.stdout == ""
    assert text.stderr.startswith("error: ")
    assert "--help" in text.stderr
    error = document.document["error"]
    assert isinstance(error, dict)
    assert error["exit_code"] == 2
    assert document.stderr == ""


def test_errors_are_json_when_json_is_asked_for(project: Project) -> None:
    project.write(SPEC_PATH, SPEC.replace('| `"one"` |', "|"))
    project.commit()

    finished = project.run("build", "--json", "--model", project.script([]))

    assert (finished.code, finished.stderr) == (1, "")
    error = finished.document["error"]
    assert isinstance(error, dict)
    (problem,) = error["problems"]
    assert problem["code"] == "row-too-short"
    assert problem["severity"] == "error"
    assert problem["place"]["path"] == SPEC_PATH
    assert problem["place"]["line"] == 10
    assert {"message", "hint"} <= problem.keys()


def test_json_after_two_dashes_is_an_argument(empty: Project) -> None:
    finished = empty.run("trace", "--", "--json")

    assert finished.code == 1
    assert "there is no `--json`" in finished.stderr


@pytest.mark.parametrize(("command", "collects"), [("check", False), ("revert", True)])
def test_a_command_that_reads_is_not_searched_for_cycles(
    built: Project, command: str, *, collects: bool
) -> None:
    """Whoever runs it in a process of their own finds the collector on again."""
    seen: list[str] = []

    def watch(_phase: str, _info: dict[str, int]) -> None:
        frames = (frame.f_code.co_filename for frame, _ in traceback.walk_stack(None))
        seen.extend(name for name in frames if "/headwater/operations/" in name)

    threshold = gc.get_threshold()
    gc.set_threshold(50)
    gc.callbacks.append(watch)
    try:
        built.run(command, *(["--all"] if collects else []))
    finally:
        gc.callbacks.remove(watch)
        gc.set_threshold(*threshold)

    assert bool(seen) is collects
    assert gc.isenabled()


def test_an_interrupt_ends_with_130(empty: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(5)

    monkeypatch.setattr(status, "report_status", interrupt)
    before = signal.getsignal(signal.SIGINT)

    finished = empty.run("status")

    assert finished.code == 130
    assert finished.stderr.split() == ["interrupted"]
    assert signal.getsignal(signal.SIGINT) is before


def test_runs_in_a_thread_that_may_not_handle_signals(built: Project) -> None:
    """As another program's part; interrupts are that program's affair then."""
    ended: list[int] = []
    thread = Thread(target=lambda: ended.append(built.run("status").code))
    thread.start()
    thread.join()

    assert ended == [0]


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("status",)])
def test_start_up_loads_nothing_heavy(built: Project, arguments: tuple[str, ...]) -> None:
    program = (
        "import sys; from headwater.cli.main import run; code = run(sys.argv[1:]); "
        "print(*{name.split('.')[0] for name in sys.modules}, sep='\\n'); sys.exit(code)"
    )
    finished = subprocess.run(
        [sys.executable, "-c", program, "-C", str(built.root), *arguments],
        check=True,
        capture_output=True,
        text=True,
    )

    loaded = set(finished.stdout.split())
    assert "headwater" in loaded
    assert loaded & HEAVY == set()
