"""The kernel's confinement, step by step, each in a process of its own that it ends with."""

from __future__ import annotations

import marshal
import multiprocessing
import os
import platform
import signal
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from headwater.sandbox import kernel, launcher, refusals
from headwater.sandbox.seccomp import compile_filter
from headwater.sandbox.toolchain import find_system_paths
from tests.sandbox.conftest import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

# From Python 3.12 on, forking beside threads warns; these children touch nothing that is shared.
pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")


def _run_in_child(function: Callable[..., None], *arguments: object) -> None:
    """Run a function in a child; it must come to its end there."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_run_and_tell, args=(sender, function, *arguments))
    child.start()
    sender.close()
    child.join(20)
    # Not the exit code: under coverage that tells of the measuring, too.
    assert receiver.poll()
    assert receiver.recv() == "done"
    receiver.close()


def _run_and_tell(sender: Connection, function: Callable[..., None], *arguments: object) -> None:
    function(*arguments)
    sender.send("done")


def _own_folder_only(folder: Path, version: int) -> None:
    secret = folder.parent / "secret"
    ruleset = kernel.create_ruleset(version)
    kernel.allow_path(ruleset, str(folder), kernel.OWN, version=version)
    kernel.allow_path(ruleset, str(CHECKOUT), kernel.OWN, version=version)  # coverage writes there
    kernel.allow_path(ruleset, "/dev/null", kernel.USE_DEVICE, version=version)
    kernel.forbid_new_rights()
    kernel.enforce_ruleset(ruleset)
    (folder / "made").write_text("x")
    Path("/dev/null").write_text("x")
    with pytest.raises(PermissionError):
        secret.read_text()
    with pytest.raises(PermissionError):
        (folder.parent / "new").touch()


@pytest.mark.parametrize("version", [1, 2, 3, 4, 5, 6, 7])
def test_ruleset_allows_what_it_names(tmp_path: Path, version: int) -> None:
    (tmp_path / "secret").write_text("s3cret")
    folder = tmp_path / "folder"
    folder.mkdir()
    _run_in_child(_own_folder_only, folder, min(version, kernel.read_landlock_version()))
    assert (folder / "made").read_text() == "x"


def _without_sockets(program: bytes) -> None:
    kernel.forbid_new_rights()
    kernel.install_filter(program)
    with pytest.raises(PermissionError):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    for line in socket.socketpair():
        line.close()


def test_filter_is_installed() -> None:
    _run_in_child(_without_sockets, compile_filter(refusals.NO_SOCKETS, machine=platform.machine()))


def _fail_to_enforce() -> None:
    with pytest.raises(OSError, match="Bad file descriptor"):
        kernel.enforce_ruleset(999)


def test_refusal_of_the_kernel_is_an_error() -> None:
    _run_in_child(_fail_to_enforce)


def _orders(folder: Path, *arguments: str, **changes: object) -> dict[str, object]:
    return {
        "arguments": arguments,
        "environment": {"PATH": "/usr/bin:/bin"},
        "folder": str(folder),
        "readable": [str(path) for path in find_system_paths()],
        "devices": ["/dev/null"],
        "limits": {"core": 0},
        "filter": compile_filter(refusals.EVERYWHERE, machine=platform.machine()),
        "uid": None,
        "parent": os.getpid(),
        "version": kernel.read_landlock_version(),
        **changes,
    }


def _launch(orders: dict[str, object], folder: Path) -> str:
    """Run the launcher in a child; what it reported."""
    (folder / "orders").write_bytes(marshal.dumps(orders))
    setup = os.open(folder / "orders", os.O_RDONLY)
    reader, writer = os.pipe()
    try:
        _run_in_child(launcher.main, setup, writer)
    finally:
        os.close(writer)
        os.close(setup)
    with os.fdopen(reader) as report:
        return report.read()


def test_launcher_reports_how_the_command_ended(tmp_path: Path) -> None:
    assert _launch(_orders(tmp_path, "sh", "-c", "exit 3"), tmp_path) == '{"wait-status": 768}\n'
    killed = _orders(tmp_path, "sh", "-c", f"kill -{signal.SIGTERM.value} $$")
    assert _launch(killed, tmp_path) == '{"wait-status": 15}\n'


def test_launcher_ends_what_is_left(tmp_path: Path) -> None:
    script = "(while :; do echo x >> alive; sleep 0.01; done) & sleep 0.1"
    assert _launch(_orders(tmp_path, "sh", "-c", script), tmp_path) == '{"wait-status": 0}\n'
    before = (tmp_path / "alive").stat().st_size
    signal.sigtimedwait([], 0.1)
    assert (tmp_path / "alive").stat().st_size == before > 0


def test_launcher_reports_what_it_could_not_confine(tmp_path: Path) -> None:
    orders = _orders(tmp_path, "true", readable=[str(tmp_path / 'say "nothing"')])
    said = _launch(orders, tmp_path)
    assert said.startswith('{"failed": "FileNotFoundError: ')
    assert '\\"nothing\\"' in said
    assert said.count("wait-status") == 1


def test_launcher_without_its_parent_runs_nothing(tmp_path: Path) -> None:
    orders = _orders(tmp_path, "touch", "made", parent=1)
    assert _launch(orders, tmp_path) == ""
    assert not (tmp_path / "made").exists()
