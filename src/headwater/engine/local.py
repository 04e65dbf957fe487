"""The engine that runs jobs in threads of this process."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from threading import Event, Thread
from typing import TYPE_CHECKING, Generic, TypeVar

from headwater.engine.interface import Ended, Job, Outcome
from headwater.errors import HeadwaterError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

T = TypeVar("T")


class LocalEngine:
    """Runs up to `workers` jobs side by side; implements `headwater.engine.interface.Engine`.

    Of several jobs that may start, the one that was given first starts first.
    """

    def __init__(self, workers: int) -> None:
        if workers < 1:
            raise HeadwaterError(f"expected one worker or more, found {workers}")
        self._workers = workers

    def run(self, jobs: Sequence[Job[T]]) -> Mapping[str, Outcome[T]]:
        """Run every job whose needs succeed, as the interface says.

        Returns:
            Each job's outcome, in the order in which the jobs were given.

        Raises:
            HeadwaterError: two jobs share an id, a need names no job, or needs form a cycle; then
                nothing is run.
            KeyboardInterrupt: by the user or by a job, once the running jobs have ended. So with
                every other exception that is no `Exception`.
        """
        _check_needs(jobs)
        run = _Run(jobs, workers=self._workers)
        # A signal interrupts this thread and no other, so scheduling is never cut in half.
        scheduler = Thread(target=run.schedule, name="headwater-scheduler")
        try:
            scheduler.start()
            scheduler.join()
        except BaseException:
            run.stopped.set()
            if scheduler.is_alive():
                scheduler.join()
            raise
        if run.interruption is not None:
            raise run.interruption
        return {job.id: run.outcomes[job.id] for job in jobs}


class _Run(Generic[T]):
    """One run's state; only the scheduling thread changes it, but for `stopped`."""

    def __init__(self, jobs: Sequence[Job[T]], *, workers: int) -> None:
        self.stopped = Event()
        self.outcomes: dict[str, Outcome[T]] = {}
        self.interruption: BaseException | None = None
        self._jobs = jobs
        self._workers = workers
        self._running: dict[Future[T], Job[T]] = {}

    def schedule(self) -> None:
        """Run all jobs, until stopped; return once every job that was started has ended."""
        with ThreadPoolExecutor(self._workers, thread_name_prefix="headwater-job") as pool:
            self._start_ready(pool)
            while self._running:
                for future in wait(self._running, return_when=FIRST_COMPLETED).done:
                    self._collect(future)
                self._start_ready(pool)

    def _start_ready(self, pool: ThreadPoolExecutor) -> None:
        _skip_hopeless(self._jobs, self.outcomes)
        for job in self._find_ready()[: self._workers - len(self._running)]:
            if self.stopped.is_set():
                return
            results = {need: _get_result(self.outcomes[need]) for need in job.needs}
            self._running[pool.submit(job.run, results)] = job

    def _find_ready(self) -> list[Job[T]]:
        started = {job.id for job in self._running.values()} | self.outcomes.keys()
        return [
            job
            for job in self._jobs
            if job.id not in started and all(need in self.outcomes for need in job.needs)
        ]

    def _collect(self, future: Future[T]) -> None:
        job = self._running.pop(future)
        error = future.exception()
        if error is None:
            self.outcomes[job.id] = Outcome(ended=Ended.DONE, result=future.result())
        elif isinstance(error, Exception):
            self.outcomes[job.id] = Outcome(ended=Ended.FAILED, error=error)
        else:
            self.interruption = error
            self.stopped.set()


def _check_needs(jobs: Sequence[Job[T]]) -> None:
    needs: dict[str, tuple[str, ...]] = {}
    for job in jobs:
        if job.id in needs:
            raise HeadwaterError(f"expected every job to have its own id, found two of {job.id}")
        needs[job.id] = job.needs
    for job in jobs:
        for need in job.needs:
            if need not in needs:
                raise HeadwaterError(f"{job.id} needs {need}, and there is no such job")
    _check_cycles(needs)


def _check_cycles(needs: Mapping[str, tuple[str, ...]]) -> None:
    left = dict(needs)
    while ready := [name for name, wanted in left.items() if not any(n in left for n in wanted)]:
        for name in ready:
            del left[name]
    if left:
        raise HeadwaterError(f"jobs need one another in a circle: {_render_cycle(left)}")


def _render_cycle(left: Mapping[str, tuple[str, ...]]) -> str:
    """Follow needs among jobs that all have one left, until one comes up again."""
    path = [next(iter(left))]
    while path[-1] not in path[:-1]:
        path.append(next(need for need in left[path[-1]] if need in left))
    return " → ".join(path[path.index(path[-1]) :])


def _skip_hopeless(jobs: Sequence[Job[T]], outcomes: dict[str, Outcome[T]]) -> None:
    """Skip jobs that need one that failed, and jobs that need those; give the first cause."""
    found = True
    while found:
        found = False
        for job in jobs:
            reason = "" if job.id in outcomes else _find_hindrance(job, outcomes)
            if reason:
                outcomes[job.id] = Outcome(ended=Ended.SKIPPED, reason=reason)
                found = True


def _find_hindrance(job: Job[T], outcomes: Mapping[str, Outcome[T]]) -> str:
    for need in job.needs:
        outcome = outcomes.get(need)
        if outcome is not None and outcome.ended is Ended.FAILED:
            return f"{need} failed: {outcome.error}"
        if outcome is not None and outcome.ended is Ended.SKIPPED:
            return outcome.reason
    return ""


def _get_result(outcome: Outcome[T]) -> T:
    # A job may well return None, so the type of `result` cannot tell that it is there.
    return outcome.result  # type: ignore[return-value]
