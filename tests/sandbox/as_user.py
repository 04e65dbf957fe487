"""Runs one command in a sandbox for the tests, as whoever it is started as: pickles in and out."""

from __future__ import annotations

import pickle
import sys
from typing import TYPE_CHECKING

from headwater.sandbox.choose import open_sandbox
from headwater.sandbox.interface import SandboxError
from headwater.sandbox.landlock import Landlock
from headwater.sandbox.settings import SandboxSettings

if TYPE_CHECKING:
    from headwater.sandbox.interface import Command, Finished


def run_command(kind: str, command: Command) -> Finished:
    """Run a command in the sandbox `bubblewrap`, `landlock`, `landlock-2` (its version), `none`."""
    name, _, version = kind.partition("-")
    if version:
        return Landlock(version=int(version)).run(command)
    settings = SandboxSettings(kind=name)  # type: ignore[arg-type]  # any str to mypy
    return open_sandbox(settings).run(command)


def main() -> None:
    kind, command = pickle.load(sys.stdin.buffer)
    try:
        answer: object = run_command(kind, command)
    except SandboxError as error:
        answer = error
    sys.stdout.buffer.write(pickle.dumps(answer))


if __name__ == "__main__":
    main()
