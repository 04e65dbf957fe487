"""Generated code that takes rights: other processes and new rights are out of reach."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sandbox.conftest import Caller

_MEDDLE = """
import ctypes, os, resource, signal, sys
victim = int(sys.argv[1])
libc = ctypes.CDLL(None, use_errno=True)
def attempt(name, act):
    try:
        result = act()
    except OSError:
        return
    if result is None or result >= 0:
        print('did', name)
attempt('kill', lambda: os.kill(victim, signal.SIGKILL))
attempt('group', lambda: os.killpg(victim, signal.SIGKILL))
attempt('pidfd', lambda: signal.pidfd_send_signal(os.pidfd_open(victim), signal.SIGKILL))
attempt('attach', lambda: libc.ptrace(16, victim, 0, 0))
attempt('limit', lambda: resource.prlimit(victim, resource.RLIMIT_CPU, (1, 1)))
attempt('nice', lambda: os.setpriority(os.PRIO_PROCESS, victim, 19))
attempt('affinity', lambda: os.sched_setaffinity(victim, {0}))
attempt('memory', lambda: os.open(f'/proc/{victim}/mem', os.O_RDWR))
print('tried')
"""


@pytest.mark.parametrize("version", ["", "-5"])
def test_processes_outside_are_out_of_reach(confined: Caller, version: str) -> None:
    """The victim belongs to the user who opens the sandbox; an older Landlock is tried too."""
    caller = replace(confined, kind=confined.kind + version * (confined.kind == "landlock"))
    user = caller.uid if os.geteuid() == 0 else None
    victim = subprocess.Popen(["sleep", "60"], user=user, start_new_session=True)
    try:
        finished = caller.run_python(_MEDDLE, victim.pid)
        assert finished.stdout == b"tried\n", finished.stderr
        assert victim.poll() is None
    finally:
        victim.kill()
        victim.wait()


def test_new_rights_are_refused(confined: Caller) -> None:
    """Namespaces by each call that makes them, mounts, other users, keys, rings, raw devices."""
    source = (
        "import ctypes, os\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "def attempt(name, act):\n"
        "    try: result = act()\n"
        "    except OSError: return\n"
        "    if result is None or result >= 0: print('did', name)\n"
        "    if name == 'clone' and result == 0: os._exit(0)\n"
        "for flag in (0x10000000, 0x20000, 0x20000000, 0x40000000, 0x80):\n"
        "    attempt('unshare', lambda: libc.unshare(flag))\n"
        "attempt('setns', lambda: libc.setns(os.open('/', os.O_RDONLY), 0))\n"
        "arm = os.uname().machine == 'aarch64'\n"
        "attempt('clone', lambda: libc.syscall(220 if arm else 56, 0x10000011, 0, 0, 0, 0))\n"
        "attempt('clone3', lambda: libc.syscall(435, 0, 0))\n"
        "attempt('mount', lambda: libc.mount(b'none', b'/tmp', b'tmpfs', 0, None))\n"
        "attempt('ring', lambda: libc.syscall(425, 1, ctypes.create_string_buffer(120)))\n"
        "attempt('keys', lambda: libc.syscall(219 if arm else 250, 0, -3, 1))\n"
        "attempt('memory', lambda: os.memfd_create('x'))\n"
        "attempt('shared', lambda: libc.shmget(0, 4096, 0o1600))\n"
        "attempt('root', lambda: os.setuid(0) if os.getuid() else 1 / 0)\n"
        "attempt('group', lambda: os.setgroups([0]))\n"
        "attempt('device', lambda: os.mknod('disk', 0o60600, os.makedev(254, 0)))\n"
        "attempt('chroot', lambda: os.chroot('.'))\n"
        "print('tried')\n"
    )
    finished = confined.run_python(source)
    assert finished.stdout == b"tried\n", finished.stderr
