"""A detached server without a model: what `headwater.llm.serve` does, with a tiny engine.

`--fail` ends it while it starts; `--silent` makes it live without ever answering.
"""

from __future__ import annotations

import argparse
import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from headwater.llm.serve import run_detached


class TinyEngine:
    """Answers the health check, and every chat with the number of chats so far."""

    def __init__(self, key: str) -> None:
        engine = self
        self.chats = 0

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._send(200, {"status": "ok"})

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["content-length"]))
                if self.headers["authorization"] != f"Bearer {key}":
                    self._send(401, {"error": {"message": "Invalid API Key"}})
                    return
                engine.chats += 1
                message = {"role": "assistant", "content": f"chat {engine.chats}"}
                choice = {"index": 0, "finish_reason": "stop", "message": message}
                kind = "chat.completion"
                self._send(
                    200,
                    {"id": "1", "object": kind, "created": 1, "model": "m", "choices": [choice]},
                )

            def _send(self, status: int, content: object) -> None:
                body = json.dumps(content).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - inherited
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--idle", type=float, default=60.0)
    parser.add_argument("--fail", action="store_true")
    parser.add_argument("--silent", action="store_true")
    given = parser.parse_args()

    def start(key: str) -> TinyEngine:
        print("the engine starts", flush=True)  # noqa: T201 - the log under test
        if given.fail:
            raise RuntimeError("no such model file")
        if given.silent:
            time.sleep(600)
        return TinyEngine(key)

    run_detached(given.folder, start=start, model="tiny", idle=given.idle)


if __name__ == "__main__":
    main()
