"""What a check finds that was not there before a change: by meaning, not by line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.spec.ids import split_ref

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from headwater.operations.standing.component_status import ComponentStatus
    from headwater.operations.standing.placed_problem import PlacedProblem
    from headwater.operations.standing.survey import Survey


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """What is wrong, and what is not fresh, in one state of a repository."""

    survey: Survey
    findings: tuple[PlacedProblem, ...]
    unsettled: tuple[ComponentStatus, ...]


def find_new_problems(
    now: Sequence[PlacedProblem], then: Iterable[PlacedProblem]
) -> tuple[PlacedProblem, ...]:
    """The problems of `now` that have no counterpart in `then`, in the order of `now`.

    Counterparts have the same rule, the same item and the same words at their places. The feature
    and the path do not count, so that a folder may be renamed; of several the one counts first that
    has the path, then the message.
    """
    new, gone = list(now), list(then)
    for name in (_name_closely, _name_with_path, _identify):
        new, gone = _cancel_out(new, gone, name=name)
    return tuple(new)


def find_newly_unsettled(now: Judgement, then: Judgement) -> tuple[ComponentStatus, ...]:
    """Components of `now` that were settled in `then`, or whose sources, files or state differ."""
    before = {one.ref: one for one in then.unsettled}
    return tuple(
        one
        for one in now.unsettled
        if before.get(one.ref) != one or _describe(now.survey, one) != _describe(then.survey, one)
    )


def _describe(survey: Survey, status: ComponentStatus) -> object:
    """What a component is made from and what its files hold, as digests."""
    present = survey.present
    record = survey.lock.records.get(status.ref) or survey.lock.find_feature(status.ref)
    paths = (*status.files, *(file.path for file in (record.files if record else ())))
    return present.sources.get(status.ref), {path: present.files.get(path) for path in paths}


def _cancel_out(
    now: Sequence[PlacedProblem],
    then: Sequence[PlacedProblem],
    *,
    name: Callable[[PlacedProblem], Hashable],
) -> tuple[list[PlacedProblem], list[PlacedProblem]]:
    """Both without the pairs that have the same name."""
    counts = Counter(map(name, then))
    counts.subtract(Counter(map(name, now)))
    only_now, only_then = -counts, +counts
    return _take_last(now, only_now, name=name), _take_last(then, only_then, name=name)


def _take_last(
    problems: Sequence[PlacedProblem],
    wanted: Counter[Hashable],
    *,
    name: Callable[[PlacedProblem], Hashable],
) -> list[PlacedProblem]:
    """As many problems of each name as are wanted, from the end, in their order."""
    taken = []
    for problem in reversed(problems):
        if wanted[name(problem)] > 0:
            wanted[name(problem)] -= 1
            taken.append(problem)
    return taken[::-1]


def _identify(problem: PlacedProblem) -> tuple[str, ...]:
    feature, local = split_ref(problem.ref)
    return (problem.code, local if feature else "", problem.words)


def _name_with_path(problem: PlacedProblem) -> tuple[str, ...]:
    return (*_identify(problem), problem.place.path)


def _name_closely(problem: PlacedProblem) -> tuple[str, ...]:
    return (*_name_with_path(problem), problem.message)
