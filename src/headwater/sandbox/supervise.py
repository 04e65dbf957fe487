"""Starts a sandbox's program, watches it, and ends it when a bound is passed."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from headwater.sandbox.folder import measure_folder
from headwater.sandbox.interface import Ending, SandboxError
from headwater.sandbox.pipes import Pipes
from headwater.sandbox.processes import read_holdings
from headwater.sandbox.reap import end_descendants

if TYPE_CHECKING:
    from headwater.sandbox.interface import Command

_PAUSE = 0.02  # seconds between two looks at processes and folder, at least
_SHARE = 10  # a look takes one part in so many of the time at most, however slow it is
_GRACE = 0.5  # seconds to read what is left in the pipes once the program has ended
_PATIENCE = 20.0  # seconds that a killed sandbox may take to disappear
_CLOSED_SHARE = 8  # a folder closed to us counts for one part in so many of the bytes allowed


@dataclass(frozen=True, kw_only=True, slots=True)
class Launch:
    """How a sandbox starts a command.

    Attributes:
        arguments: the program that sets up the sandbox, with its arguments.
        command: what runs inside.
        descriptors: open files that the program inherits.
        status: a pipe on whose writing end the program reports, in lines of JSON; both ends
            belong to the watcher from here on. `child-pid` names a process whose end is awaited.
        own_tasks: how many processes below the program are the sandbox's own.
        becomes_command: the program turns into the command itself.
        stop: the signal that makes the program end everything.
    """

    arguments: tuple[str, ...]
    command: Command
    descriptors: tuple[int, ...] = ()
    status: tuple[int, int] | None = None
    own_tasks: int = 0
    becomes_command: bool = False
    stop: signal.Signals = signal.SIGKILL


@dataclass(frozen=True, kw_only=True, slots=True)
class Watched:
    """What was seen of a command.

    Attributes:
        stopped: the bound that it passed, if it was ended for it.
        return_code: the program's, as `subprocess` gives it.
        status: what the program reported.
        stderr_tail: the last of standard error, also where that was cut off.
        most_tasks: the highest number of processes and threads that was seen.
    """

    stopped: Ending | None
    return_code: int
    status: dict[str, Any]
    stdout: bytes
    stderr: bytes
    stderr_tail: bytes
    seconds: float
    most_tasks: int


def watch(launch: Launch) -> Watched:
    """Run a command in its sandbox to the end; whatever it started is gone then.

    Raises:
        SandboxError: the program cannot be started, or does not end when told to.
    """
    started = time.monotonic()
    process = _start(launch)
    reader = launch.status[0] if launch.status else None
    command = launch.command
    with Pipes(process, stdin=command.stdin, status=reader, limit=command.limits.output) as pipes:
        watcher = _Watcher(launch, process, pipes, started)
        try:
            watcher.see_to_the_end()
        finally:
            watcher.end_everything()
        seconds = time.monotonic() - started
    return Watched(
        stopped=watcher.stopped,
        return_code=process.returncode,
        status=pipes.read_status(),
        stdout=bytes(pipes.stdout.kept),
        stderr=bytes(pipes.stderr.kept),
        stderr_tail=pipes.stderr.tail,
        seconds=seconds,
        most_tasks=watcher.most_tasks,
    )


def _start(launch: Launch) -> subprocess.Popen[bytes]:
    reader, writer = launch.status or (None, None)
    inherited = launch.descriptors if writer is None else (*launch.descriptors, writer)
    try:
        return subprocess.Popen(
            launch.arguments,
            cwd=launch.command.folder,
            env={},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            pass_fds=inherited,
            start_new_session=True,  # out of reach of the terminal's Ctrl-C, which is ours to take
        )
    except OSError as error:
        if reader is not None:
            os.close(reader)
        raise SandboxError(f"{launch.arguments[0]} could not be started: {error}") from error
    finally:
        if writer is not None:
            os.close(writer)


class _Watcher:
    """One run: a loop over pipes and clock."""

    def __init__(
        self, launch: Launch, process: subprocess.Popen[bytes], pipes: Pipes, started: float
    ) -> None:
        self.stopped: Ending | None = None
        self.most_tasks = 0
        self._launch = launch
        self._limits = launch.command.limits
        self._process = process
        self._pipes = pipes
        self._deadline = started + self._limits.seconds
        self._keeper: int | None = None  # descriptor of the process whose end is awaited

    def see_to_the_end(self) -> None:
        """Feed, drain and look until the program has ended or a bound is passed."""
        next_look = 0.0
        while self._process.poll() is None:
            now = time.monotonic()
            if now >= min(next_look, self._deadline):
                self._find_keeper()
                self.stopped = self._find_passed_bound()
                if self.stopped is not None:
                    return
                cost = time.monotonic() - now
                next_look = now + max(_PAUSE, _SHARE * cost)
            self._wait(min(next_look, self._deadline) - time.monotonic())

    def end_everything(self) -> None:
        """Kill what is left, wait until it is gone, and read what is left in the pipes."""
        if self._process.poll() is None:
            self._find_keeper()
            self._stop()
        self._await_process()
        if self._launch.becomes_command:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        end = time.monotonic() + _GRACE
        while self._pipes.are_open and time.monotonic() < end:
            self._pipes.pump(end - time.monotonic())
        self._await_keeper()
        if self.stopped is None and self._has_nested_too_deep():
            self.stopped = Ending.WROTE_TOO_MUCH

    def _wait(self, seconds: float) -> None:
        if self._pipes.are_open:
            self._pipes.pump(seconds)
        else:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(max(0.0, seconds))

    def _find_passed_bound(self) -> Ending | None:
        if time.monotonic() >= self._deadline:
            return Ending.TIMED_OUT
        limits = self._limits
        held = read_holdings(self._process.pid, itself=self._launch.becomes_command)
        tasks = held.tasks - self._launch.own_tasks
        self.most_tasks = max(self.most_tasks, tasks)
        if tasks > limits.processes:
            return Ending.TOO_MANY_PROCESSES
        if held.largest > limits.memory or held.total > max(limits.memory, limits.total_memory):
            return Ending.OUT_OF_MEMORY
        if self._has_written_too_much(held.deleted):
            return Ending.WROTE_TOO_MUCH
        return None

    def _has_written_too_much(self, deleted: int) -> bool:
        try:
            size = measure_folder(self._launch.command.folder)
        except OSError:
            return False  # the command has removed or closed its own folder
        hidden = deleted + size.closed * (self._limits.written // _CLOSED_SHARE)
        return size.too_deep or size.total + hidden > self._limits.written

    def _has_nested_too_deep(self) -> bool:
        """A command may end between two looks; and such folders are gone once it is cleared up."""
        try:
            return measure_folder(self._launch.command.folder).too_deep
        except OSError:
            return False

    def _stop(self) -> None:
        if self._launch.becomes_command:
            self._process.send_signal(signal.SIGSTOP)
            end_descendants(self._process.pid)
        if self._keeper is not None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._keeper, signal.SIGKILL)
        self._process.send_signal(self._launch.stop)

    def _await_process(self) -> None:
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            # It is left alone: a launcher goes on ending what it has started.
            raise SandboxError(
                f"the sandbox of process {self._process.pid} does not end, though it was told to",
                hint="See what it waits for (`ps -o stat,wchan`), and end it by hand.",
            ) from None

    def _find_keeper(self) -> None:
        pid = self._pipes.read_status().get("child-pid")
        if pid is not None and self._keeper is None:
            with suppress(ProcessLookupError):
                self._keeper = os.pidfd_open(pid)

    def _await_keeper(self) -> None:
        """Wait for the first process of a namespace: once it is gone, all in there are."""
        self._find_keeper()
        if self._keeper is None:
            return
        waiting = select.poll()
        waiting.register(self._keeper, select.POLLIN)
        waiting.poll(_PATIENCE * 1000)
        os.close(self._keeper)
        self._keeper = None
