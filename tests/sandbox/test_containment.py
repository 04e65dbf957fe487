"""Generated code that tries to get out, to look around, or to take the machine's strength.

Each attack prints what it achieved; each test says that it achieved nothing, that the world
outside is as it was, and that the ending is called by its name. Everything is bounded, so that
even an attack that succeeded would do no harm.
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from headwater.sandbox.folder import DEEPEST
from headwater.sandbox.interface import Ending, Limits
from headwater.sandbox.toolchain import python_toolchain
from tests.sandbox.conftest import QUICK, Caller

if TYPE_CHECKING:
    from collections.abc import Iterator

_CALL_HOME = """
import socket, sys
port, path = int(sys.argv[1]), sys.argv[2]
def call(name, family, kind, address):
    try:
        line = socket.socket(family, kind)
        line.settimeout(1)
        line.connect(address)
        line.send(b'secret')
        print(name, 'sent')
    except OSError as error:
        print(name, type(error).__name__)
for host in ('127.0.0.1', '192.0.2.1'):
    call('tcp', socket.AF_INET, socket.SOCK_STREAM, (host, port))
call('udp', socket.AF_INET, socket.SOCK_DGRAM, ('127.0.0.1', port))
call('tcp6', socket.AF_INET6, socket.SOCK_STREAM, ('::1', port))
call('udp6', socket.AF_INET6, socket.SOCK_DGRAM, ('::1', port))
call('unix', socket.AF_UNIX, socket.SOCK_DGRAM, path)
call('abstract', socket.AF_UNIX, socket.SOCK_DGRAM, '\\0headwater-test-' + str(port))
call('vsock', 40, socket.SOCK_STREAM, (2, port))
"""


@contextmanager
def _listeners(place: Path) -> Iterator[tuple[int, Path, list[socket.socket]]]:
    """What the attack would reach: TCP, UDP and two kinds of Unix sockets, on the host."""
    path = place / "socket"
    tcp = socket.create_server(("127.0.0.1", 0))
    port: int = tcp.getsockname()[1]
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", port))
    named = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    named.bind(str(path))
    path.chmod(0o777)
    abstract = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    abstract.bind(f"\0headwater-test-{port}")
    opened = [tcp, udp, named, abstract]
    for line in opened:
        line.setblocking(False)
    try:
        yield port, path, opened
    finally:
        for line in opened:
            line.close()


def _received(line: socket.socket) -> bool:
    try:
        if line.type == socket.SOCK_STREAM:
            line.accept()[0].close()
        else:
            line.recv(100)
    except BlockingIOError:
        return False
    return True


def test_nothing_reaches_the_network_or_a_socket(confined: Caller) -> None:
    with _listeners(confined.place) as (port, path, lines):
        finished = confined.run_python(_CALL_HOME, port, path)
        assert finished.ending is Ending.EXITED
        assert not any(_received(line) for line in lines)
    said = finished.stdout.decode().splitlines()
    assert len(said) == 8, finished.stderr
    # UDP to one's own loopback "sends" in a namespace of its own, to nobody
    assert [line for line in said if line.endswith("sent") and not line.startswith("udp")] == []


def test_the_same_calls_arrive_without_a_sandbox(place: Path) -> None:
    """The listeners do listen: the test above could fail."""
    with _listeners(place) as (port, path, lines):
        Caller(kind="none", place=place).run_python(_CALL_HOME, port, path)
        assert all(_received(line) for line in lines)


def test_own_loopback_works_in_bubblewrap(place: Path) -> None:
    """A server and its client inside can talk: requests in a specification need it."""
    source = (
        "import socket\n"
        "server = socket.create_server(('127.0.0.1', 0))\n"
        "client = socket.create_connection(server.getsockname())\n"
        "client.send(b'hello')\n"
        "print(server.accept()[0].recv(9))\n"
    )
    finished = Caller(kind="bubblewrap", place=place).run_python(source)
    assert finished.stdout == b"b'hello'\n", finished.stderr


def test_the_callers_environment_cannot_be_read(
    confined: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEADWATER_SECRET", "s3cret-from-outside")
    source = (
        "import glob, os\n"
        "print(dict(os.environ))\n"
        "for path in ['/proc/1/environ', f'/proc/{os.getppid()}/environ',\n"
        "             *glob.glob('/proc/[0-9]*/environ'), *glob.glob('/proc/[0-9]*/cmdline')]:\n"
        "    try: print(path, open(path, 'rb').read())\n"
        "    except OSError as error: print(path, error.strerror)\n"
        "print('looked')\n"
    )
    finished = confined.run_python(source)
    assert finished.stdout.endswith(b"looked\n"), finished.stderr
    assert b"s3cret" not in finished.stdout


def test_files_of_home_and_root_cannot_be_read(confined: Caller) -> None:
    """Neither by name, nor through a link, nor by listing; the marker is the user's own file."""
    home = confined.make_folder("home")
    marker = confined.write(home / "marker", "s3cret-of-home")
    marker.chmod(0o644)
    folder = confined.make_folder()
    (folder / "link").symlink_to(home)
    source = (
        "import os, sys\n"
        "for path in sys.argv[1:]:\n"
        "    for look in (lambda: open(path, 'rb').read(), lambda: os.listdir(path)):\n"
        "        try: print('got', path, look())\n"
        "        except OSError: pass\n"
        "print('looked')\n"
    )
    real_home = Path.home()
    hidden = [marker, home, "link/marker", "link", folder / ".." / "home" / "marker"]
    hidden += ["/etc/shadow", "/etc/passwd", real_home / ".ssh", real_home / ".bashrc", "/etc/ssl"]
    hidden += ["/var", "/sys/class", f"/proc/1/root{marker}", Path(__file__)]
    finished = confined.run_python(source, *hidden, folder=folder)
    assert finished.stdout == b"looked\n", finished.stderr


_OVERWRITE = """
import os, sys
def attempt(name, act):
    try:
        act()
        print('did', name)
    except OSError:
        pass
for path in sys.argv[1:]:
    attempt('create', lambda: open(path + '/made', 'x').close())
    attempt('mkdir', lambda: os.mkdir(path + '/made-folder'))
    attempt('overwrite', lambda: open(path, 'r+').write('spoilt'))
    attempt('truncate', lambda: os.truncate(path, 0))
    attempt('open-truncate', lambda: os.open(path, os.O_RDONLY | os.O_TRUNC))
    attempt('delete', lambda: os.unlink(path))
    attempt('rename', lambda: os.rename(path, path + '-moved'))
    attempt('take', lambda: os.rename(path, 'taken'))
    attempt('link', lambda: os.link(path, 'linked'))
    attempt('rmdir', lambda: os.rmdir(path))
    os.path.exists(path) and attempt('chmod', lambda: os.chmod(path, 0o777))
print('tried')
"""


def _describe(path: Path) -> tuple[object, ...]:
    status = path.lstat()
    text = path.read_bytes() if path.is_file() else sorted(path.iterdir())
    return (status.st_mode, status.st_uid, status.st_size, status.st_nlink, text)


def _attack_files(caller: Caller) -> None:
    outside = caller.make_folder("outside")
    marker = caller.write(outside / "marker", "as it was")
    empty = caller.make_folder("outside/empty")
    folder = caller.make_folder()
    (folder / "link").symlink_to(outside)
    (folder / "link-to-file").symlink_to(marker)
    paths = [marker, outside, empty, "link", "link/marker", "link/empty", "link-to-file"]
    paths += ["../outside/marker", "/etc", "/usr", "/usr/bin/env", "/etc/ld.so.cache", "/"]
    paths += [python_toolchain()[0], "/dev", "/dev/null", "/proc/sys/kernel/hostname"]
    watched = [marker, outside, empty, Path("/usr"), Path("/etc/ld.so.cache"), Path("/etc")]
    before = [_describe(path) for path in watched]
    finished = caller.run_python(_OVERWRITE, *paths, folder=folder)
    assert finished.stdout.endswith(b"tried\n"), finished.stderr
    assert [_describe(path) for path in watched] == before
    assert not Path("/made").exists()
    assert not (python_toolchain()[0] / "made").exists()


def test_nothing_outside_the_folder_can_be_changed(confined: Caller) -> None:
    _attack_files(confined)


@pytest.mark.parametrize("version", [1, 2, 3, 5])
def test_older_landlock_protects_the_same_files(place: Path, version: int) -> None:
    """What an older kernel's Landlock does not govern, the system call filter refuses."""
    _attack_files(Caller(kind=f"landlock-{version}", place=place))


_RICH = replace(QUICK, processes=20, seconds=5.0)
_BOMBS = {
    "dies": "import os\nwhile True:\n    os.fork()\n",
    "insists": ("import os\nwhile True:\n    try: os.fork()\n    except OSError: pass\n"),
    "threads": (
        "import threading, time\n"
        "while True:\n"
        "    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
    ),
}


@pytest.mark.parametrize("bomb", _BOMBS)
def test_fork_bomb_is_contained_and_named(confined: Caller, bomb: str) -> None:
    finished = confined.run_python(_BOMBS[bomb], limits=_RICH)
    assert finished.ending is Ending.TOO_MANY_PROCESSES, finished
    assert finished.exit_code != 0
    assert _processes_of(confined) == []


def _processes_of(caller: Caller) -> list[str]:
    """Processes that still run a program from the caller's folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if (path / "cwd").readlink().is_relative_to(caller.place):
                found.append((path / "cmdline").read_text())
        except OSError:
            continue
    return found


def test_no_more_processes_than_allowed(confined: Caller) -> None:
    """The kernel refuses the rest, or the watcher ends it all."""
    source = (
        "import os, time\n"
        "made = 0\n"
        "try:\n"
        "    while made < 200:\n"
        "        if os.fork() == 0:\n"
        "            time.sleep(30)\n"
        "            os._exit(0)\n"
        "        made += 1\n"
        "        print(made, flush=True)\n"
        "except BlockingIOError:\n"
        "    time.sleep(30)\n"
    )
    finished = confined.run_python(source, limits=_RICH)
    assert finished.ending is Ending.TOO_MANY_PROCESSES
    made = int(finished.stdout.split()[-1])
    slack = 200 if confined.kind == "landlock" and confined.uid != 0 else 1
    assert _RICH.processes - 1 <= made < _RICH.processes + slack


def test_as_many_processes_as_allowed(confined: Caller) -> None:
    source = (
        "import subprocess\n"
        "started = [subprocess.Popen(['sleep', '0.3']) for _ in range(19)]\n"
        "print([process.wait() for process in started].count(0))\n"
    )
    finished = confined.run_python(source, limits=_RICH)
    assert (finished.ending, finished.stdout) == (Ending.EXITED, b"19\n"), finished.stderr


_FILL_MEMORY = {
    "allocate": "kept = []\nwhile True: kept.append(bytearray(1 << 20))\n",
    "at once": "kept = bytearray(1 << 33)\n",
    "shared": (
        "import mmap\nkept = []\n"
        "while True:\n"
        "    kept.append(mmap.mmap(-1, 4 << 20))\n"
        "    kept[-1].write(bytes(4 << 20))\n"
    ),
    "between many": (
        "import os, time\n"
        "for _ in range(6): os.fork() or exec('kept = bytearray(80 << 20); time.sleep(30)')\n"
        "time.sleep(30)\n"
    ),
}


@pytest.mark.parametrize("way", _FILL_MEMORY)
def test_memory_filling_is_contained_and_named(confined: Caller, way: str) -> None:
    finished = confined.run_python(_FILL_MEMORY[way])
    assert finished.ending is Ending.OUT_OF_MEMORY, finished
    assert finished.exit_code != 0


_SMALL_DISK = replace(QUICK, file_size=4 << 20, written=8 << 20)
_FILL_DISK = {
    "one file": "file = open('huge', 'wb')\nwhile True: file.write(bytes(1 << 16))\n",
    "one file, quietly": (
        "try:\n"
        "    file = open('huge', 'wb', buffering=0)\n"
        "    while True: file.write(bytes(1 << 16))\n"
        "except OSError: raise SystemExit(1)\n"
    ),
    "by a shell": "import os\nos.execvp('sh', ['sh', '-c', 'cat /dev/zero > huge'])\n",
    "many files": (
        "number = 0\n"
        "while True:\n"
        "    open(f'file{number}', 'wb').write(bytes(1 << 18))\n"
        "    number += 1\n"
    ),
    "empty files": (
        "number = 0\n"
        "while number < 100_000:\n"
        "    open(f'file{number}', 'wb').close()\n"
        "    number += 1\n"
    ),
    "deleted files": (
        "import os, time\n"
        "kept = []\n"
        "for number in range(12):\n"
        "    file = open('file', 'wb')\n"
        "    file.write(bytes(1 << 20))\n"
        "    file.flush()\n"
        "    os.unlink('file')\n"
        "    kept.append(file)\n"
        "time.sleep(30)\n"
    ),
    "a nest made at once": (
        f"import os\nfor _ in range({DEEPEST + 2}):\n    os.mkdir('in')\n    os.chdir('in')\n"
    ),
    "a deep nest": ("import os\nfor _ in range(1200):\n    os.mkdir('in')\n    os.chdir('in')\n"),
}


@pytest.mark.parametrize("way", _FILL_DISK)
def test_disk_filling_is_contained_and_named(confined: Caller, way: str) -> None:
    folder = confined.make_folder()
    written = 1 << 20 if way == "empty files" else _SMALL_DISK.written
    limits = replace(_SMALL_DISK, written=written)
    finished = confined.run_python(_FILL_DISK[way], limits=limits, folder=folder)
    assert finished.ending is Ending.WROTE_TOO_MUCH, finished
    largest = max((path.stat().st_size for path in folder.iterdir()), default=0)
    assert largest <= _SMALL_DISK.file_size + 4096


def test_private_temporary_folder_is_bounded(place: Path) -> None:
    source = "for number in range(20): open(f'/tmp/{number}', 'wb').write(bytes(1 << 20))\n"
    caller = Caller(kind="bubblewrap", place=place)
    finished = caller.run_python(source, limits=_SMALL_DISK)
    assert finished.ending is Ending.WROTE_TOO_MUCH, finished
    assert not Path("/tmp/19").exists()


def test_endless_output_is_dropped_and_ended(confined: Caller) -> None:
    limits = replace(QUICK, seconds=1.0, output=10_000)
    finished = confined.run_python("while True: print('x' * 1000)", limits=limits)
    assert finished.ending is Ending.TIMED_OUT
    assert len(finished.stdout) == 10_000


_DAEMON = """
import os, sys, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for stream in (0, 1, 2):
            os.close(stream)
        while True:
            open('alive', 'a').write('x')
            time.sleep(0.01)
    os._exit(0)
while not os.path.exists('alive'):
    time.sleep(0.01)
"""


def _is_still(folder: Path) -> bool:
    """Nobody writes there any more."""
    before = (folder / "alive").stat().st_size
    time.sleep(0.2)
    return (folder / "alive").stat().st_size == before


@pytest.mark.parametrize("end", ["time.sleep(60)", "while True: pass"])
def test_endless_time_is_ended_with_all_it_started(confined: Caller, end: str) -> None:
    folder = confined.make_folder()
    limits = replace(QUICK, seconds=1.0)
    finished = confined.run_python(f"{_DAEMON}\n{end}", limits=limits, folder=folder)
    assert finished.ending is Ending.TIMED_OUT
    assert finished.exit_code < 0
    assert _is_still(folder)
    assert _processes_of(confined) == []


def test_daemon_does_not_outlive_its_command(confined: Caller) -> None:
    folder = confined.make_folder()
    finished = confined.run_python(_DAEMON, folder=folder)
    assert (finished.ending, finished.exit_code) == (Ending.EXITED, 0), finished.stderr
    assert _is_still(folder)
    assert _processes_of(confined) == []


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


def test_ordinary_failures_keep_their_name(confined: Caller) -> None:
    """A program that merely speaks of limits, or fails by something else, has exited."""
    for source in (
        "print('MemoryError')",
        "import sys\nprint('No space left on device', file=sys.stderr)",
        "raise ValueError('no')",
        "import os\nos.set_blocking(0, False)\nraise BlockingIOError(11, 'try again')",
    ):
        folder = confined.make_folder(f"f{abs(hash(source))}")
        assert confined.run_python(source, folder=folder).ending is Ending.EXITED


def test_children_can_be_signalled_and_files_copied(confined: Caller) -> None:
    """What programs do every day still works."""
    source = (
        "import asyncio, os, pathlib, shutil, subprocess, sys, tempfile, time\n"
        "child = subprocess.Popen(['sleep', '60'])\n"
        "child.kill()\n"
        "print(child.wait())\n"
        "pathlib.Path('a').touch()\n"
        "shutil.copy2('a', 'b')\n"
        "os.rename('b', 'c')\n"
        "with tempfile.TemporaryDirectory() as name: open(name + '/x', 'w').close()\n"
        "asyncio.run(asyncio.sleep(0))\n"
        "open('/dev/null', 'w').write('x')\n"
        "print(sorted(os.listdir('.')))\n"
    )
    finished = confined.run_python(source, limits=Limits(seconds=10.0))
    assert finished.stdout == b"-9\n['a', 'c', 'program.py']\n", finished.stderr
