"""What a call came to, in a form that an example can hold."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What a call came to.

    Attributes:
        cell: as the result of an example row says it; empty where none can.
        accident: an error that no specification would ask for, such as a wrong type; or empty.
    """

    cell: str = ""
    accident: str = ""
