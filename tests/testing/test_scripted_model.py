from __future__ import annotations

import json
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from headwater.errors import UsageError
from headwater.llm.interface import ModelError, ModelRequest
from headwater.testing.scripted_model import ScriptedModel, load_scripted_model

if TYPE_CHECKING:
    from pathlib import Path


def ask(model: ScriptedModel, purpose: str = "", **fields: str) -> str:
    return model.complete(ModelRequest(prompt="12345678", purpose=purpose, **fields)).text  # type: ignore[arg-type]


def test_answers_in_order_and_records_requests() -> None:
    model = ScriptedModel(["one", lambda request: request.prompt[::-1]])
    assert [ask(model), ask(model)] == ["one", "87654321"]
    assert [request.prompt for request in model.requests] == ["12345678"] * 2
    assert model.remaining == 0
    assert model.name == "scripted:model"


def test_counts_a_token_every_four_characters() -> None:
    reply = ScriptedModel(["12345"]).complete(ModelRequest(prompt="1234", system="12345678"))
    assert (reply.usage.calls, reply.usage.input_tokens, reply.output_tokens) == (1, 3, 2)
    assert reply.usage.output_tokens == 2


def test_the_answer_begins_with_the_prefill() -> None:
    model = ScriptedModel(["def f(): ...", "(): ..."])
    assert ask(model, prefill="def f") == "def f(): ..."
    assert ask(model, prefill="def f") == "def f(): ..."


def test_raises_what_the_script_says() -> None:
    model = ScriptedModel([ModelError("down"), KeyError("x"), "up"])
    with pytest.raises(ModelError, match="down"):
        ask(model)
    with pytest.raises(KeyError):
        ask(model)
    assert ask(model) == "up"
    assert len(model.requests) == 3


def test_says_clearly_that_it_has_run_dry() -> None:
    model = ScriptedModel(["one"])
    ask(model)
    with pytest.raises(ModelError, match=r"implement 001/C1.*1 requests") as caught:
        ask(model, "implement 001/C1")
    assert caught.value.hint


def test_scripts_by_purpose() -> None:
    model = ScriptedModel({"implement 001/C1": ["one", "two"], "*": ["other"]}, name="s:m")
    assert ask(model, "write tests") == "other"
    assert ask(model, "implement 001/C1") == "one"
    assert model.remaining == 1
    assert ask(model, "implement 001/C1") == "two"
    with pytest.raises(ModelError, match="implement 001/C1"):
        ask(model, "implement 001/C1")
    with pytest.raises(ModelError, match="write tests"):
        ask(model, "write tests")
    assert model.name == "s:m"


def test_threads_get_each_answer_once() -> None:
    model = ScriptedModel([str(number) for number in range(200)])
    seen: list[str] = []
    threads = [Thread(target=lambda: seen.extend(ask(model) for _ in range(50))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen, key=int) == [str(number) for number in range(200)]


def test_loads_a_list(tmp_path: Path) -> None:
    path = tmp_path / "script.json"
    path.write_text(json.dumps(["one", {"error": "down"}]))
    model = load_scripted_model(path)
    assert model.name == "scripted:script.json"
    assert ask(model) == "one"
    with pytest.raises(ModelError, match="down"):
        ask(model)


def test_loads_scripts_by_purpose(tmp_path: Path) -> None:
    path = tmp_path / "script.json"
    path.write_text(json.dumps({"plan 001": ["a"], "*": ["b"]}))
    model = load_scripted_model(path)
    assert [ask(model), ask(model, "plan 001")] == ["b", "a"]


@pytest.mark.parametrize("content", ["", "3", '{"a": "b"}', "[1]", '[{"error": 1}]'])
def test_refuses_what_is_no_script(tmp_path: Path, content: str) -> None:
    path = tmp_path / "script.json"
    path.write_text(content)
    with pytest.raises(UsageError, match=r"script\.json"):
        load_scripted_model(path)


def test_refuses_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        load_scripted_model(tmp_path / "absent.json")
