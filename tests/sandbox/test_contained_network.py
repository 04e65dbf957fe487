"""Generated code that calls home: no network and no socket outside is reached."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

from headwater.sandbox.interface import Ending
from tests.sandbox.conftest import Caller

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
