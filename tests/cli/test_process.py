"""The program as a process: interrupts, pipes, terminals, and the folder it is started in."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.cli.projects import SPEC, SPEC_PATH, Project
from tests.llm.servers import Reply, run_server

HEADWATER = Path(sys.executable).with_name("headwater")


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
