"""A gateway to a scripted server, and a short way to ask it."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING

from headwater.llm.endpoint import Endpoint
from headwater.llm.gateway import GatewayModel
from headwater.llm.interface import ModelReply, ModelRequest
from tests.llm.servers import Reply, ScriptedServer, run_server

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def serving(
    *replies: Reply, continues: bool = True, retries: int = 3, timeout: float = 20.0
) -> Iterator[tuple[GatewayModel, ScriptedServer, list[float]]]:
    """A gateway to a scripted server, with the pauses that it takes instead of sleeping."""
    pauses: list[float] = []
    ticks = count()
    with run_server(*replies) as server:
        endpoint = Endpoint(
            name="here#m",
            model="m",
            base_url=f"{server.url}/v1",
            api_key="the-key",
            continues=continues,
        )
        with GatewayModel(
            endpoint,
            timeout=timeout,
            retries=retries,
            clock=lambda: float(next(ticks)),
            sleep=pauses.append,
        ) as model:
            yield model, server, pauses


def ask(model: GatewayModel, **fields: object) -> ModelReply:
    return model.complete(ModelRequest(prompt="Say yes.", **fields))  # type: ignore[arg-type]
