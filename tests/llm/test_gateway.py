from __future__ import annotations

import json
import os
import signal
import time
from contextlib import contextmanager
from decimal import Decimal
from itertools import count
from threading import Thread, Timer
from typing import TYPE_CHECKING

import pytest

from headwater.llm.endpoint import Endpoint
from headwater.llm.gateway import GatewayModel
from headwater.llm.interface import ModelError, ModelReply, ModelRequest
from tests.llm.servers import Reply, ScriptedServer, chat, failure, run_server

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


def test_answers_with_text_and_usage() -> None:
    with serving(chat("yes")) as (model, _, pauses):
        reply = ask(model)
    assert (reply.text, reply.model, reply.output_tokens) == ("yes", "here#m", 5)
    assert (reply.usage.calls, reply.usage.input_tokens, reply.usage.output_tokens) == (1, 12, 5)
    assert reply.usage.seconds == 1.0
    assert reply.usage.cost is None
    assert not reply.truncated
    assert not reply.cached
    assert pauses == []


def test_sends_every_field_of_the_request() -> None:
    with serving(chat("yes")) as (model, server, _):
        ask(model, system="Be brief.", seed=7, temperature=0.5, max_tokens=9, stop=("END",))
    sent = server.received[0]
    assert sent.path == "/v1/chat/completions"
    assert sent.headers["authorization"] == "Bearer the-key"
    body = sent.json
    assert body["messages"] == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Say yes."},
    ]
    names = ("model", "seed", "temperature", "max_tokens", "stop", "cache_prompt")
    assert [body.get(name) for name in names] == ["m", 7, 0.5, 9, ["END"], True]


def test_a_server_is_told_the_schema_of_the_answer() -> None:
    schema: dict[str, object] = {
        "type": "object",
        "properties": {"title": {"type": "string", "maxLength": 80}},
        "required": ["title"],
    }
    with serving(chat('{"title": "Yes"}'), chat("yes")) as (model, server, _):
        assert ask(model, schema=json.dumps(schema)).text == '{"title": "Yes"}'
        ask(model)
    asked, free = (received.json for received in server.received)
    form = asked["response_format"]
    assert isinstance(form, dict)
    assert (form["type"], form["json_schema"]["schema"]["required"]) == ("json_schema", ["title"])
    assert form["json_schema"]["schema"]["properties"]["title"]["maxLength"] == 80
    assert "response_format" not in free


def test_prefill_is_continued_and_part_of_the_answer() -> None:
    with serving(chat("():\n    pass")) as (model, server, _):
        reply = ask(model, prefill="def f")
    messages = server.received[0].json["messages"]
    assert isinstance(messages, list)
    assert messages[-1] == {"role": "assistant", "content": "def f"}
    assert reply.text == "def f():\n    pass"


def test_prefill_that_the_server_repeats_is_not_doubled() -> None:
    with serving(chat("def f():\n    pass")) as (model, _, _):
        assert ask(model, prefill="def f").text == "def f():\n    pass"


def test_prefill_is_ignored_where_no_answer_can_be_continued() -> None:
    with serving(chat("def g(): ..."), continues=False) as (model, server, _):
        reply = ask(model, prefill="def f")
    assert reply.text == "def g(): ..."
    body = server.received[0].json
    assert body["messages"] == [{"role": "user", "content": "Say yes."}]
    assert "cache_prompt" not in body


def test_cuts_at_the_first_stop_but_not_in_the_prefill() -> None:
    """Not every provider knows stop sequences, and a prefill may hold one."""
    with serving(chat("```python\nx = 1\n```\nDone.\n# end")) as (model, _, _):
        reply = ask(model, prefill="```python\n", stop=("# end", "```"))
    assert reply.text == "```python\nx = 1\n"


def test_tells_a_truncated_answer() -> None:
    with serving(chat("ye", finish="length")) as (model, _, _):
        assert ask(model).truncated
        assert not ask(model, stop=("e",)).truncated


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


def test_serves_several_threads() -> None:
    with serving(chat("yes")) as (model, server, _):
        texts: list[str] = []
        threads = [Thread(target=lambda: texts.append(ask(model).text)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert texts == ["yes"] * 6
    assert len(server.received) == 6


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


def test_a_server_on_this_machine_is_reached_past_any_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    with serving(chat("yes")) as (model, _, _):
        assert ask(model).text == "yes"


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
