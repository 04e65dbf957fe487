"""Measuring how strong examples are: what has no measurement as it stands, and the commit of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headwater.engine.interface import Ended
from headwater.engine.progress import JobFinished, JobStarted
from headwater.errors import UsageError
from headwater.graph.states import State
from headwater.graph.strength import StrengthRecord
from headwater.graph.strength_codec import render_strength, strength_path
from headwater.operations.building.choose_features import choose_features
from headwater.operations.building.prepare import prepare_feature
from headwater.operations.standing.strength_records import add_up_refs, find_strength
from headwater.operations.standing.survey import take_survey
from headwater.spec.ids import split_ref
from headwater.steps.settings import SearchSettings
from headwater.steps.strength.measure import measure_component
from headwater.steps.strength.try_mutants import NotMeasurableError
from headwater.workspace.lockfile import hold_build_lock
from headwater.workspace.publish import finish_publication
from headwater.workspace.publish_files import publish_files
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from headwater.engine.progress import Observer
    from headwater.graph.strength import RefStrength
    from headwater.graph.summary import FeatureSummary
    from headwater.operations.checking.code_evidence import OpenWorkbench
    from headwater.operations.standing.survey import Survey
    from headwater.steps.deriving.feature import FeatureWork
    from headwater.steps.deriving.workbench import Workbench
    from headwater.targets.interface import Target
    from headwater.workspace.kept_results import KeptResults
    from headwater.workspace.repository import Repository

_VERIFIED = frozenset({State.FRESH, State.UPGRADEABLE})


@dataclass(frozen=True, kw_only=True, slots=True)
class StrengthPorts:
    """What `wiring` provides.

    Attributes:
        targets: languages that can be derived for, by name.
        open_workbench: where mutants are tried.
        observer: who is told which component is measured.
        kept: results of earlier runs; None for none.
        most: mutants of one component at most.
    """

    targets: Mapping[str, Target]
    open_workbench: OpenWorkbench
    observer: Observer
    kept: KeptResults | None = None
    most: int = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class MeasuredComponent:
    """A component's strength as it stands.

    Attributes:
        component: `001/C1`.
        record: None where it could not be measured.
        is_new: whether it was measured now.
        skipped: why it could not be.
    """

    component: str
    record: StrengthRecord | None = None
    is_new: bool = False
    skipped: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class StrengthReport:
    """What was measured, now or earlier; `commit` is what the branch is at where that is new."""

    components: tuple[MeasuredComponent, ...] = ()
    commit: str = ""

    @property
    def refs(self) -> tuple[RefStrength, ...]:
        """The strength of each ref on all of them."""
        records = (one.record for one in self.components if one.record is not None)
        return tuple(add_up_refs(ref for record in records for ref in record.refs).values())


def measure_strength(path: Path, *, feature: str, ports: StrengthPorts) -> StrengthReport:
    """Measure every verified component that has no measurement as it stands; commit the records.

    Args:
        path: a folder of the repository.
        feature: a number, folder name or slug; empty for every feature that has a plan.
        ports: languages and sandbox.

    Raises:
        HeadwaterError: the repository is not fit for it, or there is no sandbox.
        UsageError: no mutant may be made.
    """
    if ports.most < 1:
        raise UsageError(
            f"build.mutants must be 1 or more, found {ports.most}",
            hint="It bounds how many small changes to one component are tried; 60 is usual.",
        )
    repository = open_repository(path)
    report = StrengthReport()
    with hold_build_lock(repository.root):
        finish_publication(repository)
        survey = take_survey(repository.root, targets=ports.targets, kept=ports.kept)
        for summary in choose_features(survey, feature):
            measured = tuple(_measure_feature(survey, summary, ports=ports))
            commit = _commit(repository, summary, measured) or report.commit
            report = replace(report, components=(*report.components, *measured), commit=commit)
    return report


def _commit(
    repository: Repository, summary: FeatureSummary, measured: Iterable[MeasuredComponent]
) -> str:
    """Commit what is new; give the commit, or nothing where nothing is."""
    files = {
        strength_path(summary.folder, split_ref(one.component)[1]): _render(one.record)
        for one in measured
        if one.is_new and one.record is not None
    }
    if not files:
        return ""
    return publish_files(
        repository,
        files,
        message=f"Measure the examples of {summary.folder.rpartition('/')[2]}",
        trailers={"Spec-Ref": summary.number},
    )


def _render(record: StrengthRecord) -> bytes:
    return render_strength(record).encode()


def _measure_feature(
    survey: Survey, summary: FeatureSummary, *, ports: StrengthPorts
) -> Iterator[MeasuredComponent]:
    target = survey.reading.target_of(summary)
    plans = survey.reading.index.plans.get(summary.number, ())
    verified = [ref for ref in plans if survey.states[ref].state in _VERIFIED]
    known = {ref: found for ref in verified if (found := _find_known(survey, ref, ports.most))}
    open_ones = [ref for ref in verified if ref not in known]
    measured: dict[str, MeasuredComponent] = {}
    if open_ones and target is not None:
        feature = survey.reading.find_feature(summary.number)
        work = prepare_feature(
            survey, feature, target=target, todo=frozenset(), settings=SearchSettings()
        )
        workbench = ports.open_workbench(target)
        for ref in open_ones:
            ports.observer.notify(JobStarted(component=ref, purpose="measure"))
            measured[ref] = _measure(survey, ref, work=work, workbench=workbench, most=ports.most)
            ports.observer.notify(JobFinished(component=ref, purpose="measure", ended=Ended.DONE))
    for ref in verified:
        yield measured.get(ref) or MeasuredComponent(component=ref, record=known[ref])


def _find_known(survey: Survey, ref: str, most: int) -> StrengthRecord | None:
    """A measurement that holds, unless it was made with fewer or more mutants than are wanted."""
    record = find_strength(survey, ref)
    return record if record is not None and record.most == most else None


def _measure(
    survey: Survey, ref: str, *, work: FeatureWork, workbench: Workbench, most: int
) -> MeasuredComponent:
    try:
        made = measure_component(
            ref, suite=work.suite, files=work.files, most=most, workbench=workbench
        )
    except NotMeasurableError as error:
        return MeasuredComponent(component=ref, skipped=error.message)
    conditions = survey.present.conditions[ref]
    record = StrengthRecord(
        bodies=conditions.bodies,
        tests=conditions.tests,
        mutator=workbench.target.mutator_version,
        most=most,
        mutants=made.mutants,
        killed=made.killed,
        unreached=made.unreached,
        refs=made.refs,
    )
    return MeasuredComponent(component=ref, record=record, is_new=True)
