"""The one root of every error a user is meant to read."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command line (docs/design.md, section 7)."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    UNEXPECTED = 3
    INTERRUPTED = 130


class HeadwaterError(Exception):
    """Something that stops a command and that its user can mend.

    Args:
        message: what was expected, what was found, and where (`file:line`).
        hint: what to do about it, as a sentence; empty when the message says it.
    """

    exit_code = ExitCode.FINDINGS

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(HeadwaterError):
    """A wrong command line or setting."""

    exit_code = ExitCode.USAGE
