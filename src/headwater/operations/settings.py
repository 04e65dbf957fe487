"""What a build may do, as its user set it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildSettings:
    """How `build` runs.

    Attributes:
        workers: components derived side by side; 0 means one a processor.
        frozen: build from lock and cache alone, and fail rather than call a model.
        confirm_above: a person at a terminal is asked first when more components than this would
            be regenerated; 0 means never.
    """

    workers: int = 0
    frozen: bool = False
    confirm_above: int = 20
