"""The real embedded model: `make live` fetches it and runs these."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from headwater.llm.catalog import CATALOG
from headwater.llm.embedded import plan_server
from headwater.llm.interface import ModelError, ModelRequest
from headwater.llm.join import join_server
from headwater.llm.open import open_model
from headwater.llm.pull import SilentObserver, find_model
from headwater.llm.settings import ModelSettings, model_folder
from headwater.operations.model import ServedModel, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.llm.interface import Model

pytestmark = pytest.mark.live

PROMPT = "Write a Python function `add(a, b)` that returns the sum of its arguments."
SETTINGS = ModelSettings(name="embedded:", idle=20.0)


@pytest.fixture(scope="module")
def model() -> Iterator[Model]:
    if find_model(CATALOG[0], folder=model_folder()) is None:
        pytest.skip("the embedded model has not been pulled")
    with open_model(SETTINGS, observer=SilentObserver(), environment=os.environ) as opened:
        yield opened


def test_continues_the_prefill_up_to_the_stop(model: Model) -> None:
    prefill = "```python\ndef add(a, b):\n"
    reply = model.complete(
        ModelRequest(prompt=PROMPT, prefill=prefill, stop=("```",), max_tokens=40)
    )
    assert reply.text.startswith(prefill)
    assert reply.text.count("def add") == 1
    assert "return a + b" in reply.text
    assert not reply.text.rstrip().endswith("```")
    assert not reply.truncated
    assert reply.usage.input_tokens > 20
    assert 0 < reply.output_tokens < 40


def test_the_same_seed_gives_the_same_answer(model: Model) -> None:
    request = ModelRequest(prompt="Name a colour.", temperature=1.0, seed=5, max_tokens=8)
    assert model.complete(request).text == model.complete(request).text


def test_a_short_bound_truncates(model: Model) -> None:
    reply = model.complete(ModelRequest(prompt=PROMPT, max_tokens=4))
    assert reply.truncated
    assert reply.output_tokens == 4


def test_a_prompt_longer_than_the_context_is_a_clear_error(model: Model) -> None:
    with pytest.raises(ModelError, match="400") as caught:
        model.complete(ModelRequest(prompt="word " * 10_000, max_tokens=4))
    assert "too long" in caught.value.hint


def test_serve_joins_the_server_that_builds_use(model: Model) -> None:
    model.complete(ModelRequest(prompt="Say yes.", max_tokens=2))
    plan = plan_server(CATALOG[0], settings=SETTINGS, observer=SilentObserver())
    with join_server(plan) as state:
        seen: list[ServedModel] = []
        served = serve(
            "", settings=SETTINGS, observer=SilentObserver(), ready=seen.append, wait=lambda: None
        )
    assert seen == [served]
    assert served.pid == state.pid
    assert served.url == f"{state.url}/v1"
    assert state.key in Path(served.key_file).read_text()
