from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.errors import UsageError
from headwater.llm.catalog import CATALOG
from headwater.llm.interface import ModelError, ModelRequest
from headwater.llm.open import open_model
from headwater.llm.pull import SilentObserver
from headwater.llm.settings import ModelSettings
from headwater.testing.scripted_model import ScriptedModel
from tests.llm.servers import chat, run_server

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "hunter2-hunter2"
ENVIRONMENT = {"TEAM_KEY": SECRET}
REQUEST = ModelRequest(prompt=f"The key is {SECRET}.", purpose="try")


def test_a_server_is_reached_with_its_key_and_without_secrets_in_the_text(tmp_path: Path) -> None:
    with run_server(chat("yes")) as server:
        settings = ModelSettings(name=f"{server.url}/v1#m", api_key_variable="TEAM_KEY")
        with open_model(
            settings, observer=SilentObserver(), environment=ENVIRONMENT, cache=tmp_path
        ) as model:
            assert model.name == f"{server.url}/v1#m"
            assert model.complete(REQUEST).text == "yes"
            assert model.complete(REQUEST).cached
    (received,) = server.received
    assert received.headers["authorization"] == f"Bearer {SECRET}"
    assert SECRET.encode() not in received.body
    assert b"[secret]" in received.body
    assert not [path for path in tmp_path.rglob("*.json") if SECRET in path.read_text()]


def test_frozen_answers_from_the_cache_alone(tmp_path: Path) -> None:
    with run_server(chat("yes")) as server:
        settings = ModelSettings(name=f"{server.url}/v1#m", retries=0)
        for frozen in (False, True):
            with open_model(
                settings,
                observer=SilentObserver(),
                environment={},
                cache=tmp_path,
                frozen=frozen,
            ) as model:
                assert model.complete(REQUEST).cached is frozen
        with pytest.raises(ModelError, match="try"):
            model.complete(ModelRequest(prompt="new", purpose="try"))


def test_further_kinds_of_model_can_be_given() -> None:
    scripted = ScriptedModel(["yes"])
    paths: list[str] = []

    def load(path: str) -> ScriptedModel:
        paths.append(path)
        return scripted

    with open_model(
        ModelSettings(name="scripted:a/b.json"),
        observer=SilentObserver(),
        environment=ENVIRONMENT,
        schemes={"scripted": load},
    ) as model:
        assert model.complete(REQUEST).text == "yes"
    assert paths == ["a/b.json"]
    assert SECRET not in scripted.requests[0].prompt


def test_nothing_billed_is_chosen_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEADWATER_CACHE", str(tmp_path))
    with open_model(
        ModelSettings(), observer=SilentObserver(), environment={"OPENAI_API_KEY": SECRET}
    ) as model:
        assert not model.name.startswith("openai:")


@pytest.mark.parametrize(
    ("name", "opened"),
    [
        ("embedded:", f"embedded:{CATALOG[0].name}"),
        (f"embedded:{CATALOG[1].name}", f"embedded:{CATALOG[1].name}"),
    ],
)
def test_the_embedded_model_is_opened_by_name_and_loads_nothing(name: str, opened: str) -> None:
    with open_model(ModelSettings(name=name), observer=SilentObserver(), environment={}) as model:
        assert model.name == opened


@pytest.mark.parametrize("name", ["embedded:nothing", "nonsense"])
def test_unknown_names_are_refused(name: str) -> None:
    with (
        pytest.raises(UsageError),
        open_model(ModelSettings(name=name), observer=SilentObserver(), environment={}),
    ):
        pass
