from __future__ import annotations

import json

import pytest

from headwater.llm.probe import LocalModel, find_local_models, pick_capable
from tests.llm.servers import Reply, run_server


def listing(*names: str) -> Reply:
    content = {"object": "list", "data": [{"id": name} for name in names]}
    return Reply(body=json.dumps(content).encode())


def test_finds_the_models_of_every_server_that_answers() -> None:
    with run_server(listing("a", "b")) as one, run_server(listing("c")) as two:
        servers = (f"{one.url}/v1", "http://127.0.0.1:9/v1", f"{two.url}/v1")
        found = find_local_models(servers)
    assert [(model.base_url, model.model) for model in found] == [
        (servers[0], "a"),
        (servers[0], "b"),
        (servers[2], "c"),
    ]
    assert one.received[0].path == "/v1/models"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body=b"<html>It works!</html>"),
        Reply(body=b"[]"),
        Reply(body=b"{}"),
        Reply(body=b'{"data": 3}'),
        Reply(body=b'{"data": [3, {"id": 4}, {"id": ""}, {}]}'),
        Reply(body=b"[" * 200_000),
        Reply(status=404, body=b'{"data": [{"id": "m"}]}'),
        Reply(hang=True),
    ],
)
def test_other_programs_on_the_port_are_no_model_servers(reply: Reply) -> None:
    with run_server(reply) as server:
        assert find_local_models((f"{server.url}/v1",)) == ()


def offer(*names: str) -> tuple[LocalModel, ...]:
    return tuple(LocalModel(base_url="u", model=name) for name in names)


@pytest.mark.parametrize(
    ("names", "picked"),
    [
        (("llama3.1:8b", "qwen2.5-coder:7b"), "qwen2.5-coder:7b"),
        (("qwen2.5-coder:7b", "qwen2.5-coder:32b-instruct-q4_K_M"), "qwen2.5-coder:32b"),
        (("gemma-2-9b-it", "mistral-small-24b"), "mistral-small-24b"),
        (("nomic-embed-text", "devstral:latest"), "devstral:latest"),
        (("qwen2.5-coder:1.5b", "llama3.2:3b"), "llama3.2:3b"),
        (("mixtral-8x7b",), "mixtral-8x7b"),
    ],
)
def test_picks_code_models_first_then_the_largest(names: tuple[str, ...], picked: str) -> None:
    found = pick_capable(offer(*names))
    assert found is not None
    assert found.model.startswith(picked)


@pytest.mark.parametrize(
    "names",
    [(), ("qwen2.5-coder:0.5b", "qwen2.5-coder:1.5b"), ("bge-m3-7b", "whisper-large")],
)
def test_takes_none_that_is_small_or_for_other_uses(names: tuple[str, ...]) -> None:
    assert pick_capable(offer(*names)) is None
