"""Calls that fail: what is tried again, what is final, and what is said of it."""

from __future__ import annotations

import json

import pytest

from headwater.llm.endpoint import Endpoint
from headwater.llm.gateway import GatewayModel
from headwater.llm.interface import ModelError
from tests.llm.gateways import ask, serving
from tests.llm.servers import Reply, chat, failure


@pytest.mark.parametrize("status", [429, 500, 502, 503, 529])
def test_tries_again_after_a_failure_that_may_pass(status: int) -> None:
    with serving(failure(status), failure(status), chat("yes")) as (model, server, pauses):
        assert ask(model).text == "yes"
    assert len(server.received) == 3
    assert pauses == [0.5, 1.0]


def test_waits_as_long_as_the_server_asks() -> None:
    with serving(failure(429, **{"retry-after": "7"}), chat("yes")) as (model, _, pauses):
        ask(model)
    assert pauses == [7.0]


def test_gives_up_after_the_last_attempt_and_says_what_happened() -> None:
    with (
        serving(failure(500, "out of memory")) as (model, server, pauses),
        pytest.raises(ModelError) as caught,
    ):
        ask(model, purpose="implement 001/C1")
    assert len(server.received) == 4
    assert len(pauses) == 3
    assert "implement 001/C1" in caught.value.message
    assert "4 attempts" in caught.value.message
    assert "500" in caught.value.message
    assert "out of memory" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    ("status", "word"), [(400, "400"), (401, "key"), (402, "credit"), (404, "name")]
)
def test_does_not_repeat_what_cannot_pass(status: int, word: str) -> None:
    with serving(failure(status)) as (model, server, pauses), pytest.raises(ModelError) as caught:
        ask(model)
    assert len(server.received) == 1
    assert pauses == []
    assert word in caught.value.message + caught.value.hint


@pytest.mark.parametrize(
    "error",
    [
        {"message": "no", "code": "context_length_exceeded"},  # OpenAI
        {  # llama.cpp
            "code": 400,
            "message": "request (10013 tokens) exceeds the available context size (8192 tokens)",
            "type": "exceed_context_size_error",
        },
    ],
)
def test_a_prompt_that_is_too_long_is_named_as_such(error: dict[str, object]) -> None:
    reply = Reply(
        body=json.dumps({"error": error}).encode(),
        status=400,
        headers={"content-type": "application/json"},
    )
    with serving(reply) as (model, _, _), pytest.raises(ModelError) as caught:
        ask(model)
    assert "too long" in caught.value.hint


def test_nobody_listens() -> None:
    with serving(chat("yes")) as (model, server, _):
        pass
    endpoint = Endpoint(name="gone#m", model="m", base_url=f"{server.url}/v1")
    pauses: list[float] = []
    with (
        GatewayModel(endpoint, retries=2, sleep=pauses.append) as model,
        pytest.raises(ModelError, match="gone#m gave no answer") as caught,
    ):
        ask(model)
    assert pauses == [0.5, 1.0]
    assert "server runs" in caught.value.hint


def test_a_connection_cut_in_the_answer_is_tried_again() -> None:
    whole = chat("yes")
    cut = Reply(body=whole.body, headers=whole.headers, cut=20)
    with serving(cut, whole) as (model, server, _):
        assert ask(model).text == "yes"
    assert len(server.received) == 2


def test_a_timeout_is_final_and_says_which_setting_helps() -> None:
    with (
        serving(Reply(hang=True), timeout=0.2) as (model, server, pauses),
        pytest.raises(ModelError) as caught,
    ):
        ask(model)
    assert pauses == []
    assert len(server.received) == 1
    assert "model.timeout" in caught.value.hint


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<html>It works!</html>",
        "{}",
        "[]",
        "null",
        '"yes"',
        '{"choices": []}',
        '{"choices": [{}]}',
        '{"choices": "x"}',
        '{"error": {"message": "boom"}}',
    ],
)
@pytest.mark.parametrize("kind", ["application/json", "text/html"])
def test_garbage_is_a_clear_error(body: str, kind: str) -> None:
    reply = Reply(body=body.encode(), headers={"content-type": kind})
    with serving(reply) as (model, _, _), pytest.raises(ModelError) as caught:
        ask(model)
    assert "\n" not in caught.value.message
    assert "OpenAI-compatible" in caught.value.hint


@pytest.mark.parametrize("text", [None, "", " \n"])
def test_an_empty_answer_is_an_error(text: str | None) -> None:
    with serving(chat(text)) as (model, _, _), pytest.raises(ModelError, match="answered nothing"):
        ask(model, prefill="x = ")


def test_an_answer_that_only_repeats_the_prefill_is_empty() -> None:
    with serving(chat("x = ")) as (model, _, _), pytest.raises(ModelError, match="nothing"):
        ask(model, prefill="x = ")
