"""Answers through a gateway: what is sent, and what is made of what comes back."""

from __future__ import annotations

import json
from threading import Thread
from typing import TYPE_CHECKING

from tests.llm.gateways import ask, serving
from tests.llm.servers import chat

if TYPE_CHECKING:
    import pytest


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


def test_a_server_on_this_machine_is_reached_past_any_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    with serving(chat("yes")) as (model, _, _):
        assert ask(model).text == "yes"
