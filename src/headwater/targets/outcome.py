"""What a call or a command came to, in a form that an example can hold."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Printed:
    """What a command printed, and the code that it ended with."""

    stdout: str
    stderr: str
    exit_code: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What a call or a command came to; of the first four one at most is there.

    Attributes:
        value: the result of a call as JSON; empty where that cannot say it.
        error: the error that it failed with, as an example names it.
        printed: what a command did; None for a call.
        accident: an error that no specification would ask for, such as a wrong type; or how the
            run ended in place of telling.
        said: the same for a reader: `returned 5`, `raised ValueError("no")`.
    """

    value: str = ""
    error: str = ""
    printed: Printed | None = None
    accident: str = ""
    said: str = ""

    @property
    def cell(self) -> str:
        """What the result of a Call row says, without back-ticks; empty where none can."""
        return f"raises {self.error}" if self.error else self.value
