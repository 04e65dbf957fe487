"""The sandbox of Landlock, system call filters and resource limits, where `bwrap` does not work.

It hides less than namespaces do: a command has no private `/tmp` (Python falls back to its
folder), no `/proc`, no network not even to itself, and it can learn whether a path exists. As an
ordinary user it may not change the mode of a file, nor (before Linux 6.12) send a signal.
"""

from __future__ import annotations

import marshal
import os
import platform
import signal
import sys
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from headwater.sandbox import refusals
from headwater.sandbox.ending import conclude
from headwater.sandbox.folder import measure_folder
from headwater.sandbox.interface import SandboxError
from headwater.sandbox.kernel import read_landlock_version
from headwater.sandbox.limits import resource_limits
from headwater.sandbox.processes import count_tasks_of
from headwater.sandbox.seccomp import compile_filter
from headwater.sandbox.supervise import Launch, Watched, watch
from headwater.sandbox.toolchain import (
    check_arguments,
    find_system_paths,
    resolve_folder,
    resolve_readable,
)
from headwater.sandbox.users import process_lender

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.sandbox.interface import Command, Finished, Limits
    from headwater.sandbox.seccomp import Rule

_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_MACHINE_FACTS = tuple(
    map(Path, ("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/sys/devices/system/cpu"))
)
_HEADROOM = 32  # tasks that the user may start elsewhere meanwhile
_PROGRAM = (
    "import os, sys; sys.path.insert(0, sys.argv[1]); "
    "from headwater.sandbox.launcher import main; main(int(sys.argv[2]), int(sys.argv[3])); "
    "os._exit(0)"  # an interpreter that tidies up takes as long again
)


class Landlock:
    """Runs commands under Landlock, as root or as an ordinary user.

    Args:
        version: use no more than this version of Landlock's ABI (0: none); by default the kernel's.
    """

    def __init__(self, *, version: int | None = None) -> None:
        self._newest = version

    @property
    def name(self) -> str:
        """`landlock`."""
        return "landlock"

    def run(self, command: Command) -> Finished:
        """Run a command to its end; see `Sandbox`."""
        version = self._read_version()
        folder = resolve_folder(command.folder)
        before = measure_folder(folder)
        with (
            process_lender().lend(folder) as uid,
            _open_setup(command, folder, uid=uid, version=version) as setup,
        ):
            reader, writer = os.pipe()
            launch = Launch(
                arguments=_launcher(setup, writer),
                command=command,
                descriptors=(setup,),
                status=(reader, writer),
                stop=signal.SIGTERM,
            )
            watched = watch(launch)
        exit_code = _read_exit_code(watched)
        return conclude(
            watched,
            exit_code=exit_code,
            limits=command.limits,
            before=before,
            after=measure_folder(folder),
        )

    def _read_version(self) -> int:
        version = read_landlock_version()
        if self._newest is not None:
            version = min(version, self._newest)
        if version == 0:
            raise SandboxError(
                "this kernel has no Landlock, or has it switched off",
                hint="Use Linux 5.13 or newer with `landlock` among its `lsm=`.",
            )
        return version


def _launcher(setup: int, status: int) -> tuple[str, ...]:
    """The command line of the launcher: no site packages, nothing from the environment."""
    source = str(Path(__file__).resolve().parents[2])
    start = (sys.executable, "-I", "-S", "-X", "utf8", "-c", _PROGRAM)
    return (*start, source, str(setup), str(status))


@contextmanager
def _open_setup(command: Command, folder: Path, *, uid: int | None, version: int) -> Iterator[int]:
    """The launcher's orders, as a file to inherit."""
    readable = (*find_system_paths(), *resolve_readable(command.readable), *_MACHINE_FACTS)
    orders = {
        "arguments": check_arguments(command),
        "environment": dict(command.environment),
        "folder": str(folder),
        "readable": [str(path) for path in readable if path.exists()],
        "devices": [path for path in _DEVICES if Path(path).exists()],
        "limits": resource_limits(command.limits, tasks=_count_tasks(uid, command.limits)),
        "filter": _compile(ordinary=uid is None, version=version),
        "uid": uid,
        "parent": os.getpid(),
        "version": version,
    }
    with tempfile.TemporaryFile() as file:
        file.write(marshal.dumps(orders))
        file.seek(0)
        yield file.fileno()


def _count_tasks(uid: int | None, limits: Limits) -> int:
    """How many processes the command's user may have; one too many, so that it can be seen."""
    if uid is not None:
        return limits.processes + 1
    # The kernel counts what the user runs elsewhere too. The watcher keeps the exact bound.
    return count_tasks_of(os.geteuid()) + limits.processes + _HEADROOM


@cache
def _compile(*, ordinary: bool, version: int) -> bytes:
    rules: list[Rule] = [*refusals.EVERYWHERE, *refusals.NO_SOCKETS]
    if ordinary:  # its files and processes outside are in reach of what Landlock leaves open
        rules += [*refusals.OWN_PROCESS_ONLY, *refusals.KEEP_MODES]
        if version < 3:
            rules += refusals.NO_TRUNCATION
        if version < 6:
            rules += refusals.NO_SIGNALS
    return compile_filter(rules, machine=platform.machine())


def _read_exit_code(watched: Watched) -> int:
    failed = watched.status.get("failed")
    if failed is not None:
        raise SandboxError(
            f"the command could not be confined by Landlock: {failed}",
            hint="Its folder and toolchain must be readable by an ordinary user.",
        )
    if watched.stopped is not None:
        return -signal.SIGKILL
    status = watched.status.get("wait-status")
    if not isinstance(status, int):
        said = watched.stderr_tail.decode(errors="replace").strip()
        raise SandboxError(f"the launcher of the sandbox ended early: {said or 'it said nothing'}")
    return os.waitstatus_to_exitcode(status)
