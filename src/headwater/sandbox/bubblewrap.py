"""The sandbox of Linux namespaces, by way of `bwrap` (bubblewrap).

A command sees the system's programs, what it is given to read, its folder, and nothing else; it
has no network but its own loopback, and its processes are the only ones there are. `bwrap` and
the programs that it starts run with an empty environment: the command's own could make them load
a library out of its folder while they still have rights to give up.
"""

from __future__ import annotations

import os
import platform
import signal
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

from headwater.sandbox.ending import conclude
from headwater.sandbox.folder import measure_folder
from headwater.sandbox.interface import SandboxError
from headwater.sandbox.limits import prlimit_options, resource_limits
from headwater.sandbox.refusals import EVERYWHERE, OWN_NETWORK
from headwater.sandbox.seccomp import compile_filter
from headwater.sandbox.supervise import Launch, Watched, watch
from headwater.sandbox.toolchain import (
    env_arguments,
    find_system_paths,
    find_tool,
    resolve_folder,
    resolve_readable,
)
from headwater.sandbox.users import process_lender

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from headwater.sandbox.interface import Command, Finished, Limits

_INIT = 1  # the namespace's first process: bwrap itself
_SHARED_MEMORY = 64 << 20  # bytes of /dev/shm
_LAST_SIGNAL_CODE = 128 + 64


class Bubblewrap:
    """Runs commands by `bwrap`, as root or as an ordinary user."""

    @property
    def name(self) -> str:
        """`bubblewrap`."""
        return "bubblewrap"

    def run(self, command: Command) -> Finished:
        """Run a command to its end; see `Sandbox`."""
        folder = resolve_folder(command.folder)
        bwrap = find_tool("bwrap")
        before = measure_folder(folder)
        with process_lender().lend(folder) as uid, _open_filter() as rules:
            outside = (bwrap, *_isolation(uid, limits=command.limits), *_view(command, folder))
            inside = _inside(command, uid)
            reader, writer = os.pipe()
            channels = ("--seccomp", str(rules), "--json-status-fd", str(writer))
            launch = Launch(
                arguments=(*outside, *channels, "--", *inside),
                command=command,
                descriptors=(rules,),
                status=(reader, writer),
                own_tasks=_INIT,
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


def _isolation(uid: int | None, *, limits: Limits) -> tuple[str, ...]:
    """What the command does not share with the rest of the machine."""
    # With another user id there is no need of a user namespace, and in one root's processes would
    # not be counted. Without, the namespace is what makes the other ones possible.
    user = ("--unshare-user", "--disable-userns") if uid is None else ()
    shared = min(_SHARED_MEMORY, limits.written)
    return (
        *user,
        *("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"),
        *("--unshare-cgroup-try", "--hostname", "sandbox", "--new-session", "--die-with-parent"),
        *("--proc", "/proc", "--dev", "/dev"),
        *("--size", str(shared), "--perms", "1777", "--tmpfs", "/dev/shm"),  # noqa: S108 -- inside
        *("--remount-ro", "/dev"),
        *("--size", str(limits.written), "--perms", "1777", "--tmpfs", "/tmp"),  # noqa: S108 -- inside
    )


def _view(command: Command, folder: Path) -> tuple[str, ...]:
    """The files that there are: outer folders first, so that inner ones are laid over them."""
    options: list[str] = []
    places: dict[Path, tuple[str, ...]] = {}
    for path in find_system_paths():
        if path.is_symlink() and path.parent == path.parent.parent:
            options += ("--symlink", str(path.readlink()), str(path))
        else:
            places[path] = ("--ro-bind", str(path), str(path))
    for path in resolve_readable(command.readable):
        places[path] = ("--ro-bind", str(path), str(path))
    for path in (command.folder.absolute(), folder):
        if ".." not in path.parts:
            places[path] = ("--bind", str(folder), str(path))
    mounted: list[Path] = []
    for path in sorted(places, key=lambda path: len(path.parts)):
        # Left to itself bwrap makes the folders above as closed as they are outside (/root).
        for parent in reversed(path.parents[:-1]):
            if not any(map(parent.is_relative_to, mounted)):
                options += ("--perms", "0755", "--dir", str(parent))
        options += places[path]
        mounted.append(path)
    return (*options, "--chdir", str(folder), "--remount-ro", "/")


def _inside(command: Command, uid: int | None) -> tuple[str, ...]:
    """The programs that give up rights, set limits and the environment, each starting the next."""
    drop: tuple[str, ...] = ()
    tasks = command.limits.processes + 1  # one more may start, so that it can be seen
    if uid is None:
        tasks += _INIT
    else:
        drop = (
            *(find_tool("setpriv"), f"--reuid={uid}", f"--regid={uid}", "--clear-groups"),
            *("--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all"),
        )
    return (
        *drop,
        find_tool("prlimit"),
        *prlimit_options(resource_limits(command.limits, tasks=tasks)),
        "--",
        *env_arguments(command),
    )


@contextmanager
def _open_filter() -> Iterator[int]:
    """The system call filter, as a file to inherit."""
    with tempfile.TemporaryFile() as file:
        file.write(compile_filter((*EVERYWHERE, *OWN_NETWORK), machine=platform.machine()))
        file.seek(0)
        yield file.fileno()


def _read_exit_code(watched: Watched) -> int:
    """The command's exit code; bwrap tells a signal as a shell does, by 128 and its number."""
    if watched.stopped is not None:
        return -signal.SIGKILL
    code = watched.status.get("exit-code")
    if not isinstance(code, int):
        said = watched.stderr_tail.decode(errors="replace").strip()
        raise SandboxError(
            f"bubblewrap could not set up its sandbox: {said or 'it said nothing'}",
            hint="Namespaces may be switched off here; the landlock sandbox needs none.",
        )
    return 128 - code if 128 < code <= _LAST_SIGNAL_CODE else code
