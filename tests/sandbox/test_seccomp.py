"""Filters are run here by an interpreter of their own, so that no kernel needs to be asked."""

from __future__ import annotations

import errno
import os
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.sandbox import refusals
from headwater.sandbox.interface import SandboxError
from headwater.sandbox.seccomp import Check, Rule, compile_filter
from headwater.sandbox.syscalls import MACHINES

_ALLOWED, _KILLED = 0x7FFF0000, 0x80000000
_SETS = {
    name: getattr(refusals, name)
    for name in (
        "EVERYWHERE",
        "OWN_NETWORK",
        "NO_SOCKETS",
        "OWN_PROCESS_ONLY",
        "KEEP_MODES",
        "NO_TRUNCATION",
        "NO_SIGNALS",
    )
}


def _execute(program: bytes, *, number: int, audit: int, arguments: tuple[int, ...] = ()) -> int:
    """What the filter answers; the few instructions of classic BPF that there are."""
    padded = (*arguments, 0, 0, 0, 0, 0, 0)[:6]
    data = struct.pack("=iIQ6Q", number, audit, 0, *padded)
    code = list(struct.iter_unpack("=HBBI", program))
    at = value = 0
    while True:
        operation, if_true, if_false, operand = code[at]
        at += 1
        if operation == 0x20:
            (value,) = struct.unpack_from("=I", data, operand)
        elif operation == 0x54:
            value &= operand
        elif operation == 0x15:
            at += if_true if value == operand else if_false
        elif operation == 0x35:
            at += if_true if value >= operand else if_false
        else:
            assert operation == 0x06
            return int(operand)


def _expect(rules: tuple[Rule, ...], call: str, arguments: tuple[int, ...]) -> int:
    for rule in rules:
        if call in rule.calls:
            check = rule.check
            if check and arguments[check.argument] & check.mask in check.allowed:
                return _ALLOWED
            return 0x00050000 | rule.error
    return _ALLOWED


@given(
    machine=st.sampled_from(sorted(MACHINES)),
    name=st.sampled_from(sorted(_SETS)),
    call=st.sampled_from(sorted(MACHINES["x86_64"].numbers)),
    arguments=st.tuples(*[st.integers(0, 2**32 - 1) | st.sampled_from([0, 1, 2, 10, 512])] * 6),
)
def test_filter_answers_as_its_rules_say(
    machine: str, name: str, call: str, arguments: tuple[int, ...]
) -> None:
    target = MACHINES[machine]
    if call in target.numbers:
        answer = _execute(
            compile_filter(_SETS[name], machine=machine),
            number=target.numbers[call],
            audit=target.audit,
            arguments=arguments,
        )
        assert answer == _expect(_SETS[name], call, arguments)


@pytest.mark.parametrize("machine", sorted(MACHINES))
def test_other_conventions_end_the_process(machine: str) -> None:
    """A 32-bit call, and on x86-64 an x32 one, would have other numbers."""
    program = compile_filter((), machine=machine)
    other = next(known for name, known in MACHINES.items() if name != machine)
    assert _execute(program, number=1, audit=other.audit) == _KILLED
    own = MACHINES[machine].audit
    assert _execute(program, number=1, audit=own) == _ALLOWED
    answer = _execute(program, number=0x40000000 | 57, audit=own)
    assert answer == (_KILLED if machine == "x86_64" else _ALLOWED)


@pytest.mark.parametrize("machine", sorted(MACHINES))
def test_every_call_of_a_rule_is_known_or_absent_on_purpose(machine: str) -> None:
    """A misspelt name would silently leave a door open."""
    elsewhere = {"chmod", "chown", "lchown", "open"}  # aarch64 has only their newer forms
    named = {call for rules in _SETS.values() for rule in rules for call in rule.calls}
    missing = named - set(MACHINES[machine].numbers)
    assert missing == (elsewhere if machine == "aarch64" else set())


def test_unknown_machine_is_refused() -> None:
    with pytest.raises(SandboxError, match="not for riscv64"):
        compile_filter((), machine="riscv64")


def test_numbers_are_unique() -> None:
    for machine in MACHINES.values():
        assert len(set(machine.numbers.values())) == len(machine.numbers)


@pytest.mark.parametrize(
    ("flags", "allowed"),
    [
        (os.O_RDONLY, True),
        (os.O_RDONLY | os.O_CLOEXEC, True),
        (os.O_WRONLY | os.O_CREAT | os.O_TRUNC, True),
        (os.O_RDWR | os.O_TRUNC, True),
        (os.O_RDONLY | os.O_TRUNC, False),
    ],
)
def test_truncation_by_opening_to_read(flags: int, *, allowed: bool) -> None:
    machine = MACHINES["x86_64"]
    program = compile_filter(refusals.NO_TRUNCATION, machine="x86_64")
    answer = _execute(
        program, number=machine.numbers["openat"], audit=machine.audit, arguments=(0, 0, flags)
    )
    assert answer == (_ALLOWED if allowed else 0x00050000 | errno.EPERM)


def test_check_sees_only_what_its_mask_lets_through() -> None:
    rules = (Rule(calls=("socket",), check=Check(argument=1, mask=0xF, allowed=(1,))),)
    machine = MACHINES["aarch64"]
    program = compile_filter(rules, machine="aarch64")
    number = machine.numbers["socket"]
    for kind, answer in ((0xF1, _ALLOWED), (0xF2, 0x00050000 | errno.EPERM)):
        assert _execute(program, number=number, audit=machine.audit, arguments=(0, kind)) == answer
