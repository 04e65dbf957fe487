"""The adapters that settings choose."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.config import Settings
from headwater.engine.progress import SilentObserver
from headwater.errors import HeadwaterError, UsageError
from headwater.llm.choose import Choice
from headwater.llm.interface import ModelError, ModelRequest
from headwater.llm.settings import ModelSettings
from headwater.operations.standing.settings import BuildSettings
from headwater.sandbox.settings import SandboxSettings
from headwater.wiring import Watchers, list_targets, read_settings, refuse_billing, wire_build

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class SilentPull:
    """Watches a model being fetched, which no test here does."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        raise AssertionError(f"nothing is fetched, yet {name} was called")


def watch(choose: Callable[[Choice], Choice] = refuse_billing) -> Watchers:
    return Watchers(build=SilentObserver(), pull=SilentPull(), choose=choose)


@pytest.fixture
def script(tmp_path: Path) -> str:
    """The name of a model that answers twice."""
    path = tmp_path / "script.json"
    path.write_text(json.dumps(["one", "two"]), encoding="utf-8")
    return f"scripted:{path}"


def settings_for(script: str, *ladder: str, frozen: bool = False) -> Settings:
    return Settings(
        model=ModelSettings(name=script, ladder=ladder, seed=5),
        build=BuildSettings(workers=1, frozen=frozen),
        sandbox=SandboxSettings(kind="none"),
    )


def test_python_can_be_derived_for() -> None:
    assert list(list_targets()) == ["python"]


def test_settings_are_read_with_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEADWATER_SEARCH_TOKENS", "7")
    (tmp_path / "headwater.toml").write_text("[model]\nseed = 2\n")
    settings = read_settings(tmp_path, {"model.name": "x", "model.seed": None})
    assert (settings.search.tokens, settings.model.seed, settings.model.name) == (7, 2, "x")


def test_nothing_is_opened_before_there_is_work(tmp_path: Path) -> None:
    """Neither a model that does not exist nor a sandbox is touched."""
    settings = settings_for("scripted:/nowhere.json")
    ports = wire_build(tmp_path, settings, watchers=watch())
    assert ports.search == settings.search
    assert ports.seed == 5
    with (
        pytest.raises(UsageError, match="nowhere"),
        ports.open_tools(ports.targets["python"]),
    ):
        pass


def test_the_ladder_is_opened_in_order(tmp_path: Path, script: str) -> None:
    second = tmp_path / "second.json"
    second.write_text("[]", encoding="utf-8")
    ports = wire_build(tmp_path, settings_for(script, f"scripted:{second}"), watchers=watch())
    with ports.open_tools(ports.targets["python"]) as tools:
        assert [model.name for model in tools.models] == [
            "scripted:script.json",
            "scripted:second.json",
        ]
        assert tools.workbench.sandbox.name == "none"
        assert tools.seed == 5
        assert tools.target is ports.targets["python"]


def test_answers_are_kept_for_a_frozen_build(tmp_path: Path, script: str) -> None:
    ports = wire_build(tmp_path, settings_for(script), watchers=watch())
    request = ModelRequest(prompt="What?")
    with ports.open_tools(ports.targets["python"]) as tools:
        first = tools.models[0].complete(request)
    assert (tmp_path / ".headwater/cache/answers").is_dir()
    frozen = wire_build(tmp_path, settings_for(script, frozen=True), watchers=watch())
    with frozen.open_tools(frozen.targets["python"]) as tools:
        again = tools.models[0].complete(request)
        assert (again.text, again.cached) == (first.text, True)
        with pytest.raises(ModelError, match="a frozen run asks no model"):
            tools.models[0].complete(replace(request, seed=9))


def test_workers_are_one_a_processor_unless_said(tmp_path: Path, script: str) -> None:
    settings = replace(settings_for(script), build=BuildSettings())
    ports = wire_build(tmp_path, settings, watchers=watch())
    with ports.open_tools(ports.targets["python"]) as tools:
        assert tools.engine is not None
    refused = replace(settings, build=BuildSettings(workers=-1))
    ports = wire_build(tmp_path, refused, watchers=watch())
    with (
        pytest.raises(HeadwaterError, match="one worker or more"),
        ports.open_tools(ports.targets["python"]),
    ):
        pass


def test_the_choice_is_told_once_for_all_features(tmp_path: Path, script: str) -> None:
    told: list[str] = []

    def choose(choice: Choice) -> Choice:
        told.append(choice.name)
        return choice

    ports = wire_build(tmp_path, settings_for(script), watchers=watch(choose))
    for _ in range(2):
        with ports.open_tools(ports.targets["python"]):
            pass
    assert told == [script]


def test_who_is_not_asked_is_not_billed() -> None:
    free = Choice(name="embedded:x", why="It is free.")
    paid = Choice(name="openai:x", why="There is a key.", needs_consent=True, otherwise=free)
    assert refuse_billing(paid) is free
    assert refuse_billing(free) is free


def test_configured_models_are_named_as_locks_name_them(tmp_path: Path, script: str) -> None:
    """What a lock records must be what the settings are compared by, or all looks upgradeable."""
    ports = wire_build(tmp_path, settings_for(script), watchers=watch())
    with ports.open_tools(ports.targets["python"]) as tools:
        assert ports.models == tuple(model.name for model in tools.models)
    server = ModelSettings(name="coder", base_url="http://h:1/v1/", ladder=("larger",))
    ports = wire_build(tmp_path, Settings(model=server), watchers=watch())
    assert ports.models == ("http://h:1/v1#coder", "http://h:1/v1#larger")
    named = wire_build(tmp_path, settings_for("http://h/v1/#a", "openai:b"), watchers=watch())
    assert named.models == ("http://h/v1#a", "openai:b")
    embedded = wire_build(tmp_path, settings_for("embedded:"), watchers=watch())
    assert embedded.models[0].startswith("embedded:qwen")
    assert wire_build(tmp_path, settings_for("", "openai:b"), watchers=watch()).models == ()
