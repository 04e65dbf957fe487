"""A local HTTP server that answers from a script, for everything that speaks HTTP."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """One answer: `cut` closes the connection after so many bytes; `hang` waits for the end."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    hang: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """One request that came in."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, object]:
        content = json.loads(self.body)
        assert isinstance(content, dict)
        return content


@dataclass(slots=True)
class ScriptedServer:
    """A running server: its replies are used in order, the last one again and again."""

    url: str
    replies: list[Reply]
    received: list[Received] = field(default_factory=list)
    ended: Event = field(default_factory=Event)


@contextmanager
def run_server(*replies: Reply) -> Iterator[ScriptedServer]:
    """Serve `replies` on a free loopback port until the block ends."""
    state = ScriptedServer(url="", replies=list(replies))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", "0")))
            state.received.append(
                Received(
                    method=self.command,
                    path=self.path,
                    headers={name.lower(): value for name, value in self.headers.items()},
                    body=body,
                )
            )
            reply = state.replies.pop(0) if len(state.replies) > 1 else state.replies[0]
            if reply.hang:
                state.ended.wait(30)
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body if reply.cut is None else reply.body[: reply.cut])

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - inherited
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        state.url = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield state
        finally:
            state.ended.set()
            server.shutdown()
            thread.join()


def chat(text: str | None, *, finish: str = "stop") -> Reply:
    """A well-formed answer of an OpenAI-compatible server."""
    content = {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish,
                "message": {"role": "assistant", "content": text},
            }
        ],
        "usage": {"prompt_tokens": 12, "completion_tokens": 5, "total_tokens": 17},
    }
    return Reply(body=json.dumps(content).encode(), headers={"content-type": "application/json"})


def failure(status: int, message: str = "no", **headers: str) -> Reply:
    """An error as OpenAI-compatible servers report it."""
    body = json.dumps({"error": {"message": message}}).encode()
    return Reply(body=body, status=status, headers={"content-type": "application/json", **headers})
