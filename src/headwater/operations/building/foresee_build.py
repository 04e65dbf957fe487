"""`headwater build --dry-run`: what a build would do, before anything is spent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from headwater.graph.order import find_reachable, invert
from headwater.graph.states import State
from headwater.graph.structure import check_buildable
from headwater.operations.building.choose_features import choose_features
from headwater.operations.building.estimate import Estimate, Estimator
from headwater.operations.building.prepare import choose_removed, choose_todo
from headwater.operations.building.refusals import refuse_problems
from headwater.operations.building.verify import check_present_articles
from headwater.operations.checking.articles import find_broken_by_plan
from headwater.operations.standing.planned_files import find_planned_problems
from headwater.operations.standing.survey import digest_tests, list_written, take_survey
from headwater.spec.ids import split_ref
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from headwater.graph.summary import FeatureSummary
    from headwater.operations.build import BuildPorts, BuildRequest
    from headwater.operations.standing.survey import Survey
    from headwater.targets.interface import Target


class Ripple(Enum):
    """What a build would do to a component. `BLOCKED`: it refuses until a person settled it."""

    REGENERATE = "regenerate"
    VERIFY = "verify"
    REMOVE = "remove"
    BLOCKED = "blocked"


@dataclass(frozen=True, kw_only=True, slots=True)
class ForeseenComponent:
    """One component that a build would touch.

    Attributes:
        component: its ref; a feature's number for the files of the feature itself.
        reasons: why.
        files: derived files that would be written, judged or removed.
        tests: how many tests judge it.
        estimate: tokens that it would take; None where no model is asked.
    """

    component: str
    ripple: Ripple
    reasons: tuple[str, ...]
    files: tuple[str, ...]
    tests: int
    estimate: Estimate | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ForeseenBuild:
    """What a build would do, feature by feature in the order of the build.

    Attributes:
        components: those that it would touch.
        fresh: how many others there are.
        features: numbers of the features whose gates would run.
        tests: how many tests these gates would run.
    """

    components: tuple[ForeseenComponent, ...] = ()
    fresh: int = 0
    features: tuple[str, ...] = ()
    tests: int = 0

    def count(self, ripple: Ripple) -> int:
        """How many components it would do this to."""
        return sum(found.ripple is ripple for found in self.components)

    @property
    def tokens(self) -> int:
        """What all regenerations together would take, prompts and answers."""
        return sum(found.estimate.tokens for found in self.components if found.estimate)


def foresee_build(path: Path, request: BuildRequest, *, ports: BuildPorts) -> ForeseenBuild:
    """Tell what `build` would do to documents and files as they are, committed or not.

    Asks no model, runs nothing and changes nothing.

    Args:
        path: a folder of the repository.
        request: what would be built.
        ports: as `build` takes them.

    Raises:
        ProblemsError: documents or lock hold errors that would refuse the build.
        HeadwaterError: there is no such feature, or nothing to build.
    """
    root = open_repository(path).root
    survey = take_survey(root, targets=ports.targets, models=ports.models, kept=ports.kept)
    features = choose_features(survey, request.feature)
    unbuildable = (problem for feature in features for problem in check_buildable(feature))
    refuse_problems((*survey.problems, *unbuildable, *find_planned_problems(survey)))
    for feature in features:
        refuse_problems(find_broken_by_plan(survey, feature=feature.number))
    chosen = {feature.number for feature in features}
    actions = _choose_actions(survey, features, upgrade=request.upgrade)
    touched = tuple(
        number
        for number in (feature.number for feature in features)
        if any(ref.startswith(f"{number}/") for ref in actions)
        or _has_unsettled_files(survey, number)
    )
    described = _Describing(survey=survey, ports=ports)
    return ForeseenBuild(
        components=tuple(described.describe(ref, actions) for ref in actions),
        fresh=sum(split_ref(ref)[0] in chosen for ref in survey.states.keys() - actions.keys()),
        features=touched,
        tests=sum(
            len(survey.reading.units[number]) + len(list_written(survey.lock, number))
            for number in touched
        ),
    )


def _choose_actions(
    survey: Survey, features: list[FeatureSummary], *, upgrade: bool
) -> dict[str, Ripple]:
    """What would be done to which component, in the order of features and states."""
    todo: set[str] = set()
    removed: set[str] = set()
    for feature in features:
        target = survey.reading.target_of(feature)
        assert target is not None  # a missing target is reported as an error
        todo |= choose_todo(survey, feature=feature.number, upgrade=upgrade)
        todo |= check_present_articles(survey, feature.number, target=target)
        removed |= choose_removed(survey, feature.number)
    dependents = invert(survey.reading.index.dependencies)
    rippling = {other for ref in todo for other in find_reachable(dependents, ref)}
    actions = {}
    for feature in features:
        own = survey.feature_states.get(feature.number)
        if own is not None and own.state in _BLOCKING:
            actions[feature.number] = Ripple.BLOCKED
        for ref, found in survey.states.items():
            if ref.startswith(f"{feature.number}/"):
                if found.state in _BLOCKING:
                    actions[ref] = Ripple.BLOCKED
                elif ref in removed:
                    actions[ref] = Ripple.REMOVE
                elif ref in todo:
                    actions[ref] = Ripple.REGENERATE
                elif ref in rippling or found.state is State.UNVERIFIED:
                    actions[ref] = Ripple.VERIFY
    return actions


_BLOCKING = frozenset({State.EDITED, State.CONFLICTED})


def _has_unsettled_files(survey: Survey, number: str) -> bool:
    found = survey.feature_states.get(number)
    return found is None or found.state is not State.FRESH


class _Describing:
    """Describes touched components; keeps what several of them need."""

    def __init__(self, *, survey: Survey, ports: BuildPorts) -> None:
        self._survey = survey
        self._targets = ports.targets
        self._estimator = Estimator(survey, search=ports.search)

    def describe(self, ref: str, actions: Mapping[str, Ripple]) -> ForeseenComponent:
        """One of the components that `actions` names, or a feature's own files."""
        own = self._survey.feature_states.get(ref)
        if own is not None:
            files = tuple(reason.subject for reason in own.reasons)
            reasons = tuple(map(str, own.reasons))
            return ForeseenComponent(
                component=ref, ripple=actions[ref], reasons=reasons, files=files, tests=0
            )
        number, ripple = split_ref(ref)[0], actions[ref]
        tests = digest_tests(
            ref,
            units=self._survey.reading.units[number],
            written=list_written(self._survey.lock, number),
        )
        return ForeseenComponent(
            component=ref,
            ripple=ripple,
            reasons=tuple(self._list_reasons(ref, actions)),
            files=tuple(self._list_files(ref, ripple)),
            tests=len(tests),
            estimate=self._estimator.estimate(ref) if ripple is Ripple.REGENERATE else None,
        )

    def _list_reasons(self, ref: str, actions: Mapping[str, Ripple]) -> Iterator[str]:
        reasons = self._survey.states[ref].reasons
        yield from (str(reason) for reason in reasons)
        if actions[ref] is Ripple.VERIFY and not reasons:
            needed = find_reachable(self._survey.reading.index.dependencies, ref)
            anew = [need for need in needed if actions.get(need) is Ripple.REGENERATE]
            yield f"depends on {', '.join(anew)}"

    def _list_files(self, ref: str, ripple: Ripple) -> Iterator[str]:
        record = self._survey.lock.records.get(ref)
        recorded = [file.path for file in record.files] if record else []
        if ripple is not Ripple.REGENERATE:
            yield from recorded
            return
        planned = self._survey.reading.index.components[ref]
        summary = self._survey.reading.summaries[planned.feature]
        target = self._survey.reading.target_of(summary)
        units = self._survey.reading.units[planned.feature]
        own = any(unit.owner == ref for unit in units)
        tests = [_name_tests(target, summary, planned.id)] if own and target else []
        yield from dict.fromkeys((*planned.files, *tests, *recorded))


def _name_tests(target: Target, summary: FeatureSummary, local: str) -> str:
    return target.test_path(summary.folder.rpartition("/")[2], local)
