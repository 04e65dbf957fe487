from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from headwater.llm.leases import ServerState, claim_folder, hold_lease, read_state
from headwater.llm.serve import main, run_server

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


@dataclass(slots=True)
class Engine:
    """Records its life."""

    key: str
    url: str = "http://127.0.0.1:9"
    closed: bool = False

    def close(self) -> None:
        self.closed = True


@dataclass(slots=True)
class Passing:
    """Time that passes only when somebody sleeps, and what happens at each step of it."""

    events: Sequence[Callable[[], object]]
    now: float = 0.0
    steps: int = 0

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.steps += 1
        if self.steps <= len(self.events):
            self.events[self.steps - 1]()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    claim = claim_folder(tmp_path)
    assert claim is not None
    return tmp_path


def nothing() -> None:
    """Let time pass."""


def run(folder: Path, passing: Passing, *, idle: float = 2.0) -> Engine:
    engines: list[Engine] = []

    def start(key: str) -> Engine:
        engines.append(Engine(key))
        return engines[0]

    run_server(
        folder, start=start, model="m", idle=idle, clock=lambda: passing.now, sleep=passing.sleep
    )
    return engines[0]


def test_ends_when_nobody_came(folder: Path) -> None:
    passing = Passing([])
    engine = run(folder, passing)
    assert passing.now == 2.0
    assert engine.closed
    assert read_state(folder) is None


def test_tells_where_it_is_while_it_runs(folder: Path) -> None:
    seen: list[ServerState | None] = []
    engine = run(folder, Passing([lambda: seen.append(read_state(folder))]))
    (state,) = seen
    assert state is not None
    assert (state.url, state.key, state.model) == (engine.url, engine.key, "m")
    assert len(engine.key) >= 32


def test_stays_while_a_lease_is_held_and_a_while_longer(folder: Path) -> None:
    with ExitStack() as lease:
        nothing = [lambda: None] * 9
        passing = Passing([lambda: lease.enter_context(hold_lease(folder)), *nothing, lease.close])
        run(folder, passing)
    assert passing.now == 5.0 + 2.0


def test_stays_for_a_client_that_came_at_the_last_moment(folder: Path) -> None:
    """The lease appears after the last look for leases, when the server is about to end."""
    states: list[ServerState | None] = []
    with ExitStack() as lease:
        look = [nothing] * 4 + [lambda: states.append(read_state(folder)), lease.close]
        passing = Passing(look)

        def clock() -> float:
            if passing.now == 2.0:
                lease.enter_context(hold_lease(folder))
            return passing.now

        engine = Engine("key")
        run_server(
            folder,
            start=lambda _: engine,
            model="m",
            idle=2.0,
            clock=clock,
            sleep=passing.sleep,
        )
    assert states[0] is not None
    assert passing.now == 2.5 + 2.0
    assert engine.closed


def test_an_engine_that_does_not_start_leaves_no_state(folder: Path) -> None:
    def start(key: str) -> Engine:
        raise RuntimeError("no such file")

    with pytest.raises(RuntimeError):
        run_server(folder, start=start, model="m", idle=1)
    assert read_state(folder) is None


def test_the_command_line_says_what_it_needs(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([])
    assert "--model" in capsys.readouterr().err


def test_a_folder_that_is_served_is_left_to_its_server(folder: Path) -> None:
    main(
        [
            *("--folder", str(folder), "--model", "absent.gguf", "--name", "m"),
            *("--context", "1", "--threads", "1", "--idle", "1"),
        ]
    )
    assert read_state(folder) is None
