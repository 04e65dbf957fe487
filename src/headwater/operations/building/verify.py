"""What a passed feature gate leaves in the lock, and articles checked on code that is there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.graph.digest import digest_bytes
from headwater.graph.lock import DerivedFile
from headwater.graph.records import (
    lock_path,
    read_component_record,
    render_record,
    render_verification,
    verified_path,
)
from headwater.graph.states import State
from headwater.graph.verification import find_conditions, make_verification
from headwater.graph.vouching import RECORDED, list_carried
from headwater.operations.building.accept import (
    Commit,
    emit_component_tests,
    list_files,
    make_feature_files,
    record_written,
)
from headwater.operations.building.settle_tasks import settle_tasks
from headwater.operations.checking.articles import find_broken_by_code
from headwater.operations.standing.survey import digest_tests
from headwater.rules.articles.apply import articles_digest
from headwater.spec.model import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.graph.lock import ComponentRecord
    from headwater.operations.checking.code_evidence import OpenWorkbench
    from headwater.operations.standing.survey import Survey
    from headwater.spec.model import Feature
    from headwater.steps.deriving.feature import FeatureResult
    from headwater.targets.interface import Target


def check_present_articles(
    survey: Survey,
    feature: str,
    *,
    target: Target,
    open_workbench: OpenWorkbench | None = None,
) -> frozenset[str]:
    """Components of a feature whose code breaks an article edited since it was verified."""
    unverified = [
        ref
        for ref, found in survey.states.items()
        if ref.startswith(f"{feature}/") and found.state is State.UNVERIFIED
    ]
    problems = (
        find_broken_by_code(survey, unverified, target=target, open_workbench=open_workbench)
        if unverified
        else []
    )
    broken = {problem.place.path for problem in problems if problem.severity is Severity.ERROR}
    records = survey.lock.records
    return frozenset(ref for ref in unverified if not broken.isdisjoint(records[ref].bodies))


def make_verification_commit(
    survey: Survey,
    feature: Feature,
    *,
    result: FeatureResult,
    commits: Sequence[Commit],
    removed: frozenset[str],
    target: Target,
) -> Commit:
    """The last commit of a build: feature tests, verifications of all components, ticked tasks.

    Args:
        survey: the repository before the build.
        feature: what was built.
        result: of the build; its gate has passed.
        commits: those of the derived components, whose records the verifications speak of.
        removed: components that the build takes away.
        target: the feature's language.
    """
    files: dict[str, bytes | None] = dict(
        make_feature_files(result, survey=survey, feature=feature, target=target)
    )
    records = {
        ref: record
        for ref, record in {**survey.lock.records, **_read_new_records(feature, commits)}.items()
        if ref not in removed
    }
    for ref, record in list(records.items()):
        if ref.startswith(f"{feature.number}/") and ref not in result.derived:
            refreshed, tests = _refresh_tests(record, result=result, target=target)
            files.update(tests)
            if refreshed != record:
                local = ref.rpartition("/")[2]
                files[lock_path(feature.folder, local)] = render_record(refreshed).encode()
                records[ref] = refreshed
    files.update(_verify(survey, feature, records, result=result, target=target))
    if feature.tasks is not None:
        path = feature.tasks.source.path
        gone = {ref: list_files(survey, ref) for ref in removed}
        files[path] = settle_tasks(feature, verified=records.keys(), removed=gone)
    return Commit(
        files=files,
        message=f"Verify {feature.number}-{feature.slug}",
        trailers={"Spec-Ref": feature.number, RECORDED: ", ".join(list_carried(files))},
    )


def _read_new_records(feature: Feature, commits: Sequence[Commit]) -> dict[str, ComponentRecord]:
    records = {}
    prefix = lock_path(feature.folder, "")[: -len(".json")]
    for commit in commits:
        for path, data in commit.files.items():
            if data is not None and path.startswith(prefix):
                record = read_component_record(data.decode(), path=path)
                if not isinstance(record, Problem):
                    records[record.component] = record
    return records


def _refresh_tests(
    record: ComponentRecord, *, result: FeatureResult, target: Target
) -> tuple[ComponentRecord, Mapping[str, bytes]]:
    """A component's record with its tests as they must be now; its code stays."""
    tests = emit_component_tests(result.suite, target, component=record.component)
    code = [file for file in record.files if file.path in record.bodies]
    new = [DerivedFile(path=path, sha256=digest_bytes(data)) for path, data in tests.items()]
    files = tuple(sorted((*code, *new), key=lambda file: file.path))
    written = record_written(result.suite, owner=record.component)
    return replace(record, files=files, written=written), tests


def _verify(
    survey: Survey,
    feature: Feature,
    records: Mapping[str, ComponentRecord],
    *,
    result: FeatureResult,
    target: Target,
) -> dict[str, bytes | None]:
    bodies = {path: digest for record in records.values() for path, digest in record.bodies.items()}
    made = {found.path for found in result.derived.values()}
    # What stands as a person edited it was tested so.
    standing = survey.deviations.keys() - made
    bodies |= {path: survey.present.bodies[path] for path in standing}
    files: dict[str, bytes | None] = {}
    for ref, planned in survey.reading.index.components.items():
        if planned.feature != feature.number or ref not in records:
            continue
        tests = digest_tests(ref, units=result.suite.units, written=result.suite.written)
        conditions = find_conditions(
            ref,
            index=survey.reading.index,
            records=records,
            bodies=bodies,
            tests=tests,
            emitter=target.emitter_version,
            toolchain=target.toolchain,
            articles=articles_digest(survey.reading.constitution, planned.files),
        )
        line = make_verification(conditions, passed=len(tests))
        known = survey.lock.verifications.get(ref, ())
        kept = [old for old in known if old.bodies == line.bodies and old != line]
        text = "".join(render_verification(entry) for entry in (*kept, line))
        path = verified_path(feature.folder, planned.id)
        files[path] = text.encode()
    return files
