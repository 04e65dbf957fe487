"""No sandbox at all: limits on time, memory and output, and nothing hidden. Only when asked for."""

from __future__ import annotations

import shutil
import signal
from typing import TYPE_CHECKING

from headwater.sandbox.ending import conclude
from headwater.sandbox.folder import measure_folder
from headwater.sandbox.limits import prlimit_options, resource_limits
from headwater.sandbox.supervise import Launch, watch
from headwater.sandbox.toolchain import env_arguments, resolve_folder
from headwater.sandbox.users import UserLender

if TYPE_CHECKING:
    from headwater.sandbox.interface import Command, Finished


class Unconfined:
    """Runs commands as this user, with all that this user may do."""

    def __init__(self) -> None:
        self._lender = UserLender(range(0))  # lends nobody else's id: only keeps account of folders

    @property
    def name(self) -> str:
        """`none`."""
        return "none"

    def run(self, command: Command) -> Finished:
        """Run a command to its end; see `Sandbox`."""
        folder = resolve_folder(command.folder)
        before = measure_folder(folder)
        with self._lender.lend(folder):
            launch = Launch(arguments=_limited(command), command=command, becomes_command=True)
            watched = watch(launch)
        stopped = watched.stopped is not None
        exit_code = -signal.SIGKILL if stopped else watched.return_code
        return conclude(
            watched,
            exit_code=exit_code,
            limits=command.limits,
            before=before,
            after=measure_folder(folder),
        )


def _limited(command: Command) -> tuple[str, ...]:
    """The command under `prlimit`, where that is installed; the watcher counts processes."""
    prlimit = shutil.which("prlimit")
    if prlimit is None:
        return env_arguments(command)
    values = resource_limits(command.limits, tasks=None)
    return (prlimit, *prlimit_options(values), "--", *env_arguments(command))
