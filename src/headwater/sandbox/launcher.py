"""Confines a command by Landlock, starts it, and sees that nothing outlives it.

Runs as a program of its own, between Headwater and the command: it adopts what the command leaves
behind. It imports as little as it can, for the sake of start-up time. It reports on a pipe, in
JSON: `failed` when the confinement could not be set up, else `wait-status`, from wait(2).
"""

from __future__ import annotations

import marshal
import os
import resource
import signal
import time

from headwater.sandbox import kernel
from headwater.sandbox.reap import end_descendants

TYPE_CHECKING = False  # as a type checker sees it; importing typing would take time
if TYPE_CHECKING:
    from typing import Any, NoReturn

_NOT_FOUND, _NOT_RUNNABLE = 127, 126
_PAUSE = 0.002  # seconds
_DEFAULT_PATH = "/bin:/usr/bin"


class _Stopped(BaseException):
    """Headwater says that it is enough, or is gone."""


def main(setup: int, status: int) -> None:
    """Run what the document behind the descriptor `setup` describes; report on `status`."""
    with os.fdopen(setup, "rb") as file:
        wanted: dict[str, Any] = marshal.load(file)  # noqa: S302 -- Headwater itself wrote it
    os.set_inheritable(status, False)  # noqa: FBT003 -- takes no keyword
    kernel.adopt_orphans()
    signal.signal(signal.SIGTERM, _stop)
    try:
        kernel.signal_when_orphaned(signal.SIGTERM)
        if os.getppid() == wanted["parent"]:
            _report_run(wanted, status)
    except _Stopped:
        pass
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        _end_all(wanted["uid"])


def _stop(*_: object) -> NoReturn:
    raise _Stopped


def _report_run(wanted: dict[str, Any], status: int) -> None:
    """Start the command, bury everything that ends, and report once the command does."""
    command = os.fork()
    if command == 0:
        try:
            _become(wanted, status)
        finally:
            os._exit(_NOT_FOUND)
    while True:
        pid, ended = os.wait()
        if pid == command:
            os.write(status, b'{"wait-status": %d}\n' % ended)
            return


def _end_all(uid: int | None) -> None:
    """Kill what is left and bury it, until this process has no children any more."""
    while True:
        if uid is None:
            end_descendants(os.getpid())
        else:
            _kill_user(uid)
        try:
            while os.waitpid(-1, os.WNOHANG) != (0, 0):
                pass
        except ChildProcessError:
            return
        time.sleep(_PAUSE)


def _kill_user(uid: int) -> None:
    """Kill every process of a user at one stroke: the kernel lets none fork in between."""
    killer = os.fork()
    if killer == 0:
        try:
            os.setresuid(uid, uid, uid)
            os.kill(-1, signal.SIGKILL)
        finally:
            os._exit(0)
    os.waitpid(killer, 0)


def _become(wanted: dict[str, Any], status: int) -> None:
    """Turn this process into the confined command; returns only when that failed."""
    try:
        for number in (signal.SIGTERM, signal.SIGPIPE, signal.SIGXFSZ):
            signal.signal(number, signal.SIG_DFL)  # Python has set them otherwise
        os.setsid()
        _confine(wanted)
    except (OSError, ValueError) as error:
        _report_failure(error, status)
        return
    _execute(wanted["arguments"], wanted["environment"])


def _execute(arguments: tuple[str, ...], environment: dict[str, str]) -> NoReturn:
    """Become the program, looked for as a shell does; nothing can be imported any more."""
    program = arguments[0]
    folders = environment.get("PATH", _DEFAULT_PATH).split(":")
    refused = False
    for path in [program] if "/" in program else [f"{folder}/{program}" for folder in folders]:
        try:
            os.execve(path, arguments, environment)  # noqa: S606 -- by design
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            refused = True
    said = "cannot be run" if refused else "not found"
    os.write(2, f"{program}: {said}\n".encode(errors="replace"))
    os._exit(_NOT_RUNNABLE if refused else _NOT_FOUND)


def _report_failure(error: Exception, status: int) -> None:
    text = f"{type(error).__name__}: {error}".encode("ascii", "replace")
    quoted = text.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    os.write(status, b'{"failed": "%s"}\n' % quoted)


def _confine(wanted: dict[str, Any]) -> None:
    version: int = wanted["version"]
    ruleset = kernel.create_ruleset(version)
    for rights, paths in (
        (kernel.READ, wanted["readable"]),
        (kernel.USE_DEVICE, wanted["devices"]),
        (kernel.OWN, (wanted["folder"],)),
    ):
        for path in paths:
            kernel.allow_path(ruleset, path, rights, version=version)
    if wanted["uid"] is not None:
        kernel.become_user(wanted["uid"])
    for name, value in wanted["limits"].items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name.upper()}"), (value, value))
    os.chdir(wanted["folder"])
    kernel.forbid_new_rights()
    kernel.enforce_ruleset(ruleset)
    kernel.install_filter(wanted["filter"])
