from __future__ import annotations

import pytest

from headwater.errors import UsageError
from headwater.llm.endpoint import is_loopback, read_endpoint
from headwater.llm.settings import ModelSettings


def test_a_provider_name_is_kept() -> None:
    endpoint = read_endpoint(ModelSettings(name="anthropic:claude"), environment={})
    assert (endpoint.name, endpoint.model, endpoint.base_url) == (
        "anthropic:claude",
        "anthropic:claude",
        "",
    )
    assert not endpoint.continues
    assert not endpoint.local


@pytest.mark.parametrize(
    "settings",
    [
        ModelSettings(name="http://127.0.0.1:8080/v1#qwen"),
        ModelSettings(name="http://127.0.0.1:8080/v1/#qwen"),
        ModelSettings(name="qwen", base_url="http://127.0.0.1:8080/v1"),
    ],
)
def test_an_address_with_a_model_is_an_openai_compatible_server(settings: ModelSettings) -> None:
    endpoint = read_endpoint(settings, environment={})
    assert endpoint.name == "http://127.0.0.1:8080/v1#qwen"
    assert (endpoint.base_url, endpoint.model) == ("http://127.0.0.1:8080/v1", "qwen")
    assert endpoint.local


@pytest.mark.parametrize(
    ("prefill", "address", "continues"),
    [
        ("auto", "http://localhost:1/v1", True),
        ("auto", "https://models.example/v1", False),
        ("always", "https://models.example/v1", True),
        ("never", "http://localhost:1/v1", False),
    ],
)
def test_where_an_answer_is_continued(prefill: str, address: str, *, continues: bool) -> None:
    settings = ModelSettings(name="m", base_url=address, prefill=prefill)
    assert read_endpoint(settings, environment={}).continues is continues


def test_the_key_comes_from_the_variable_that_the_settings_name() -> None:
    settings = ModelSettings(name="openai:m", api_key_variable="TEAM_KEY")
    endpoint = read_endpoint(settings, environment={"TEAM_KEY": "k", "OPENAI_API_KEY": "other"})
    assert endpoint.api_key == "k"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (ModelSettings(name="gpt"), "no provider"),
        (ModelSettings(name="http://localhost:1/v1"), "no name"),
        (ModelSettings(base_url="http://localhost:1/v1"), "no name"),
        (ModelSettings(name="openai:m", api_key_variable="ABSENT"), "ABSENT"),
        (ModelSettings(name="http://h/v1#m", prefill="maybe"), "model.prefill"),
    ],
)
def test_settings_that_name_no_model(settings: ModelSettings, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_endpoint(settings, environment={})


@pytest.mark.parametrize(
    ("url", "loopback"),
    [
        ("http://127.0.0.1:1/v1", True),
        ("http://127.9.9.9/", True),
        ("http://[::1]:8080/v1", True),
        ("http://localhost/", True),
        ("http://10.0.0.1/", False),
        ("http://127.0.0.1.example/", False),
        ("http://example/", False),
        ("nonsense", False),
    ],
)
def test_which_addresses_are_this_machine(url: str, *, loopback: bool) -> None:
    assert is_loopback(url) is loopback
