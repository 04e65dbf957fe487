"""Joins a detached server, or starts it when there is none."""

from __future__ import annotations

import http.client
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from headwater.llm.interface import ModelError
from headwater.llm.leases import hold_lease, is_served, read_state

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from headwater.llm.leases import ServerState

_PAUSE = 0.1
_HEALTH_TIMEOUT = 5.0
_LOG_LINES = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class ServerPlan:
    """How to start a server, and the folder that it is found in.

    The command gets `--folder` added; it must return at once and leave the server behind, as
    `headwater.llm.serve.run_detached` does.
    """

    folder: Path
    command: tuple[str, ...]
    start_timeout: float


@contextmanager
def join_server(plan: ServerPlan) -> Iterator[ServerState]:
    """The server of `plan`, started when there is none; it stays until the block ends.

    Raises:
        ModelError: it does not start in time, or dies; with the end of its log.
    """
    with hold_lease(plan.folder):
        yield _wait_for_server(plan)


def _wait_for_server(plan: ServerPlan) -> ServerState:
    deadline = time.monotonic() + plan.start_timeout
    started = False
    while time.monotonic() < deadline:
        state = read_state(plan.folder)
        if state is not None and _is_healthy(state.url):
            return state
        if not is_served(plan.folder):
            if started:
                raise _explain(plan, "the server of the embedded model ended while it started")
            _start_server(plan)
            started = True
        time.sleep(_PAUSE)
    raise _explain(
        plan,
        f"the server of the embedded model was not ready after {plan.start_timeout:g} seconds",
    )


def _start_server(plan: ServerPlan) -> None:
    with (plan.folder / "server.log").open("ab") as log:
        subprocess.run(
            (*plan.command, "--folder", str(plan.folder)),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=plan.folder,
            start_new_session=True,  # an interrupt at the terminal is not meant for it
            check=False,
        )


def _is_healthy(url: str) -> bool:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=_HEALTH_TIMEOUT)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _explain(plan: ServerPlan, message: str) -> ModelError:
    log = plan.folder / "server.log"
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_LINES:]
    return ModelError(
        "\n".join([f"{message}; its log {log} ends:", *(f"  {line}" for line in lines)]),
        hint="See the log; more memory, a smaller `model.context` or another model may help.",
    )
