"""Turns `Limits` into the resource limits of setrlimit(2), and into `prlimit`'s options."""

from __future__ import annotations

import resource
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.sandbox.interface import Limits

_OPEN_FILES = 1024


def resource_limits(limits: Limits, *, tasks: int | None) -> dict[str, int]:
    """Values by the name that both `resource.RLIMIT_…` and `prlimit --…` have for them.

    Memory is bounded as data, not as address space, which runtimes reserve without using.
    `tasks` is how many processes and threads the user may have; None leaves that alone. No value
    is above the limit that this process has itself.
    """
    wanted = {
        "data": limits.memory,
        "fsize": limits.file_size,
        "nofile": _OPEN_FILES,
        "core": 0,
    }
    if tasks is not None:
        wanted["nproc"] = tasks
    return {name: min(value, _highest(name)) for name, value in wanted.items()}


def prlimit_options(values: Mapping[str, int]) -> tuple[str, ...]:
    """Options of `prlimit` that set resource limits."""
    return tuple(f"--{name}={value}" for name, value in values.items())


def _highest(name: str) -> int:
    hard: int = resource.getrlimit(getattr(resource, f"RLIMIT_{name.upper()}"))[1]
    return 2**62 if hard == resource.RLIM_INFINITY else hard
