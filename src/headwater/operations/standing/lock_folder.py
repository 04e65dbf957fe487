"""The lock folders of a repository, read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from headwater.graph.approvals import APPROVALS_NAME, read_approvals
from headwater.graph.deviations import (
    DEVIATIONS_ENDING,
    choose_standing,
    choose_valid,
    read_deviations,
)
from headwater.graph.lock import BasisRecord, ComponentRecord, FeatureRecord, Verification
from headwater.graph.records import (
    BASIS_ENDING,
    LOCK_FOLDER,
    VERIFIED_ENDING,
    read_basis_record,
    read_component_record,
    read_feature_record,
    read_verifications,
    report_damage,
)
from headwater.graph.strength_codec import STRENGTH_ENDING, read_strengths
from headwater.spec.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.graph.approvals import Approval
    from headwater.graph.deviations import Deviation
    from headwater.graph.lock import DerivedFile
    from headwater.graph.strength import StrengthRecord

_Record = TypeVar("_Record", ComponentRecord, FeatureRecord, BasisRecord)


@dataclass(frozen=True, kw_only=True, slots=True)
class Lock:
    """What the lock folders hold; a record that cannot be read is a problem in its place.

    Keys are refs of components (`001/C1`) and of items of documents (`001/D1`), and numbers of
    features (`001`); `deviations` are edits of their files that were accepted, `approvals` all
    lines about all documents, `files` the bytes that all of it was read from, by path.
    """

    components: dict[str, ComponentRecord | Problem] = field(default_factory=dict)
    features: dict[str, FeatureRecord | Problem] = field(default_factory=dict)
    bases: dict[str, BasisRecord | Problem] = field(default_factory=dict)
    verifications: dict[str, tuple[Verification, ...]] = field(default_factory=dict)
    strengths: dict[str, tuple[StrengthRecord, ...]] = field(default_factory=dict)
    deviations: dict[str, tuple[Deviation, ...]] = field(default_factory=dict)
    approvals: list[Approval] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def records(self) -> dict[str, ComponentRecord]:
        """The component records that could be read."""
        return {
            ref: record
            for ref, record in self.components.items()
            if isinstance(record, ComponentRecord)
        }

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Records that could not be read, and lines that count for nothing."""
        entries = (*self.components.values(), *self.features.values(), *self.bases.values())
        return (*(entry for entry in entries if isinstance(entry, Problem)), *self.warnings)

    def find_feature(self, number: str) -> FeatureRecord | None:
        """A feature's own record, if there is one that can be read."""
        record = self.features.get(number)
        return record if isinstance(record, FeatureRecord) else None

    def list_valid(self) -> Iterator[Deviation]:
        """The accepted deviations that are about code as it was derived last."""
        for ref, lines in self.deviations.items():
            yield from choose_valid(lines, self.records.get(ref))

    def list_standing(self, files: Mapping[str, str | None]) -> dict[str, Deviation]:
        """The accepted deviations that are there, by path; `files` are the sha256 of all files."""
        records = self.records
        return {
            one.path: one
            for ref, lines in self.deviations.items()
            for one in choose_standing(lines, records.get(ref), files)
        }

    def list_files(self) -> Iterator[DerivedFile]:
        """Every derived file that a record names."""
        for record in (*self.components.values(), *self.features.values()):
            if not isinstance(record, Problem):
                yield from record.files


def read_lock(numbers: Mapping[str, str], files: Mapping[str, bytes]) -> Lock:
    """Read lock folders.

    Args:
        numbers: the features' folders, to their numbers.
        files: what the lock folders hold, path to bytes.
    """
    lock = Lock()
    for path, data in files.items():
        folder, _, name = path.partition(f"/{LOCK_FOLDER}/")
        if folder in numbers:
            lock.files[path] = data
        if name == APPROVALS_NAME:
            read, problems = read_approvals(data.decode(errors="replace"), path=path)
            lock.approvals.extend(read)
            lock.warnings.extend(problems)
        elif folder in numbers:
            _read_file(lock, path, name, numbers[folder], data.decode(errors="replace"))
    return lock


def _read_file(lock: Lock, path: str, name: str, feature: str, text: str) -> None:
    if name == "feature.json":
        record = read_feature_record(text, path=path)
        lock.features[feature] = _refuse_other(record, ref=feature, path=path)
    elif name.endswith(VERIFIED_ENDING):
        ref = f"{feature}/{name.removesuffix(VERIFIED_ENDING)}"
        lock.verifications[ref], problems = read_verifications(text, path=path)
        lock.warnings.extend(problems)
    elif name.endswith(STRENGTH_ENDING):
        ref = f"{feature}/{name.removesuffix(STRENGTH_ENDING)}"
        lock.strengths[ref], problems = read_strengths(text, path=path)
        lock.warnings.extend(problems)
    elif name.endswith(BASIS_ENDING):
        ref = f"{feature}/{name.removesuffix(BASIS_ENDING)}"
        lock.bases[ref] = _refuse_other(read_basis_record(text, path=path), ref=ref, path=path)
    elif name.endswith(DEVIATIONS_ENDING):
        ref = f"{feature}/{name.removesuffix(DEVIATIONS_ENDING)}"
        lock.deviations[ref], problems = read_deviations(text, path=path)
        lock.warnings.extend(problems)
    elif name.startswith("C") and name.endswith(".json"):
        ref = f"{feature}/{name.removesuffix('.json')}"
        component = read_component_record(text, path=path)
        lock.components[ref] = _refuse_other(component, ref=ref, path=path)


def _refuse_other(record: _Record | Problem, *, ref: str, path: str) -> _Record | Problem:
    """A record that is sound but another's, as when a merge or a hand put it there."""
    if isinstance(record, Problem):
        return record
    named = _name_owner(record)
    if named == ref:
        return record
    return report_damage(f"it is the record of {named}, not of {ref}", path=path)


def _name_owner(record: ComponentRecord | FeatureRecord | BasisRecord) -> str:
    match record:
        case ComponentRecord():
            return record.component
        case FeatureRecord():
            return record.feature
        case BasisRecord():
            return record.item
