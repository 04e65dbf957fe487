"""The detached server's machinery, with real processes and a server that has no model."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from headwater.llm.catalog import CATALOG
from headwater.llm.embedded import EmbeddedModel, open_embedded, plan_server
from headwater.llm.interface import ModelError, ModelRequest
from headwater.llm.join import ServerPlan, join_server
from headwater.llm.leases import is_served, read_state
from headwater.llm.pull import SilentObserver
from headwater.llm.settings import ModelSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FAKE = Path(__file__).with_name("fake_server.py")
ROOT = FAKE.parents[2]

REQUEST = ModelRequest(prompt="p")


def plan(folder: Path, *more: str, start_timeout: float = 30.0, idle: float = 60.0) -> ServerPlan:
    return ServerPlan(
        folder=folder,
        command=(sys.executable, str(FAKE), "--idle", str(idle), *more),
        start_timeout=start_timeout,
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A server's folder; whatever still serves it at the end is stopped."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    home = tmp_path / "server"
    yield home
    state = read_state(home)
    if state is not None:
        os.kill(state.pid, signal.SIGTERM)


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for another process to get there; the test's own checks follow."""
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it never happened")


def test_starts_a_server_and_leaves_it_to_the_next(folder: Path) -> None:
    with join_server(plan(folder)) as first:
        assert os.getpgid(first.pid) != os.getpgid(0)
    with join_server(plan(folder)) as second:
        assert second == first
    assert is_served(folder)


def test_the_server_ends_after_the_last_lease(folder: Path) -> None:
    with join_server(plan(folder, idle=0.2)) as state:
        with join_server(plan(folder, idle=0.2)) as same:
            assert same.pid == state.pid
        time.sleep(0.5)  # longer than it stays idle
        assert is_served(folder)
    wait_until(lambda: not is_served(folder))
    assert read_state(folder) is None
    assert not (folder / "state.json").exists()


def test_two_clients_at_once_share_one_server(folder: Path) -> None:
    pids: list[int] = []

    def join() -> None:
        with join_server(plan(folder)) as state:
            pids.append(state.pid)

    threads = [Thread(target=join) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(pids) == 4
    assert len(set(pids)) == 1


def test_a_server_that_dies_at_its_start_is_reported_with_its_log(folder: Path) -> None:
    with (
        pytest.raises(ModelError, match="ended while it started") as caught,
        join_server(plan(folder, "--fail")),
    ):
        pass
    assert "no such model file" in caught.value.message
    assert str(folder / "server.log") in caught.value.message
    assert caught.value.hint


def test_the_log_holds_the_last_start_only(folder: Path) -> None:
    for _ in range(2):
        with pytest.raises(ModelError), join_server(plan(folder, "--fail")):
            pass
    assert (folder / "server.log").read_text().count("the engine starts") == 1


def test_a_server_that_never_answers_is_given_up(folder: Path) -> None:
    with (
        pytest.raises(ModelError, match=r"not ready after 0\.7 seconds"),
        join_server(plan(folder, "--silent", start_timeout=0.7)),
    ):
        pass
    stop_silent(folder)


def stop_silent(folder: Path) -> None:
    """Stop the server that has told nobody its process id."""
    wait_until(lambda: (folder / "server.log").stat().st_size > 0)
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            arguments = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if str(folder).encode() in arguments:
            os.kill(int(entry.name), signal.SIGKILL)
    wait_until(lambda: not is_served(folder))


def open_model(folder: Path) -> EmbeddedModel:
    return EmbeddedModel("embedded:tiny", plan=lambda: plan(folder), timeout=20.0)


def test_nothing_starts_before_the_first_request(folder: Path) -> None:
    with open_model(folder) as model:
        assert model.name == "embedded:tiny"
        assert not folder.exists()
        reply = model.complete(REQUEST)
        assert (reply.text, reply.model) == ("chat 1", "embedded:tiny")
        assert model.complete(REQUEST).text == "chat 2"


def test_a_server_that_died_is_started_again(folder: Path) -> None:
    with open_model(folder) as model:
        assert model.complete(REQUEST).text == "chat 1"
        before = read_state(folder)
        assert before is not None
        os.kill(before.pid, signal.SIGKILL)
        wait_until(lambda: not is_served(folder))
        assert model.complete(REQUEST).text == "chat 1"
        after = read_state(folder)
        assert after is not None
        assert after.pid != before.pid


def test_an_error_of_a_living_server_is_passed_on(folder: Path) -> None:
    with open_model(folder) as model:
        model.complete(REQUEST)
        with pytest.raises(ModelError, match="answered nothing"):
            model.complete(ModelRequest(prompt="p", prefill="chat 2"))
        assert model.complete(REQUEST).text == "chat 3"


def test_a_model_that_cannot_be_planned_is_asked_again_next_time(folder: Path) -> None:
    plans = iter([None, plan(folder)])

    def next_plan() -> ServerPlan:
        found = next(plans)
        if found is None:
            raise ModelError("no room")
        return found

    with EmbeddedModel("embedded:tiny", plan=next_plan, timeout=20.0) as model:
        with pytest.raises(ModelError, match="no room"):
            model.complete(REQUEST)
        assert model.complete(REQUEST).text == "chat 1"


def test_requests_of_several_threads_take_turns(folder: Path) -> None:
    texts: list[str] = []
    with open_model(folder) as model:
        threads = [
            Thread(target=lambda: texts.append(model.complete(REQUEST).text)) for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert texts == [f"chat {number}" for number in range(1, 5)]


def test_nothing_is_answered_after_it_was_closed(folder: Path) -> None:
    with open_model(folder) as model:
        model.complete(REQUEST)
    with pytest.raises(ModelError, match="closed"):
        model.complete(REQUEST)


def fetched(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache in which the default model is there, as far as its size tells."""
    monkeypatch.setenv("HEADWATER_CACHE", str(cache))
    folder = cache / "models"
    folder.mkdir(parents=True)
    with (folder / CATALOG[0].file).open("wb") as file:
        file.truncate(CATALOG[0].size)  # sparse: takes no room


def test_servers_are_told_apart_by_what_they_serve(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("xllamacpp", reason="the extra `local` is not installed")
    fetched(tmp_path, monkeypatch)

    def folder_of(settings: ModelSettings) -> Path:
        return plan_server(CATALOG[0], settings=settings, observer=SilentObserver()).folder

    usual = folder_of(ModelSettings())
    assert usual.is_relative_to(tmp_path / "servers")
    assert folder_of(ModelSettings(idle=5, seed=3)) == usual
    assert folder_of(ModelSettings(context=4096)) != usual
    assert folder_of(ModelSettings(threads=3)) != usual


def test_the_command_holds_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("xllamacpp", reason="the extra `local` is not installed")
    fetched(tmp_path, monkeypatch)
    settings = ModelSettings(context=4096, threads=3, idle=7.0, start_timeout=9.0)
    planned = plan_server(CATALOG[0], settings=settings, observer=SilentObserver())
    line = " ".join(planned.command)
    assert "-P -m headwater.llm.serve" in line
    assert "--context 4096 --threads 3 --idle 7.0" in line
    assert planned.start_timeout == 9.0


def test_a_server_with_a_damaged_model_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real server process, with a file of the right size that holds nothing."""
    pytest.importorskip("xllamacpp", reason="the extra `local` is not installed")
    fetched(tmp_path, monkeypatch)
    with (
        open_embedded(CATALOG[0], settings=ModelSettings(), observer=SilentObserver()) as model,
        pytest.raises(ModelError, match=r"server\.log ends"),
    ):
        model.complete(REQUEST)
