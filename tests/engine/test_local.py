from __future__ import annotations

import _thread
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.engine.interface import Ended, Job, Outcome
from headwater.engine.local import LocalEngine
from headwater.errors import HeadwaterError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from headwater.engine.interface import Engine

SECONDS = 10.0  # only how long a failing test would wait


def make_job(
    name: str, *needs: str, run: Callable[[Mapping[str, str]], str] | None = None
) -> Job[str]:
    def show(results: Mapping[str, str]) -> str:
        return f"{name}({','.join(results[need] for need in needs)})"

    return Job(id=name, needs=needs, run=run or show)


def fail(results: Mapping[str, str]) -> str:
    raise ValueError("boom")


def test_a_job_gets_the_results_that_it_needs() -> None:
    engine: Engine = LocalEngine(2)
    jobs = [make_job("c", "a", "b"), make_job("a"), make_job("b", "a")]
    outcomes = engine.run(jobs)
    assert list(outcomes) == ["c", "a", "b"]
    assert outcomes["c"] == Outcome(ended=Ended.DONE, result="c(a(),b(a()))")


def test_nothing_to_run_is_fine() -> None:
    no_jobs: list[Job[str]] = []
    assert LocalEngine(1).run(no_jobs) == {}


def test_a_result_of_none_is_a_result() -> None:
    jobs: list[Job[object]] = [
        Job(id="a", needs=(), run=lambda _: None),
        Job(id="b", needs=("a",), run=dict),
    ]
    assert LocalEngine(1).run(jobs)["b"].result == {"a": None}


def test_independent_jobs_run_side_by_side() -> None:
    """Each waits for the other: one after the other, they would never end."""
    meeting = threading.Barrier(2)

    def meet(results: Mapping[str, str]) -> str:
        meeting.wait(SECONDS)
        return "met"

    jobs = [make_job("a", run=meet), make_job("b", run=meet), make_job("c", "a", "b")]
    assert LocalEngine(2).run(jobs)["c"].result == "c(met,met)"


def test_no_more_jobs_than_workers_run_at_once() -> None:
    lock, running, most = threading.Lock(), 0, 0

    def count(results: Mapping[str, str]) -> str:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        threading.Event().wait(0.005)
        with lock:
            running -= 1
        return ""

    LocalEngine(3).run([make_job(str(number), run=count) for number in range(12)])
    assert most <= 3


def test_jobs_start_in_the_order_given() -> None:
    started: list[str] = []

    def note(name: str) -> Callable[[Mapping[str, str]], str]:
        def run(results: Mapping[str, str]) -> str:
            started.append(name)
            return name

        return run

    needs: dict[str, tuple[str, ...]] = {"d": (), "b": ("d",), "c": (), "a": ("d",)}
    LocalEngine(1).run([make_job(name, *needs[name], run=note(name)) for name in needs])
    assert started == ["d", "b", "c", "a"]


def test_a_failure_skips_what_needs_it_and_nothing_else() -> None:
    jobs = [
        make_job("top", "middle", "other"),
        make_job("bad", run=fail),
        make_job("middle", "bad"),
        make_job("other"),
    ]
    outcomes = LocalEngine(2).run(jobs)
    assert outcomes["bad"].ended is Ended.FAILED
    assert str(outcomes["bad"].error) == "boom"
    for name in ("middle", "top"):
        assert outcomes[name] == Outcome(ended=Ended.SKIPPED, reason="bad failed: boom")
    assert outcomes["other"].result == "other()"


@pytest.mark.parametrize(
    ("jobs", "message"),
    [
        ([make_job("a"), make_job("a")], "found two of a"),
        ([make_job("a", "b")], "a needs b, and there is no such job"),
        ([make_job("a", "a")], "circle: a → a"),
        ([make_job("x"), make_job("a", "x", "b"), make_job("b", "c"), make_job("c", "a")],
         "circle: a → b → c → a"),
        ([make_job("outside", "a"), make_job("a", "b"), make_job("b", "a")], "circle: a → b → a"),
    ],
)  # fmt: skip
def test_needs_that_cannot_be_met_are_errors_and_nothing_runs(
    jobs: list[Job[str]], message: str
) -> None:
    ran: list[str] = []

    def note(results: Mapping[str, str]) -> str:
        ran.append("watched")
        return ""

    with pytest.raises(HeadwaterError, match=message):
        LocalEngine(1).run([make_job("watched", run=note), *jobs])
    assert ran == []


def test_an_engine_without_workers_is_refused() -> None:
    with pytest.raises(HeadwaterError, match="expected one worker or more, found 0"):
        LocalEngine(0)


def test_an_interruption_waits_for_running_jobs_and_starts_no_other() -> None:
    running, release = threading.Event(), threading.Event()
    ended: list[str] = []

    def interrupt(results: Mapping[str, str]) -> str:
        assert running.wait(SECONDS)
        threading.Timer(0.05, release.set).start()
        raise KeyboardInterrupt

    def work(results: Mapping[str, str]) -> str:
        running.set()
        assert release.wait(SECONDS)
        ended.append("work")
        return ""

    def never(results: Mapping[str, str]) -> str:
        ended.append("never")
        return ""

    jobs = [
        make_job("work", run=work),
        make_job("interrupt", run=interrupt),
        make_job("next", run=never),
        make_job("after", "work", run=never),
    ]
    with pytest.raises(KeyboardInterrupt):
        LocalEngine(2).run(jobs)
    assert ended == ["work"]


def test_an_interruption_by_the_user_does_the_same() -> None:
    """The signal reaches the main thread, while a job runs in another."""
    ended: list[str] = []

    def work(results: Mapping[str, str]) -> str:
        _thread.interrupt_main()
        threading.Event().wait(0.05)
        ended.append("work")
        return ""

    with pytest.raises(KeyboardInterrupt):
        LocalEngine(1).run([make_job("work", run=work), make_job("next", "work")])
    assert ended == ["work"]


@given(st.data())
def test_every_job_ends_and_failures_reach_exactly_their_dependents(data: st.DataObject) -> None:
    """On any graph: a job is done exactly when neither it nor anything it needs fails."""
    size = data.draw(st.integers(1, 7))
    needs = {
        str(number): tuple(
            data.draw(st.lists(st.sampled_from([str(n) for n in range(number)]), unique=True))
            if number
            else []
        )
        for number in range(size)
    }
    failing = data.draw(st.sets(st.sampled_from(sorted(needs))))
    jobs = [make_job(name, *needs[name], run=fail if name in failing else None) for name in needs]
    outcomes = LocalEngine(2).run(data.draw(st.permutations(jobs)))
    sound: set[str] = set()
    for name, wanted in needs.items():
        expected = Ended.FAILED if name in failing else Ended.DONE
        if not sound.issuperset(wanted):
            expected = Ended.SKIPPED
        elif expected is Ended.DONE:
            sound.add(name)
        assert outcomes[name].ended is expected
