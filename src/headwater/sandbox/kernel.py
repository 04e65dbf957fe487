"""Landlock, capabilities and system call filters, asked of the kernel by ctypes.

Only what landlock(7), capabilities(7), prctl(2) and seccomp(2) say. The launcher imports this in
an interpreter of its own: standard library only, and little of it.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from functools import cache

# Landlock's three system calls have the same numbers on every machine.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG = 1
_PATH_BENEATH = 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_MAKE_CHAR, _MAKE_BLOCK = 1 << 6, 1 << 11
_IOCTL_DEVICE = 1 << 15
_ON_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | 1 << 14 | _IOCTL_DEVICE  # 14: truncate
_RIGHTS_BY_VERSION = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
_TCP_BIND_AND_CONNECT = 3  # since version 4
_SIGNALS_AND_ABSTRACT_SOCKETS = 3  # since version 6

READ = _EXECUTE | _READ_FILE | _READ_DIR
USE_DEVICE = _READ_FILE | _WRITE_FILE
OWN = 0xFFFF & ~(_MAKE_CHAR | _MAKE_BLOCK | _IOCTL_DEVICE)

_PR_SET_PDEATHSIG, _PR_SET_KEEPCAPS, _PR_SET_SECCOMP, _PR_CAPBSET_DROP = 1, 8, 22, 24
_PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT = 36, 38, 47
_CAP_AMBIENT_RAISE = 2
_SECCOMP_MODE_FILTER = 2
_CAPABILITY_VERSION = 0x20080522
_DAC_READ_SEARCH = 2  # the number of the capability
_CAPABILITIES = 64


def read_landlock_version() -> int:
    """Landlock's ABI version; 0 where the kernel has none, or has it switched off."""
    version: int = _library().syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION_FLAG)
    return max(0, version)


def create_ruleset(version: int) -> int:
    """A ruleset under which everything that this version governs is forbidden; a descriptor."""
    attributes = struct.pack("=Q", governed_rights(version))
    if version >= 4:
        attributes += struct.pack("=Q", _TCP_BIND_AND_CONNECT)
    if version >= 6:
        attributes += struct.pack("=Q", _SIGNALS_AND_ABSTRACT_SOCKETS)
    return _call(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0)


def governed_rights(version: int) -> int:
    """The rights to files that a version knows, as bits."""
    return max(rights for since, rights in _RIGHTS_BY_VERSION.items() if since <= version)


def allow_path(ruleset: int, path: str, rights: int, *, version: int) -> None:
    """Allow some rights to a file, or to a folder and all below it."""
    opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        allowed = rights & governed_rights(version)
        if not stat.S_ISDIR(os.fstat(opened).st_mode):
            allowed &= _ON_FILES
        _call(_ADD_RULE, ruleset, _PATH_BENEATH, struct.pack("=Qi", allowed, opened), 0)
    finally:
        os.close(opened)


def enforce_ruleset(ruleset: int) -> None:
    """Put this process, and all that it starts, under a ruleset for good."""
    _call(_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)


def forbid_new_rights() -> None:
    """No program that is started from here on gains rights by its file's bits."""
    _control(_PR_SET_NO_NEW_PRIVS, 1)


def install_filter(program: bytes) -> None:
    """Put this process, and all that it starts, under a system call filter for good."""
    code = ctypes.create_string_buffer(program, len(program))
    # struct sock_fprog: a count of eight-byte instructions, padding, and their address
    described = struct.pack("@HP", len(program) // 8, ctypes.addressof(code))
    holder = ctypes.create_string_buffer(described, len(described))
    _control(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(holder))


def become_user(uid: int) -> None:
    """Change from root to a user, keeping only the right to read what lies in closed folders.

    Landlock says what may be read; without that right a toolchain below a closed home would be
    out of reach. Where root itself lacks it, nothing is kept.
    """
    for capability in range(_CAPABILITIES):
        if capability != _DAC_READ_SEARCH:
            _library().prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)  # refused for unknown ones
    _control(_PR_SET_KEEPCAPS, 1)
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    try:
        _set_capabilities(1 << _DAC_READ_SEARCH)
        _control(_PR_CAP_AMBIENT, _CAP_AMBIENT_RAISE, _DAC_READ_SEARCH)
    except PermissionError:
        _set_capabilities(0)


def adopt_orphans() -> None:
    """Make this process the parent of every process below it whose own parent ends."""
    _control(_PR_SET_CHILD_SUBREAPER, 1)


def signal_when_orphaned(number: int) -> None:
    """Have the kernel send this process a signal when its parent ends."""
    _control(_PR_SET_PDEATHSIG, number)


def _set_capabilities(bits: int) -> None:
    """Hold exactly these of the first 32 capabilities."""
    header = struct.pack("=Ii", _CAPABILITY_VERSION, 0)
    data = struct.pack("=6I", bits, bits, bits, 0, 0, 0)
    _checked(_library().capset(header, data))


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _call(number: int, *arguments: object) -> int:
    return _checked(_library().syscall(number, *arguments))


def _control(option: int, *arguments: int) -> None:
    filled = [*arguments, 0, 0, 0, 0][:4]
    _checked(_library().prctl(option, *map(ctypes.c_ulong, filled)))


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
