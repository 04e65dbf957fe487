"""The program as a whole: help, exit codes, errors, interrupts, start-up."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import time
import traceback
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import click
import pytest

import headwater
from headwater.cli import status
from headwater.cli.commands import SUMMARIES
from headwater.cli.main import program
from tests.cli.projects import SPEC, SPEC_PATH, Project
from tests.llm.servers import Reply, run_server

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADWATER = Path(sys.executable).with_name("headwater")
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


@pytest.mark.parametrize("as_json", [False, True])
def test_an_unexpected_error_leaves_a_report(
    empty: Project, monkeypatch: pytest.MonkeyPatch, as_json: bool
) -> None:
    """The report has a traceback and a version, and no secret of the environment."""
    monkeypatch.setenv("SOME_TOKEN", "s3cret-of-mine")
    monkeypatch.setattr(status, "report_status", fail)

    finished = empty.run("status", *(["--json"] if as_json else []))

    assert finished.code == 3
    (report,) = (empty.root / ".headwater" / "reports").iterdir()
    assert str(report) in (finished.stdout if as_json else finished.stderr)
    assert "Traceback" not in finished.stdout + finished.stderr
    text = report.read_text(encoding="utf-8")
    assert "KeyError: 'gone'" in text
    assert "Traceback" in text
    assert headwater.__version__ in text
    assert "s3cret-of-mine" not in text


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


def test_outside_a_repository_the_report_is_in_the_cache(
    git_settings: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(status, "report_status", fail)
    plain = Project(root=tmp_path, capture=capsys)

    assert plain.run("status").code == 3
    (report,) = (tmp_path / "cache" / "reports").iterdir()
    assert "KeyError" in report.read_text(encoding="utf-8")


def test_a_report_that_cannot_be_written_is_printed(
    git_settings: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(status, "report_status", fail)
    (tmp_path / "cache").write_text("a file in the way", encoding="utf-8")

    finished = Project(root=tmp_path, capture=capsys).run("status")

    assert finished.code == 3
    assert "Traceback" in finished.stderr


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


def fail(*_: object, **__: object) -> None:
    raise KeyError("gone")


def start(project: Project, *arguments: str, **variables: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [HEADWATER, *arguments],
        cwd=project.root,
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_build_that_waits_for_a_model_ends_soon_after_an_interrupt(
    project: Project, tmp_path: Path
) -> None:
    """The model never answers; the process still ends, and leaves nothing behind."""
    before = project.look()
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with run_server(Reply(hang=True)) as server:
        model = f"{server.url}/v1#coder"
        process = start(project, "build", "--model", model, TMPDIR=str(temporary))
        while not server.received:
            assert process.poll() is None, process.communicate()
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=25)  # the server hangs for 30 seconds

    assert process.returncode == 130
    assert stderr.split()[-1] == "interrupted"
    assert "Traceback" not in stderr
    assert project.look() == before
    assert list(temporary.iterdir()) == []


def test_a_second_interrupt_ends_at_once(project: Project) -> None:
    with run_server(Reply(hang=True)) as server:
        process = start(project, "build", "--model", f"{server.url}/v1#coder")
        while not server.received:
            assert process.poll() is None, process.communicate()
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=25)

    assert process.returncode == 130


def test_a_closed_pipe_is_quiet(built: Project) -> None:
    process = start(built, "trace", "--json")
    assert process.stdout is not None
    process.stdout.close()

    assert process.stderr is not None
    assert process.stderr.read() == ""
    process.stderr.close()
    process.wait()


def test_output_survives_a_terminal_without_unicode(built: Project) -> None:
    built.write(SPEC_PATH, SPEC.replace('| `"one"` |', "|"))
    process = start(built, "check", PYTHONIOENCODING="latin-1")
    stdout, stderr = process.communicate()

    assert (process.returncode, stderr) == (1, "")
    assert "hint: Give every column a cell; \\u2014 means any." in stdout


def test_paths_are_relative_to_the_folder_that_is_given(built: Project) -> None:
    outside = built.root.parent
    finished = subprocess.run(
        [HEADWATER, "-C", f"{built.root.name}/src", "explain", "titles/slugs.py", "--json"],
        cwd=outside,
        check=True,
        capture_output=True,
    )

    assert json.loads(finished.stdout)["path"] == "src/titles/slugs.py"


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
