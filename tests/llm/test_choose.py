from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from headwater.llm.catalog import CATALOG
from headwater.llm.choose import choose_model
from headwater.llm.settings import ModelSettings
from tests.llm.servers import Reply, run_server

if TYPE_CHECKING:
    from pathlib import Path

EMBEDDED = f"embedded:{CATALOG[0].name}"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder."""
    monkeypatch.setenv("HEADWATER_CACHE", str(tmp_path))
    return tmp_path


def listing(name: str) -> Reply:
    return Reply(body=json.dumps({"data": [{"id": name}]}).encode())


def test_settings_come_first() -> None:
    with run_server(listing("qwen2.5-coder:7b")) as server:
        settings = ModelSettings(name="openai:m")
        choice = choose_model(
            settings, environment={"OPENAI_API_KEY": "k"}, servers=[f"{server.url}/v1"]
        )
    assert choice.name == "openai:m"
    assert not choice.needs_consent
    assert server.received == []


def test_then_a_server_on_this_machine() -> None:
    with run_server(listing("qwen2.5-coder:7b")) as server:
        address = f"{server.url}/v1"
        choice = choose_model(
            ModelSettings(), environment={"OPENAI_API_KEY": "k"}, servers=[address]
        )
    assert choice.name == f"{address}#qwen2.5-coder:7b"
    assert address in choice.why
    assert not choice.needs_consent


def test_then_a_provider_which_needs_consent() -> None:
    choice = choose_model(ModelSettings(), environment={"OPENAI_API_KEY": "k"}, servers=[])
    assert choice.name.startswith("openai:")
    assert choice.needs_consent
    assert "OPENAI_API_KEY" in choice.why
    assert choice.otherwise is not None
    assert choice.otherwise.name == EMBEDDED


@pytest.mark.parametrize("key", ["k", ""])
def test_not_a_provider_whose_client_is_absent_or_whose_key_is_empty(key: str) -> None:
    """The clients of these two are no dependencies of the package."""
    variable = {"GEMINI_API_KEY": "k"} if key else {"OPENAI_API_KEY": ""}
    choice = choose_model(ModelSettings(), environment=variable, servers=[])
    assert choice.name == EMBEDDED


def test_at_last_the_embedded_model_with_what_it_takes_to_get_it(cache: Path) -> None:
    choice = choose_model(ModelSettings(), environment={}, servers=[])
    assert choice.name == EMBEDDED
    assert "1.1 GB" in choice.why
    assert choice.otherwise is None
    folder = cache / "models"
    folder.mkdir()
    with (folder / CATALOG[0].file).open("wb") as file:
        file.truncate(CATALOG[0].size)
    assert "GB" not in choose_model(ModelSettings(), environment={}, servers=[]).why


def test_the_chosen_models_are_names_that_are_known() -> None:
    """A provider renames its models now and then; this tells which default is gone."""
    from pydantic_ai.models import known_model_names

    from headwater.llm.choose import _PROVIDERS

    known = set(known_model_names())
    names = {name for _, _, name in _PROVIDERS if not name.startswith("openrouter:")}
    assert names <= known
