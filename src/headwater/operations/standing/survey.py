"""How a repository stands: its documents against its lock and its derived files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.graph.digest import digest_value
from headwater.graph.sources import list_sources
from headwater.graph.states import Present, compute_feature_states, compute_states
from headwater.graph.verification import find_conditions, read_present_bodies
from headwater.operations.standing.lock_folder import Lock, read_lock
from headwater.operations.standing.reading import LOCKS, Reading, read_repository
from headwater.rules.articles.apply import articles_digest
from headwater.steps.prompting import template_version
from headwater.workspace.documents import read_documents
from headwater.workspace.files import hash_files, read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from headwater.graph.deviations import Deviation
    from headwater.graph.lock import WrittenRecord
    from headwater.graph.states import ComponentState
    from headwater.graph.summary import FeatureSummary
    from headwater.graph.units import AnyUnit, WrittenTest
    from headwater.graph.verification import Conditions
    from headwater.spec.model import Problem
    from headwater.targets.interface import Target
    from headwater.workspace.kept_results import KeptResults


@dataclass(frozen=True, kw_only=True, slots=True)
class Survey:
    """A repository as it stands.

    Attributes:
        reading: what the documents say.
        lock: what was recorded.
        present: sources, derived files and conditions of verification, now.
        states: of every component, by ref.
        feature_states: of every feature's own files, by number.
        deviations: derived files that stand as they were edited, by path.
    """

    reading: Reading
    lock: Lock
    present: Present
    states: Mapping[str, ComponentState]
    feature_states: Mapping[str, ComponentState]
    deviations: Mapping[str, Deviation] = field(default_factory=dict)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything wrong with documents and lock, with places."""
        return (*self.reading.problems, *self.lock.problems)


def take_survey(
    root: Path,
    *,
    targets: Mapping[str, Target],
    models: tuple[str, ...] = (),
    kept: KeptResults | None = None,
) -> Survey:
    """Read documents, lock and derived files of a repository, and compare them.

    Args:
        root: the repository.
        targets: languages that can be derived for, by name.
        models: names of the configured models, to tell what is upgradeable; empty for unknown.
        kept: results of earlier runs; None for none.

    Raises:
        HeadwaterError: a document is a symbolic link, or the like.
    """
    reading = read_repository(root, targets=targets, kept=kept)
    numbers = {summary.folder: summary.number for summary in reading.summaries.values()}
    lock = read_lock(numbers, read_documents(root, LOCKS))
    files = hash_files(root, [file.path for file in lock.list_files()])
    bodies = read_bodies(reading, lock, files=files)
    deviations = lock.list_standing(files)
    present = Present(
        sources=list_sources(
            reading.index, units=reading.all_units, summaries=reading.summaries.values()
        ),
        files=files,
        conditions=_find_all_conditions(reading, lock, bodies=bodies),
        verifications=lock.verifications,
        bodies=bodies,
        accepted=deviations.keys(),
        models=models,
        template=template_version("deriving"),
    )
    return Survey(
        reading=reading,
        lock=lock,
        present=present,
        states=compute_states(reading.index, lock.components, present),
        feature_states=compute_feature_states(lock.features, files),
        deviations=deviations,
    )


def read_bodies(reading: Reading, lock: Lock, *, files: Mapping[str, str | None]) -> dict[str, str]:
    """Digest of the syntax of every derived code file that is there, by path."""
    bodies: dict[str, str] = {}
    for feature in reading.summaries.values():
        target = reading.target_of(feature)
        prefix = f"{feature.number}/"
        records = [one for ref, one in lock.records.items() if ref.startswith(prefix)]
        if target is None or not records:
            continue

        def digest_file(path: str, target: Target = target) -> str:
            return target.digest_body(read_file(reading.root, path).decode(errors="replace"))

        bodies |= read_present_bodies(records, files, digest_file=digest_file)
    return bodies


def _find_all_conditions(
    reading: Reading, lock: Lock, *, bodies: Mapping[str, str]
) -> dict[str, Conditions]:
    """Under which conditions every component with a record would be verified now, by ref."""
    conditions: dict[str, Conditions] = {}
    for feature in reading.summaries.values():
        target = reading.target_of(feature)
        if target is not None:
            conditions.update(_find_conditions(feature, target, reading, lock, bodies))
    return conditions


def _find_conditions(
    feature: FeatureSummary,
    target: Target,
    reading: Reading,
    lock: Lock,
    bodies: Mapping[str, str],
) -> dict[str, Conditions]:
    records = lock.records
    written = list_written(lock, feature.number)
    refs = [ref for ref in reading.index.plans.get(feature.number, ()) if ref in records]
    if not refs:
        return {}
    toolchain = target.toolchain
    return {
        ref: find_conditions(
            ref,
            index=reading.index,
            records=records,
            bodies=bodies,
            tests=digest_tests(ref, units=reading.units[feature.number], written=written),
            emitter=target.emitter_version,
            toolchain=toolchain,
            articles=articles_digest(reading.constitution, reading.index.components[ref].files),
        )
        for ref in refs
    }


def digest_tests(
    component: str,
    *,
    units: Iterable[AnyUnit],
    written: Iterable[WrittenTest | WrittenRecord],
) -> dict[str, str]:
    """The tests that judge a component, key to digest: its own, and feature tests that touch it.

    Args:
        component: `001/C1`.
        units: those of its feature, made from examples.
        written: those of its feature that a model wrote.
    """
    tests = {
        unit.key: unit.digest
        for unit in units
        if component == unit.owner or (not unit.owner and component in unit.touches)
    }
    for test in written:
        if component in test.touches:
            tests[test.key] = digest_value("written test", test.code)
    return tests


def list_written(lock: Lock, feature: str) -> list[WrittenRecord]:
    """The tests of a feature that a model wrote and the lock holds."""
    own = lock.find_feature(feature)
    records = (item for ref, item in lock.records.items() if ref.startswith(f"{feature}/"))
    return [test for holder in (*records, *((own,) if own else ())) for test in holder.written]
