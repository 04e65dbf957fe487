"""System call filters as classic BPF programs: the `struct sock_filter` array of seccomp(2).

A filter is a list of rules (`refusals.py`); what no rule names is allowed.
"""

from __future__ import annotations

import errno
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.sandbox.interface import SandboxError
from headwater.sandbox.syscalls import MACHINES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.sandbox.syscalls import Machine


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """Allows a call only when one of its arguments, masked, is one of some values."""

    argument: int
    mask: int = 0xFFFFFFFF
    allowed: tuple[int, ...] = (0,)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """Calls that fail with `error`, always or unless `check` holds; error 0 only pretends."""

    calls: tuple[str, ...]
    error: int = errno.EPERM
    check: Check | None = None


# Instructions of classic BPF (linux/filter.h) and answers of seccomp (linux/seccomp.h).
_LOAD = 0x20
_AND = 0x54
_EQUAL = 0x15
_AT_LEAST = 0x35
_RETURN = 0x06
_ALLOW = 0x7FFF0000
_FAIL = 0x00050000
_KILL = 0x80000000
_CALL, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data


def compile_filter(rules: Sequence[Rule], *, machine: str) -> bytes:
    """The filter as a BPF program for a machine, named as `platform.machine()` names it.

    A call in another machine's convention ends the process.

    Raises:
        SandboxError: the machine is none of `syscalls.MACHINES`.
    """
    target = MACHINES.get(machine)
    if target is None:
        raise SandboxError(
            f"there are system call filters for {' and '.join(MACHINES)}, not for {machine}",
            hint="Run generated code on one of those, or with all your own rights "
            "by `--sandbox none`.",
        )
    program = [
        _instruction(_LOAD, _ARCHITECTURE),
        _instruction(_EQUAL, target.audit, skip_if_true=1),
        _instruction(_RETURN, _KILL),
        _instruction(_LOAD, _CALL),
    ]
    if target.foreign_from is not None:
        program.append(_instruction(_AT_LEAST, target.foreign_from, skip_if_false=1))
        program.append(_instruction(_RETURN, _KILL))
    for rule in rules:
        program.extend(_compile_rule(rule, target))
    program.append(_instruction(_RETURN, _ALLOW))
    return b"".join(program)


def _compile_rule(rule: Rule, target: Machine) -> list[bytes]:
    refuse = _instruction(_RETURN, _FAIL | rule.error)
    answer = [refuse] if rule.check is None else _compile_check(rule.check, refuse)
    program: list[bytes] = []
    for call in rule.calls:
        if call in target.numbers:
            number = target.numbers[call]
            program.append(_instruction(_EQUAL, number, skip_if_false=len(answer)))
            program.extend(answer)
    return program


def _compile_check(check: Check, refuse: bytes) -> list[bytes]:
    """Load the argument's lower half, allow each value, refuse the rest."""
    program = [
        _instruction(_LOAD, _ARGUMENTS + 8 * check.argument),
        _instruction(_AND, check.mask),
    ]
    for value in check.allowed:
        program.append(_instruction(_EQUAL, value, skip_if_false=1))
        program.append(_instruction(_RETURN, _ALLOW))
    return [*program, refuse]


def _instruction(
    code: int, operand: int, *, skip_if_true: int = 0, skip_if_false: int = 0
) -> bytes:
    return struct.pack("=HBBI", code, skip_if_true, skip_if_false, operand)
