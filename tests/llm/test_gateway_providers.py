"""Providers by name: what keeps one from being opened, its own protocol, and its cost."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from headwater.llm.endpoint import Endpoint
from headwater.llm.gateway import GatewayModel
from headwater.llm.interface import ModelError
from tests.llm.gateways import ask
from tests.llm.servers import Reply, run_server


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nosuchprovider:model", "cannot be opened"),
        ("anthropic:claude-sonnet-5-5", "pydantic-ai-slim[anthropic]"),
        ("openai:gpt-6.1-terra", "API key"),
    ],
)
def test_a_provider_that_cannot_be_opened(
    name: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with (
        GatewayModel(Endpoint(name=name, model=name)) as model,
        pytest.raises(ModelError) as caught,
    ):
        ask(model)
    assert words in caught.value.message + caught.value.hint


def openai_answer() -> Reply:
    """What OpenAI's own protocol (Responses) sends."""
    content = {
        "id": "r",
        "object": "response",
        "created_at": 1,
        "status": "completed",
        "model": "gpt-5.6-sol",
        "output": [
            {
                "type": "message",
                "id": "m",
                "role": "assistant",
                "status": "completed",
                "content": [{"type": "output_text", "text": "yes STOP no", "annotations": []}],
            }
        ],
        "parallel_tool_calls": False,
        "tool_choice": "auto",
        "tools": [],
        "usage": {
            "input_tokens": 1000,
            "output_tokens": 10,
            "total_tokens": 1010,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens_details": {"reasoning_tokens": 0},
        },
    }
    return Reply(body=json.dumps(content).encode(), headers={"content-type": "application/json"})


def test_a_provider_by_name_has_a_cost_and_its_own_protocol(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is not sent what it does not support (seed, stop), and stops are applied here."""
    with run_server(openai_answer()) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{server.url}/v1")
        endpoint = Endpoint(
            name="openai:gpt-5.6-sol", model="openai:gpt-5.6-sol", api_key="a-key-of-my-own"
        )
        with GatewayModel(endpoint) as model:
            reply = ask(model, stop=(" STOP",), prefill="y")
    assert server.received[0].path == "/v1/responses"
    assert server.received[0].headers["authorization"] == "Bearer a-key-of-my-own"
    assert "stop" not in server.received[0].json
    assert reply.text == "yes"
    assert isinstance(reply.usage.cost, Decimal)
    assert reply.usage.cost > 0
