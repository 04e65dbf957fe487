from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.llm.cache import CachedModel, request_key
from headwater.llm.interface import EmptyAnswerError, ModelError, ModelReply, ModelRequest, Usage
from headwater.testing.scripted_model import ScriptedModel

if TYPE_CHECKING:
    from collections.abc import Iterator

REQUEST = ModelRequest(prompt="p", system="s", prefill="a", seed=1, stop=("x",), purpose="why")


def only_file(folder: Path) -> Path:
    files: Iterator[Path] = folder.rglob("*.json")
    (file,) = files
    return file


def test_the_second_answer_comes_from_the_cache(tmp_path: Path) -> None:
    inner = ScriptedModel(["answer"])
    model = CachedModel(inner, folder=tmp_path)
    first = model.complete(REQUEST)
    second = model.complete(REQUEST)
    assert first.usage.calls == 1
    assert not first.cached
    assert second == replace(first, cached=True, usage=Usage())
    assert second.output_tokens == first.output_tokens > 0
    assert len(inner.requests) == 1
    assert model.name == inner.name


def test_what_an_answer_cost_is_kept_beside_it(tmp_path: Path) -> None:
    class Paid:
        name = "paid:m"

        def complete(self, request: ModelRequest) -> ModelReply:
            usage = Usage(
                calls=1, input_tokens=3, output_tokens=2, seconds=1.5, cost=Decimal("0.10")
            )
            return ModelReply(text="t", model="paid:m", usage=usage, truncated=True)

    model = CachedModel(Paid(), folder=tmp_path)
    model.complete(REQUEST)
    kept = json.loads(only_file(tmp_path).read_text())
    assert kept["spent"] == {
        "input_tokens": 3,
        "output_tokens": 2,
        "seconds": 1.5,
        "cost": "0.10",
    }
    assert model.complete(REQUEST).truncated


def test_files_lie_two_folders_deep(tmp_path: Path) -> None:
    CachedModel(ScriptedModel(["x"]), folder=tmp_path).complete(REQUEST)
    path = only_file(tmp_path).relative_to(tmp_path)
    key = request_key("scripted:model", REQUEST)
    assert path == Path(key[:2], key[2:4], f"{key}.json")


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"text": 1}', b"\xff", b"[" * 100_000, None]
)
def test_a_damaged_file_is_a_miss_and_is_replaced(tmp_path: Path, damage: bytes | None) -> None:
    model = CachedModel(ScriptedModel(["one", "two"]), folder=tmp_path)
    model.complete(REQUEST)
    file = only_file(tmp_path)
    if damage is None:
        file.unlink()
    else:
        file.write_bytes(damage)
    assert model.complete(REQUEST).text == "atwo"
    assert model.complete(REQUEST) == replace(model.complete(REQUEST), cached=True)
    assert not list(tmp_path.rglob(".new-*"))


def test_a_failure_is_not_kept(tmp_path: Path) -> None:
    model = CachedModel(ScriptedModel([ModelError("down"), "up"]), folder=tmp_path)
    with pytest.raises(ModelError, match="down"):
        model.complete(REQUEST)
    assert model.complete(REQUEST).text == "aup"


def test_frozen_answers_what_is_there_and_names_the_purpose_of_what_is_not(
    tmp_path: Path,
) -> None:
    CachedModel(ScriptedModel(["x"]), folder=tmp_path).complete(REQUEST)
    inner = ScriptedModel(["never"])
    frozen = CachedModel(inner, folder=tmp_path, frozen=True)
    assert frozen.complete(REQUEST).text == "ax"
    with pytest.raises(ModelError, match="why") as caught:
        frozen.complete(replace(REQUEST, seed=2))
    assert "--frozen" in caught.value.hint
    assert inner.requests == ()


def test_the_key_ignores_the_purpose_alone() -> None:
    key = request_key("m", REQUEST)
    assert key == request_key("m", replace(REQUEST, purpose="other"))
    changed = [
        request_key("other", REQUEST),
        *(
            request_key("m", request)
            for request in (
                replace(REQUEST, prompt="q"),
                replace(REQUEST, system="q"),
                replace(REQUEST, prefill="q"),
                replace(REQUEST, temperature=0.5),
                replace(REQUEST, seed=2),
                replace(REQUEST, max_tokens=5),
                replace(REQUEST, stop=("x", "y")),
            )
        ),
    ]
    assert len({key, *changed}) == len(changed) + 1


def test_keys_stay_the_same_for_ever() -> None:
    """A changed key would throw away every cache; change this test knowingly."""
    assert request_key("m", ModelRequest(prompt="é\n")) == (
        "dc60b4a960ec053796c6afac0554e2a9220c5eadd3b6cb989d9755349f5f17e9"
    )


texts = st.text(st.characters(), max_size=30)  # lone surrogates included


@given(text=texts.filter(bool), prompt=texts)
def test_any_text_comes_back_as_it_was(text: str, prompt: str) -> None:
    request = ModelRequest(prompt=prompt)
    with TemporaryDirectory() as folder:
        model = CachedModel(ScriptedModel([text]), folder=Path(folder))
        assert model.complete(request).text == text
        assert model.complete(request).text == text


def test_threads_and_instances_share_a_folder(tmp_path: Path) -> None:
    """Whoever writes last wins with the same bytes; nobody reads half a file."""
    inner = ScriptedModel(["same"] * 64)
    seen: list[str] = []

    def work() -> None:
        model = CachedModel(inner, folder=tmp_path)
        seen.extend(model.complete(REQUEST).text for _ in range(8))

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == ["asame"] * 64
    assert only_file(tmp_path)


def test_an_empty_answer_is_not_asked_for_again(tmp_path: Path) -> None:
    """It was paid for; the search goes the same way when it is resumed."""
    asked = []

    class Silent:
        name = "silent:m"

        def complete(self, request: ModelRequest) -> ModelReply:
            asked.append(request)
            raise EmptyAnswerError("nothing")

    model = CachedModel(Silent(), folder=tmp_path)
    for _ in range(2):
        with pytest.raises(EmptyAnswerError):
            model.complete(REQUEST)
    assert len(asked) == 1
