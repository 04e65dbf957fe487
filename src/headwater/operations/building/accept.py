"""Accepting a derived feature: its records, and one commit a component on a private ref."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater import __version__
from headwater.graph.digest import digest_bytes
from headwater.graph.lock import (
    ComponentRecord,
    DerivedFile,
    FeatureRecord,
    Generator,
    WrittenRecord,
)
from headwater.graph.records import digest_record, lock_path, render_record, verified_path
from headwater.graph.strength_codec import strength_path
from headwater.graph.vouching import BUILDER, DERIVATION
from headwater.operations.building.prepare import read_current
from headwater.operations.building.settle_tasks import settle_tasks
from headwater.operations.standing.deviations import find_deviations_file
from headwater.steps.deriving.steadiness import measure_diff
from headwater.steps.prompting import template_version
from headwater.workspace.commits import commit_files

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from headwater.graph.units import WrittenTest
    from headwater.operations.standing.survey import Survey
    from headwater.spec.model import Feature
    from headwater.steps.deriving.component import Derived
    from headwater.steps.deriving.feature import FeatureResult
    from headwater.steps.deriving.suites import AnyTest, Suite
    from headwater.steps.settings import SearchSettings
    from headwater.targets.interface import Target
    from headwater.workspace.repository import Repository


@dataclass(frozen=True, kw_only=True, slots=True)
class Commit:
    """What one commit will hold: path to new bytes, None for a file that goes."""

    files: Mapping[str, bytes | None]
    message: str
    trailers: Mapping[str, str]


def make_component_commit(
    derived: Derived,
    *,
    survey: Survey,
    feature: Feature,
    suite: Suite,
    target: Target,
    generator: Generator,
) -> Commit:
    """The commit of one derived component: code, tests and record; `generator` made the code."""
    index = survey.reading.index
    planned = index.components[derived.ref]
    local = planned.id
    tests = _emit(suite, target, owner=derived.ref)
    files = {derived.path: derived.code.encode(), **tests}
    record = ComponentRecord(
        component=derived.ref,
        sources=dict(survey.present.sources[derived.ref]),
        files=_describe_files(files),
        interface=planned.interface,
        bodies={derived.path: target.digest_body(derived.code)},
        generator=generator,
        written=record_written(suite, owner=derived.ref),
    )
    record_file = {lock_path(feature.folder, local): render_record(record).encode()}
    removed = dict.fromkeys(_find_dropped(survey, derived.ref, files))
    if deviations := find_deviations_file(survey, derived.ref):
        removed[deviations] = None  # what was accepted was accepted over another derivation
    refs = ", ".join(index.live_refs(derived.ref))
    return Commit(
        files={**removed, **files, **record_file},
        message=f"Derive {planned.name} ({derived.ref})",
        trailers={
            "Spec-Ref": refs,
            DERIVATION: digest_record(record),
            "Model": generator.model,
            BUILDER: f"headwater {__version__}",
        },
    )


def make_removal_commit(
    component: str, *, survey: Survey, feature: Feature, gone: Collection[str]
) -> Commit:
    """The commit that takes an orphaned component's files, record and tasks away.

    Args:
        component: `001/C4`; it has a record.
        survey: the repository before the build.
        feature: its feature.
        gone: the components that the commits before this one took away.
    """
    local = component.rpartition("/")[2]
    paths = [
        *(
            path
            for path in list_files(survey, component)
            if survey.present.files.get(path) is not None
        ),
        lock_path(feature.folder, local),
    ]
    if component in survey.lock.verifications:
        paths.append(verified_path(feature.folder, local))
    if component in survey.lock.strengths:
        paths.append(strength_path(feature.folder, local))
    if deviations := find_deviations_file(survey, component):
        paths.append(deviations)
    files: dict[str, bytes | None] = dict.fromkeys(paths)
    if feature.tasks is not None:
        removed = {ref: list_files(survey, ref) for ref in (*gone, component)}
        files[feature.tasks.source.path] = settle_tasks(feature, removed=removed)
    return Commit(
        files=files,
        message=f"Remove what nothing asks for any more ({component})",
        trailers={"Spec-Ref": component},
    )


def list_files(survey: Survey, component: str) -> list[str]:
    """The derived files of a component, as its record names them; none without a record."""
    record = survey.lock.records.get(component)
    return [file.path for file in record.files] if record else []


def make_feature_files(
    result: FeatureResult, *, survey: Survey, feature: Feature, target: Target
) -> Mapping[str, bytes | None]:
    """The files of a feature itself: its own tests, what tests share, and its record."""
    suite = result.suite
    support = {path: text.encode() for path, text in target.emit_support(suite.feature).items()}
    files = {**support, **_emit(suite, target, owner="")}
    known = survey.lock.find_feature(feature.number)
    record = FeatureRecord(
        feature=feature.number,
        drawn=known.drawn if known else tuple(sorted(unit.key for unit in suite.units)),
        held_out=known.held_out if known else tuple(sorted(suite.held_out)),
        files=_describe_files(files),
        written=record_written(suite, owner=""),
    )
    before = {file.path for file in known.files} if known else set()
    gone: dict[str, bytes | None] = dict.fromkeys(sorted(before - files.keys()))
    record_file = {lock_path(feature.folder, "feature"): render_record(record).encode()}
    return {**gone, **files, **record_file}


def emit_component_tests(suite: Suite, target: Target, *, component: str) -> Mapping[str, bytes]:
    """The test file of one component, as it must be; empty when it owns no test."""
    return _emit(suite, target, owner=component)


def record_written(suite: Suite, *, owner: str) -> tuple[WrittenRecord, ...]:
    """The tests written by a model that a component owns; the feature's own for an empty owner."""
    return tuple(_record_written(test) for test in suite.written if test.owner == owner)


def make_commit(repository: Repository, commit: Commit, *, ref: str, base: str) -> str:
    """Put one commit on the private ref; returns its id, or its parent's when nothing differs."""
    return commit_files(
        repository,
        ref=ref,
        base=base,
        files=commit.files,
        message=commit.message,
        trailers=commit.trailers,
    )


def _emit(suite: Suite, target: Target, *, owner: str) -> dict[str, bytes]:
    def owned(test: AnyTest) -> bool:
        return test.owner == owner

    return {file.path: file.text.encode() for file in suite.select(target, owned)}


def _describe_files(files: Mapping[str, bytes]) -> tuple[DerivedFile, ...]:
    return tuple(
        DerivedFile(path=path, sha256=digest_bytes(data)) for path, data in sorted(files.items())
    )


def describe_generator(
    derived: Derived, *, survey: Survey, settings: SearchSettings, seed: int
) -> Generator:
    """What made a derived component, and how far it moved the file that was there."""
    implemented, before = derived.implemented, read_current(survey, derived.path)
    cost = implemented.usage.cost
    return Generator(
        model=implemented.model,
        template=template_version("deriving"),
        parameters={"seed": str(seed), "tokens": str(settings.tokens)},
        attempts=len(implemented.history),
        input_tokens=implemented.usage.input_tokens,
        output_tokens=sum(tried.output_tokens for tried in implemented.history),
        cost="" if cost is None else str(cost),
        diff=str(measure_diff(before, derived.code)) if before else "",
    )


def _record_written(test: WrittenTest) -> WrittenRecord:
    return WrittenRecord(
        key=test.key,
        ref=test.ref,
        prose=test.key.rpartition("-")[2],
        code=test.code,
        touches=test.touches,
    )


def _find_dropped(survey: Survey, ref: str, files: Iterable[str]) -> list[str]:
    """Files that the component had and has no more."""
    return sorted(set(list_files(survey, ref)) - set(files))
