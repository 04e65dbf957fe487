"""What every sandbox looks like: one command in, what it printed and how it ended out."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from headwater.errors import HeadwaterError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Bounds on one command; the sandbox ends it when one is passed.

    Attributes:
        seconds: wall-clock time.
        memory: bytes of data that one process may hold.
        total_memory: bytes of RAM that all processes may hold between them; at least `memory`.
        processes: processes and threads alive at once.
        file_size: bytes of one file written.
        written: bytes that all files below the folder may take together.
        output: bytes of standard output and of standard error kept; the rest is dropped.
    """

    seconds: float = 60.0
    memory: int = 1 << 30
    total_memory: int = 2 << 30
    processes: int = 64
    file_size: int = 64 << 20
    written: int = 256 << 20
    output: int = 1 << 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """What to run.

    Attributes:
        arguments: program and arguments; no shell is involved.
        folder: the one folder that the command may read and write, and its working directory.
            One command at a time runs in it; what it leaves there is the caller's, and may be
            a symbolic link to anywhere.
        readable: further files and folders that it may read (the toolchain).
        environment: its whole environment; nothing is inherited.
        stdin: what it reads from standard input.
        limits: when to end it.
    """

    arguments: tuple[str, ...]
    folder: Path
    readable: tuple[Path, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    stdin: bytes = b""
    limits: Limits = field(default_factory=Limits)


class Ending(Enum):
    """How a sandboxed command ended (`ending.py` says how each is told).

    A command that meets a bound and copes, ending with exit code 0, has exited.
    """

    EXITED = "exited"
    TIMED_OUT = "timed out"
    OUT_OF_MEMORY = "out of memory"
    TOO_MANY_PROCESSES = "too many processes"
    WROTE_TOO_MUCH = "wrote too much"
    KILLED = "killed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finished:
    """What a command did.

    `exit_code` is negative for a signal, as in `subprocess`; it is 127 for a program that is not
    there and 126 for one that cannot be run, as in a shell. `bubblewrap` cannot tell the exit code
    137 from signal 9: there 129 to 192 are read as signals. `seconds` is wall-clock time.
    """

    ending: Ending
    exit_code: int
    stdout: bytes
    stderr: bytes
    seconds: float


class Sandbox(Protocol):
    """A way to run a command where it can do no harm; safe to call from several threads."""

    @property
    def name(self) -> str:
        """`bubblewrap`, `landlock` or `none`."""
        ...

    def run(self, command: Command) -> Finished:
        """Run a command to its end.

        Raises:
            SandboxError: the sandbox itself could not be set up; the command did not run.
        """
        ...


class SandboxError(HeadwaterError):
    """The sandbox could not be set up, so nothing was run."""
