"""`headwater build`: derive what is not fresh, verify it, and move the branch to it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headwater.graph.states import State
from headwater.graph.structure import check_buildable
from headwater.operations.building.accept import (
    Commit,
    describe_generator,
    make_commit,
    make_component_commit,
    make_removal_commit,
)
from headwater.operations.building.accept_edits import AcceptRequest, accept_edits
from headwater.operations.building.choose_features import choose_features
from headwater.operations.building.describe_build import describe_build, describe_fresh
from headwater.operations.building.prepare import choose_removed, choose_todo, prepare_feature
from headwater.operations.building.refusals import (
    refuse_dirty,
    refuse_problems,
    refuse_states,
    refuse_taken,
    refuse_underived,
)
from headwater.operations.building.report import BuildReport
from headwater.operations.building.verify import check_present_articles, make_verification_commit
from headwater.operations.checking.articles import find_broken_by_plan
from headwater.operations.checking.suspect_items import refuse_suspect
from headwater.operations.checking.vouched import find_unvouched
from headwater.operations.standing.approvals import refuse_unapproved
from headwater.operations.standing.planned_files import find_planned_problems
from headwater.operations.standing.survey import take_survey
from headwater.steps.deriving.feature import derive_feature
from headwater.workspace.commits import drop_private_ref, name_private_ref
from headwater.workspace.lockfile import hold_build_lock
from headwater.workspace.publish import finish_publication, publish
from headwater.workspace.repository import open_repository, read_branch, read_head

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

    from headwater.graph.summary import FeatureSummary
    from headwater.operations.checking.code_evidence import OpenWorkbench
    from headwater.operations.standing.settings import DocumentKind
    from headwater.operations.standing.survey import Survey
    from headwater.spec.model import Feature, Problem
    from headwater.steps.deriving.feature import FeatureResult
    from headwater.steps.deriving.tools import Tools
    from headwater.steps.settings import SearchSettings
    from headwater.targets.interface import Target
    from headwater.workspace.kept_results import KeptResults
    from headwater.workspace.repository import Repository


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildRequest:
    """What to build.

    Attributes:
        feature: a number, folder name or slug; empty for every feature that has a plan.
        upgrade: derive anew also what only an older model or prompt made.
        accept_edits: why code that was edited by hand may stand; empty where it may not.
    """

    feature: str = ""
    upgrade: bool = False
    accept_edits: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildPorts:
    """What `wiring` provides: languages, and tools that are opened only when there is work.

    Attributes:
        targets: languages that can be derived for, by name.
        open_tools: opens models, sandbox and engine for a target.
        search: what the search may spend.
        seed: start of every sampling seed.
        models: names of the models that the settings name, to tell what is upgradeable.
        kept: results of earlier runs; None for none.
        open_workbench: where a security scanner runs that an article asks for; None for nowhere.
        require_approval: documents whose approval must hold.
        block_suspect: nothing is derived while a component of the feature is suspect.
        now: the time, for what is recorded of accepted edits; None where none is accepted.
    """

    targets: Mapping[str, Target]
    open_tools: Callable[[Target], AbstractContextManager[Tools]]
    search: SearchSettings
    seed: int = 0
    models: tuple[str, ...] = ()
    kept: KeptResults | None = None
    open_workbench: OpenWorkbench | None = None
    require_approval: tuple[DocumentKind, ...] = ()
    block_suspect: bool = False
    now: datetime | None = None


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
        standing = _look(repository, ports)
        if request.accept_edits:
            _accept_edits(repository, standing, request, ports=ports)
            standing = _look(repository, ports)
        report = BuildReport(commit=standing.base)
        for feature in choose_features(standing.survey, request.feature):
            made = _build_feature(repository, standing, feature.number, request, ports=ports)
            report += made
            if not made.succeeded:
                break
            if made.commit:  # what a fresh feature left as it was need not be read again
                standing = _look(repository, ports)
    return report


def _accept_edits(
    repository: Repository, standing: _Standing, request: BuildRequest, *, ports: BuildPorts
) -> None:
    """Let edited code stand where it passes its tests; what is not edited is left as it is."""
    features = choose_features(standing.survey, request.feature)
    for feature in features:
        refuse_problems(_find_problems(repository, standing.survey, feature, ports=ports))
    assert ports.open_workbench is not None, "what a person wrote is judged in a sandbox"
    assert ports.now is not None, "and it is recorded when that was"
    accept_edits(
        repository,
        standing.survey,
        AcceptRequest(
            features=tuple(feature.number for feature in features),
            reason=request.accept_edits,
            now=ports.now,
            base=standing.base,
        ),
        settings=ports.search,
        open_workbench=ports.open_workbench,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Standing:
    """How the repository stands, and the commit that was checked out before it was read."""

    base: str
    survey: Survey


def _look(repository: Repository, ports: BuildPorts) -> _Standing:
    base = read_head(repository)
    survey = take_survey(
        repository.root, targets=ports.targets, models=ports.models, kept=ports.kept
    )
    return _Standing(base=base, survey=survey)


def _build_feature(
    repository: Repository,
    standing: _Standing,
    number: str,
    request: BuildRequest,
    *,
    ports: BuildPorts,
) -> BuildReport:
    survey = standing.survey
    summary = survey.reading.summaries[number]
    refuse_problems(_find_problems(repository, survey, summary, ports=ports))
    refuse_problems(find_broken_by_plan(survey, feature=number))
    refuse_unapproved(survey, number, kinds=ports.require_approval)
    refuse_suspect(survey, number, wanted=ports.block_suspect, kept=ports.kept)
    refuse_states(survey, feature=number)
    target = survey.reading.target_of(summary)
    assert target is not None  # a missing target is reported as an error
    broken = check_present_articles(
        survey, number, target=target, open_workbench=ports.open_workbench
    )
    todo = choose_todo(survey, feature=number, upgrade=request.upgrade) | broken
    removed = choose_removed(survey, number)
    if not todo and not removed and _is_settled(survey, number):
        return describe_fresh(survey, number)
    refuse_dirty(repository, survey)
    feature = survey.reading.find_feature(number)
    branch = read_branch(repository)
    work = prepare_feature(survey, feature, target=target, todo=todo, settings=ports.search)
    refuse_underived(work)
    refuse_taken(survey, work, target=target)
    with ports.open_tools(target) as tools:
        result = derive_feature(work, tools=tools)
    report = describe_build(result, work, survey, removed=removed)
    if result.shortfalls:
        return report
    commits = _make_commits(survey, feature, result, removed=removed, target=target, ports=ports)
    return replace(report, commit=_publish(repository, commits, branch=branch, base=standing.base))


def _find_problems(
    repository: Repository, survey: Survey, feature: FeatureSummary, *, ports: BuildPorts
) -> tuple[Problem, ...]:
    """What is wrong with documents and lock, as far as it concerns a build of this feature."""
    return (
        *survey.problems,
        *check_buildable(feature),
        *find_planned_problems(survey),
        *find_unvouched(survey.lock, root=repository.root, kept=ports.kept),
    )


def _is_settled(survey: Survey, feature: str) -> bool:
    """Whether all is verified; an orphan that has to stay is judged with what needs it."""
    settled = {State.FRESH, State.UPGRADEABLE, State.ORPHANED}
    own = survey.feature_states.get(feature)
    return (
        own is not None
        and own.state is State.FRESH
        and all(
            found.state in settled
            for ref, found in survey.states.items()
            if ref.startswith(f"{feature}/")
        )
    )


def _make_commits(
    survey: Survey,
    feature: Feature,
    result: FeatureResult,
    *,
    removed: frozenset[str],
    target: Target,
    ports: BuildPorts,
) -> list[Commit]:
    commits: list[Commit] = [
        make_component_commit(
            derived,
            survey=survey,
            feature=feature,
            suite=result.suite,
            target=target,
            generator=describe_generator(
                derived, survey=survey, settings=ports.search, seed=ports.seed
            ),
        )
        for derived in result.derived.values()
    ]
    going = sorted(removed)
    commits.extend(
        make_removal_commit(ref, survey=survey, feature=feature, gone=going[:number])
        for number, ref in enumerate(going)
    )
    commits.append(
        make_verification_commit(
            survey, feature, result=result, commits=commits, removed=removed, target=target
        )
    )
    return commits


def _publish(repository: Repository, commits: Sequence[Commit], *, branch: str, base: str) -> str:
    """Move the branch from the commit that was read, and from no other; give what it is at."""
    ref = name_private_ref(secrets.token_hex(6))
    last = base
    try:
        for commit in commits:
            last = make_commit(repository, commit, ref=ref, base=base)
        return last if last == base else publish(repository, ref, branch=branch, expected=base)
    except BaseException:
        drop_private_ref(repository, ref)
        raise
