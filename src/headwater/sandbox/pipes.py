"""Feeds and drains a process through its pipes; no amount of output makes it wait."""

from __future__ import annotations

import json
import os
import selectors
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import subprocess

_CHUNK = 1 << 16
_TAIL = 4096  # bytes kept of the end, also where the rest was dropped
_STATUS_LIMIT = 1 << 16


@dataclass(kw_only=True, slots=True)
class Output:
    """What came out of a pipe: the first `limit` bytes, and the last few."""

    limit: int
    kept: bytearray = field(default_factory=bytearray)
    tail: bytes = b""

    def add(self, chunk: bytes) -> None:
        """Take in what was read."""
        self.kept += chunk[: max(0, self.limit - len(self.kept))]
        self.tail = (self.tail + chunk)[-_TAIL:]


class Pipes:
    """The standard streams of a process, and the pipe on which its sandbox reports.

    Args:
        process: started with three pipes.
        stdin: what to feed it.
        status: the reading end of the report's pipe; closed with the rest.
        limit: bytes of standard output and of standard error to keep.
    """

    def __init__(
        self, process: subprocess.Popen[bytes], *, stdin: bytes, status: int | None, limit: int
    ) -> None:
        self.stdout = Output(limit=limit)
        self.stderr = Output(limit=limit)
        self._status = Output(limit=_STATUS_LIMIT)
        self._unsent = memoryview(stdin)
        self._selector = selectors.DefaultSelector()
        self._open: dict[int, IO[bytes]] = {}
        self._listen(_opened(process.stdout), self.stdout)
        self._listen(_opened(process.stderr), self.stderr)
        if status is not None:
            self._listen(os.fdopen(status, "rb", buffering=0), self._status)
        self._stdin = self._register(_opened(process.stdin), selectors.EVENT_WRITE, None)
        os.set_blocking(self._stdin, False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for stream in list(self._open):
            self._drop(stream)
        self._selector.close()

    @property
    def are_open(self) -> bool:
        """Something may still be read or written."""
        return bool(self._open)

    def pump(self, seconds: float) -> None:
        """Move what can be moved; wait for so long at most."""
        for key, _ in self._selector.select(max(0.0, seconds)):
            if key.fd == self._stdin:
                self._feed()
            else:
                self._drain(key.fd, key.data)

    def read_status(self) -> dict[str, Any]:
        """The JSON documents reported so far, merged."""
        merged: dict[str, Any] = {}
        for line in bytes(self._status.kept).splitlines(keepends=True):
            if line.endswith(b"\n"):
                merged |= json.loads(line)
        return merged

    def _listen(self, stream: IO[bytes], output: Output) -> None:
        self._register(stream, selectors.EVENT_READ, output)

    def _register(self, stream: IO[bytes], event: int, output: Output | None) -> int:
        descriptor = stream.fileno()
        self._open[descriptor] = stream
        self._selector.register(descriptor, event, output)
        return descriptor

    def _feed(self) -> None:
        try:
            sent = os.write(self._stdin, self._unsent[:_CHUNK])
        except BrokenPipeError:
            self._unsent = memoryview(b"")  # it reads no more
        else:
            self._unsent = self._unsent[sent:]
        if not self._unsent:
            self._drop(self._stdin)

    def _drain(self, stream: int, output: Output) -> None:
        chunk = os.read(stream, _CHUNK)
        if chunk:
            output.add(chunk)
        else:
            self._drop(stream)

    def _drop(self, stream: int) -> None:
        self._selector.unregister(stream)
        self._open.pop(stream).close()


def _opened(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None, "the process was not started with pipes"
    return stream
