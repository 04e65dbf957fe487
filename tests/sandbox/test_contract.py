"""What every kind of sandbox does alike."""

from __future__ import annotations

import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from headwater.sandbox.interface import Command, Ending, Limits, SandboxError
from headwater.sandbox.toolchain import python_toolchain
from tests.sandbox.conftest import QUICK, Caller


@pytest.mark.parametrize("code", [0, 1, 3, 125])
def test_exit_code(any_kind: Caller, code: int) -> None:
    finished = any_kind.run_python(f"raise SystemExit({code})")
    assert (finished.ending, finished.exit_code) == (Ending.EXITED, code)


def test_signal(any_kind: Caller) -> None:
    finished = any_kind.run_python("import os\nos.kill(os.getpid(), 15)")
    assert (finished.ending, finished.exit_code) == (Ending.KILLED, -15)


def test_streams_are_exact(any_kind: Caller) -> None:
    """A megabyte that is no text goes in and comes back, and both outputs stay apart."""
    folder = any_kind.make_folder()
    data = bytes(range(256)) * 4096
    command = Command(
        arguments=("sh", "-c", "cat; printf 'to the side' >&2"), folder=folder, stdin=data
    )
    finished = any_kind.run(command)
    assert finished.stdout == data
    assert finished.stderr == b"to the side"
    assert finished.seconds > 0


def test_unread_input_is_no_error(any_kind: Caller) -> None:
    command = Command(arguments=("true",), folder=any_kind.make_folder(), stdin=b"x" * (1 << 20))
    assert any_kind.run(command).exit_code == 0


def test_output_is_cut_at_its_limit(any_kind: Caller) -> None:
    finished = any_kind.run_python(
        "import sys\nprint('a' * 99999)\nprint('b' * 99999, file=sys.stderr)",
        limits=replace(QUICK, output=1000),
    )
    assert finished.ending is Ending.EXITED
    assert finished.stdout == b"a" * 1000
    assert finished.stderr == b"b" * 1000


def test_environment_is_exact(any_kind: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is inherited, nothing added, and nothing acts on the programs that set it up."""
    variables = {"A": "1", "B": "x y=ü", "LD_PRELOAD": "/nowhere/evil.so", "PATH": "/usr/bin"}
    monkeypatch.setenv("HEADWATER_SECRET", "s3cret")
    command = Command(arguments=("env",), folder=any_kind.make_folder(), environment=variables)
    finished = any_kind.run(command)
    lines = dict(line.split("=", 1) for line in finished.stdout.decode().splitlines())
    assert lines == variables
    # said by the last program only: those before it ran without the variable
    assert finished.stderr.count(b"LD_PRELOAD") <= 1


def test_folder_is_the_working_directory(any_kind: Caller) -> None:
    folder = any_kind.make_folder()
    any_kind.write(folder / "tool", "#!/bin/sh\npwd; cat data\n").chmod(0o755)
    any_kind.write(folder / "data", "from the data\n")
    finished = any_kind.run(Command(arguments=("./tool",), folder=folder))
    assert finished.stdout.decode().splitlines() == [str(folder.resolve()), "from the data"]


def test_folder_behind_a_symbolic_link(any_kind: Caller) -> None:
    folder = any_kind.make_folder()
    link = any_kind.place / "link"
    link.symlink_to(folder)
    finished = any_kind.run(Command(arguments=("sh", "-c", "echo x > made"), folder=link))
    assert finished.exit_code == 0
    assert (folder / "made").read_text() == "x\n"


def test_program_that_is_not_there(any_kind: Caller) -> None:
    command = Command(arguments=("no-such-program",), folder=any_kind.make_folder())
    finished = any_kind.run(command)
    assert (finished.ending, finished.exit_code) == (Ending.EXITED, 127)
    assert b"no-such-program" in finished.stderr


def test_program_that_cannot_be_run(any_kind: Caller) -> None:
    folder = any_kind.make_folder()
    any_kind.write(folder / "data", "no program")
    finished = any_kind.run(Command(arguments=("./data",), folder=folder))
    assert (finished.ending, finished.exit_code) == (Ending.EXITED, 126)


def test_files_left_behind_are_the_callers(any_kind: Caller) -> None:
    """Whatever modes a command gives its files, the caller can read and delete all of them."""
    source = (
        "import os\n"
        "os.mkdir('inner')\n"
        "open('inner/file', 'w').write('kept')\n"
        "os.symlink('/etc/passwd', 'inner/link')\n"
        "os.chmod('inner/file', 0)\n"
        "os.chmod('inner', 0)\n"
        "os.mkdir('closed', 0)\n"
    )
    folder = any_kind.make_folder()
    link_target = Path("/etc/passwd").stat()
    finished = any_kind.run_python(source, folder=folder)
    assert finished.exit_code == 0, finished.stderr
    for path in (folder, folder / "inner", folder / "inner/file", folder / "inner/link"):
        assert path.lstat().st_uid == any_kind.uid
    assert stat.S_IMODE((folder / "closed").stat().st_mode) & stat.S_IRWXU == stat.S_IRWXU
    assert (folder / "inner/file").read_text() == "kept"
    after = Path("/etc/passwd").stat()
    assert (after.st_mode, after.st_uid) == (link_target.st_mode, link_target.st_uid)


def test_commands_side_by_side(any_kind: Caller) -> None:
    """Six threads, each with a folder of its own, get each their own answer."""
    folders = [any_kind.make_folder(f"f{number}") for number in range(6)]

    def run(number: int) -> bytes:
        source = f"import time\ntime.sleep(0.1)\nprint({number})"
        return any_kind.run_python(source, folder=folders[number]).stdout

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(run, range(6)))
    assert answers == [b"%d\n" % number for number in range(6)]


@pytest.mark.parametrize("kind", ["bubblewrap", "landlock"])
def test_same_folder_is_used_by_one_command_at_a_time(kind: str, tmp_path: Path) -> None:
    caller = Caller(kind=kind, place=tmp_path)
    command = Command(
        arguments=("sh", "-c", "test ! -e busy && echo > busy && sleep 0.1 && rm busy"),
        folder=caller.make_folder(),
    )
    with ThreadPoolExecutor(3) as pool:
        codes = [done.exit_code for done in pool.map(caller.run, [command] * 3)]
    assert codes == [0, 0, 0]


def test_readable_paths_can_be_read_and_not_written(confined: Caller) -> None:
    tools = confined.make_folder("tools")
    confined.write(tools / "tool.txt", "of the toolchain")
    linked = confined.place / "linked"
    linked.symlink_to(tools)
    command = Command(
        arguments=("sh", "-c", "cat $0/tool.txt; echo x > $0/tool.txt", str(linked)),
        folder=confined.make_folder(),
        readable=(linked,),
    )
    finished = confined.run(command)
    assert finished.stdout == b"of the toolchain"
    assert finished.exit_code != 0
    assert (tools / "tool.txt").read_text() == "of the toolchain"


def test_paths_that_lead_up(confined: Caller) -> None:
    """A folder and a toolchain named with `..` are found where they lead."""
    tools = confined.make_folder("tools")
    confined.write(tools / "tool.txt", "of the toolchain")
    folder = confined.make_folder()
    command = Command(
        arguments=("cat", str(tools / "tool.txt")),
        folder=tools / ".." / "folder",
        readable=(folder / ".." / "tools",),
    )
    assert confined.run(command).stdout == b"of the toolchain"


def test_readable_path_inside_the_folder_cannot_be_written_by_bubblewrap(place: Path) -> None:
    """An inner read-only mount lies over the outer one, whatever the order of the names."""
    caller = Caller(kind="bubblewrap", place=place)
    folder = caller.make_folder()
    inner = caller.make_folder("folder/inner")
    command = Command(arguments=("sh", "-c", "echo x > inner/x"), folder=folder, readable=(inner,))
    assert caller.run(command).exit_code != 0
    assert list(inner.iterdir()) == []


def test_folder_that_is_not_there(any_kind: Caller) -> None:
    with pytest.raises(SandboxError, match="no folder that can be read"):
        any_kind.run(Command(arguments=("true",), folder=any_kind.place / "nowhere"))


def test_file_as_a_folder(any_kind: Caller) -> None:
    file = any_kind.write(any_kind.place / "file", "")
    with pytest.raises(SandboxError, match="no folder that can be read"):
        any_kind.run(Command(arguments=("true",), folder=file))


def test_toolchain_that_is_not_there(confined: Caller) -> None:
    missing = confined.place / "nowhere"
    command = Command(arguments=("true",), folder=confined.make_folder(), readable=(missing,))
    with pytest.raises(SandboxError, match="no absolute path"):
        confined.run(command)


@pytest.mark.parametrize("arguments", [(), ("",), ("A=b", "true")])
def test_command_without_a_program(any_kind: Caller, arguments: tuple[str, ...]) -> None:
    with pytest.raises(SandboxError, match="no program to run"):
        any_kind.run(Command(arguments=arguments, folder=any_kind.make_folder()))


def test_zero_byte_is_refused(any_kind: Caller) -> None:
    command = Command(arguments=("true",), folder=any_kind.make_folder(), environment={"A": "x\0y"})
    with pytest.raises(SandboxError, match="zero byte"):
        any_kind.run(command)


@pytest.mark.parametrize("tool", ["pytest", "ruff"])
def test_toolchain_runs_inside(confined: Caller, tool: str) -> None:
    command = Command(
        arguments=(sys.executable, "-m", tool, "--version"),
        folder=confined.make_folder(),
        readable=python_toolchain(),
        environment={"PATH": "/usr/bin:/bin"},
        limits=Limits(seconds=30.0),
    )
    finished = confined.run(command)
    assert finished.exit_code == 0, finished.stderr
    assert finished.stdout.startswith(tool.encode())


def test_pytest_runs_tests_inside(confined: Caller) -> None:
    """Temporary folders and a report work, as the target languages need them."""
    folder = confined.make_folder()
    confined.write(
        folder / "test_it.py",
        "def test_it(tmp_path, capfd):\n    (tmp_path / 'x').write_text('1')\n",
    )
    command = Command(
        arguments=(sys.executable, "-m", "pytest", "-q", "--junitxml=report.xml"),
        folder=folder,
        readable=python_toolchain(),
        environment={"PATH": "/usr/bin:/bin"},
        limits=Limits(seconds=30.0),
    )
    finished = confined.run(command)
    assert finished.exit_code == 0, finished.stdout + finished.stderr
    assert 'tests="1"' in (folder / "report.xml").read_text()
