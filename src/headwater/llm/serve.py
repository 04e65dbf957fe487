"""The detached server process: `python -m headwater.llm.serve`, one for all builds of a user."""

from __future__ import annotations

import argparse
import os
import secrets
import stat
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from headwater.llm.leases import (
    ServerState,
    claim_folder,
    has_leases,
    publish_state,
    withdraw_state,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_INTERVAL = 0.5


class Engine(Protocol):
    """Something that answers the OpenAI protocol on a loopback port."""

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT`."""
        ...

    def close(self) -> None:
        """Stop answering."""
        ...


def run_detached(folder: Path, *, start: Callable[[str], Engine], model: str, idle: float) -> None:
    """Become a server process of its own and return in the caller at once.

    The caller returns when the folder is claimed, so that whoever started it sees either a living
    server or a dead one. Nothing happens when the folder is served already.
    """
    claim = claim_folder(folder)
    if claim is None:
        return
    # One thread so far, so forking is safe; the child alone keeps the claim.
    if os.fork():
        os.close(claim)
        return
    _empty_log()
    code = 1
    try:
        run_server(folder, start=start, model=model, idle=idle)
        code = 0
    finally:
        if code:
            traceback.print_exc()  # into the log; the exit below would swallow it
        os._exit(code)  # the engine's threads must not keep a dying process


def run_server(
    folder: Path,
    *,
    start: Callable[[str], Engine],
    model: str,
    idle: float,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Serve until nobody has held a lease for `idle` seconds.

    Args:
        folder: the server's, claimed by this process.
        start: starts the engine with an API key.
        model: the model's name, for clients to read.
        idle: seconds without a lease after which the server ends.
        clock: seconds, rising.
        sleep: waits.
    """
    key = secrets.token_urlsafe(32)
    engine = start(key)
    state = ServerState(url=engine.url, key=key, pid=os.getpid(), model=model)
    try:
        publish_state(folder, state)
        used = clock()
        while True:
            sleep(min(_INTERVAL, idle / 2))
            if has_leases(folder):
                used = clock()
            elif clock() - used >= idle:
                # Withdrawn first: a client that saw the state before holds a lease by now.
                withdraw_state(folder)
                if not has_leases(folder):
                    return
                publish_state(folder, state)
    finally:
        withdraw_state(folder)
        engine.close()


def main(arguments: Sequence[str]) -> None:
    """Start a detached llama.cpp server as the command line says, and return."""
    parser = argparse.ArgumentParser(prog="python -m headwater.llm.serve")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--context", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--idle", type=float, required=True)
    given = parser.parse_args(arguments)

    def start(key: str) -> Engine:
        # Imported after the fork: the library starts threads, and the extra may be absent.
        from headwater.llm.llama import start_llama  # noqa: PLC0415

        return start_llama(
            given.model, name=given.name, context=given.context, threads=given.threads, key=key
        )

    run_detached(given.folder, start=start, model=given.name, idle=given.idle)


def _empty_log() -> None:
    """Drop what the last server wrote, now that no other can be writing there."""
    log = sys.stdout.fileno()
    if stat.S_ISREG(os.fstat(log).st_mode):
        os.ftruncate(log, 0)


if __name__ == "__main__":
    main(sys.argv[1:])
