"""Calls that are ended from here: a closed gateway, and an interrupt."""

from __future__ import annotations

import os
import signal
import time
from contextlib import contextmanager
from threading import Thread, Timer
from typing import TYPE_CHECKING

import pytest

from headwater.llm.interface import ModelError
from tests.llm.gateways import ask, serving
from tests.llm.servers import Reply, ScriptedServer, chat

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_answers_nothing_after_it_was_closed() -> None:
    with serving(chat("yes")) as (model, server, _):
        ask(model)
        model.close()
        model.close()
        with pytest.raises(ModelError, match="closed"):
            ask(model)
    assert len(server.received) == 1


def test_closing_ends_a_call_of_another_thread() -> None:
    """So that an interrupted build need not wait for an answer that takes minutes."""
    errors: list[str] = []

    def call() -> None:
        with pytest.raises(ModelError) as caught:
            ask(model)
        errors.append(caught.value.message)

    with serving(Reply(hang=True)) as (model, server, _):
        thread = Thread(target=call)
        thread.start()
        while not server.received:
            time.sleep(0.01)
        model.close()
        thread.join()
    assert errors == ["the connection to here#m was closed"]


def test_an_interrupt_passes_through_a_call() -> None:
    with serving(Reply(hang=True)) as (model, server, pauses):
        timer = Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT))
        with interrupt_after_request(server, timer), pytest.raises(KeyboardInterrupt):
            ask(model)
    assert pauses == []


@contextmanager
def interrupt_after_request(server: ScriptedServer, timer: Timer) -> Iterator[None]:
    """Interrupt this process once the server has the request."""
    timer.start()
    try:
        yield
    finally:
        timer.join()
    assert server.received
