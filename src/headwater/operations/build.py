"""`headwater build`: derive what is not fresh, verify it, and move the branch to it."""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.states import State
from headwater.graph.structure import check_buildable
from headwater.operations.accept import Commit, make_commit, make_component_commit
from headwater.operations.planned_files import find_planned_problems
from headwater.operations.prepare import choose_todo, prepare_feature
from headwater.operations.refusals import (
    ProblemsError,
    refuse_dirty,
    refuse_problems,
    refuse_states,
)
from headwater.operations.report import Action, BuildReport, BuiltComponent
from headwater.operations.survey import take_survey
from headwater.operations.verify import check_present_articles, make_verification_commit
from headwater.steps.feature import derive_feature
from headwater.targets.interface import Verdict
from headwater.workspace.commits import drop_private_ref, name_private_ref
from headwater.workspace.lockfile import hold_build_lock
from headwater.workspace.publish import finish_publication, publish
from headwater.workspace.repository import open_repository, read_branch, read_head

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from headwater.operations.survey import Survey
    from headwater.spec.model import Feature
    from headwater.steps.feature import FeatureResult, FeatureWork
    from headwater.steps.settings import SearchSettings
    from headwater.steps.tools import Tools
    from headwater.targets.interface import Target
    from headwater.workspace.repository import Repository


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildRequest:
    """What to build.

    Attributes:
        feature: a number, folder name or slug; empty for every feature that has a plan.
        upgrade: derive anew also what only an older model or prompt made.
    """

    feature: str = ""
    upgrade: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildPorts:
    """What `wiring` provides: languages, and tools that are opened only when there is work.

    Attributes:
        targets: languages that can be derived for, by name.
        open_tools: opens models, sandbox and engine for a target.
        search: what the search may spend.
        seed: start of every sampling seed.
    """

    targets: Mapping[str, Target]
    open_tools: Callable[[Target], AbstractContextManager[Tools]]
    search: SearchSettings
    seed: int = 0


def build(path: Path, request: BuildRequest, *, ports: BuildPorts) -> BuildReport:
    """Derive every component that is not fresh, feature by feature.

    Each feature's commits are collected on a private ref; the branch moves once its gate passes.

    Args:
        path: a folder of the repository.
        request: what to build.
        ports: languages and tools.

    Raises:
        ProblemsError: documents or lock hold errors; nothing was done.
        HeadwaterError: the repository is not fit to build in; nothing was done.
    """
    repository = open_repository(path)
    with hold_build_lock(repository.root):
        finish_publication(repository)
        survey = take_survey(repository.root, targets=ports.targets)
        report = BuildReport(commit=read_head(repository))
        for number in [item.number for item in choose_features(survey, request.feature)]:
            made = _build_feature(repository, number, request, ports=ports)
            report += made
            if not made.succeeded:
                break
    return report


def choose_features(survey: Survey, wanted: str) -> list[Feature]:
    """The features to build, in the order of their numbers.

    Raises:
        HeadwaterError: there is none, or none that is meant.
    """
    features = survey.reading.project.features
    if not wanted:
        planned = [item for item in features if item.plan is not None]
        if not planned:
            refuse_problems(survey.problems)  # perhaps the plan that is there cannot be read
            _refuse_nothing(features)
        return planned
    found = [
        item
        for item in features
        if wanted in {item.number, item.slug, item.folder, item.folder.rpartition("/")[2]}
    ]
    if not found:
        names = ", ".join(item.folder.rpartition("/")[2] for item in features) or "none"
        raise HeadwaterError(f"there is no feature {wanted!r}", hint=f"There are: {names}.")
    return found


def _refuse_nothing(features: tuple[Feature, ...]) -> None:
    if features:
        raise ProblemsError([problem for item in features for problem in check_buildable(item)])
    raise HeadwaterError(
        "there is nothing to build: no folder specs/NNN-name holds a spec.md and a plan.md",
        hint="Write a spec and a plan first; docs/tutorial.md shows how.",
    )


def _build_feature(
    repository: Repository, number: str, request: BuildRequest, *, ports: BuildPorts
) -> BuildReport:
    survey = take_survey(repository.root, targets=ports.targets)
    feature = survey.reading.find_feature(number)
    problems = (*survey.problems, *check_buildable(feature), *find_planned_problems(survey))
    refuse_problems(problems)
    refuse_states(survey, feature=number)
    target = survey.reading.target_of(feature)
    assert target is not None  # check_structure reports a missing target as an error
    broken = check_present_articles(survey, feature, target=target)
    todo = choose_todo(survey, feature=number, upgrade=request.upgrade) | broken
    unsettled = {
        ref
        for ref, found in survey.states.items()
        if ref.startswith(f"{number}/") and found.state not in {State.FRESH, State.UPGRADEABLE}
    }
    feature_state = survey.feature_states.get(number)
    settled = feature_state is not None and feature_state.state is State.FRESH
    if not todo and not unsettled and settled:
        return BuildReport(components=_describe_fresh(survey, number))
    refuse_dirty(repository, survey)
    work = prepare_feature(survey, feature, target=target, todo=todo, settings=ports.search)
    with ports.open_tools(target) as tools:
        result = derive_feature(work, tools=tools)
    report = _describe(result, work, survey)
    if result.shortfalls:
        return report
    commit = _accept(repository, survey, feature, result, target=target, ports=ports)
    return replace(report, commit=commit)


def _accept(
    repository: Repository,
    survey: Survey,
    feature: Feature,
    result: FeatureResult,
    *,
    target: Target,
    ports: BuildPorts,
) -> str:
    base, branch = read_head(repository), read_branch(repository)
    ref = name_private_ref(secrets.token_hex(6))
    commits: list[Commit] = [
        make_component_commit(
            derived,
            survey=survey,
            feature=feature,
            suite=result.suite,
            target=target,
            settings=ports.search,
            seed=ports.seed,
        )
        for derived in result.derived.values()
    ]
    commits.append(
        make_verification_commit(survey, feature, result=result, commits=commits, target=target)
    )
    try:
        for commit in commits:
            make_commit(repository, commit, ref=ref, base=base)
        return publish(repository, ref, branch=branch, expected=base)
    except BaseException:
        drop_private_ref(repository, ref)
        raise


def _describe(result: FeatureResult, work: FeatureWork, survey: Survey) -> BuildReport:
    counts = Counter(found.verdict for found in result.results)
    failed = {shortfall.about for shortfall in result.shortfalls}
    components = []
    for component in work.works:
        state = survey.states[component.ref]
        derived = result.derived.get(component.ref)
        if derived is None:
            action = Action.FAILED if component.ref in failed else Action.FRESH
            if state.state is State.UNVERIFIED and not result.shortfalls:
                action = Action.VERIFIED
            components.append(
                BuiltComponent(
                    component=component.ref, action=action, reasons=_list_reasons(state.reasons)
                )
            )
            continue
        made = derived.implemented
        components.append(
            BuiltComponent(
                component=component.ref,
                action=Action.GENERATED,
                reasons=_list_reasons(state.reasons),
                model=made.model,
                attempts=len(made.history),
                calls=derived.usage.calls,
                output_tokens=sum(tried.output_tokens for tried in made.history),
                held_out_failures=made.held_out_failures,
            )
        )
    return BuildReport(
        components=tuple(components),
        shortfalls=result.shortfalls,
        tests=sum(counts.values()),
        passed=counts[Verdict.PASSED],
        usage=result.usage,
    )


def _describe_fresh(survey: Survey, feature: str) -> tuple[BuiltComponent, ...]:
    return tuple(
        BuiltComponent(component=ref, action=Action.FRESH)
        for ref in survey.states
        if ref.startswith(f"{feature}/")
    )


def _list_reasons(reasons: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(str(reason) for reason in reasons)
