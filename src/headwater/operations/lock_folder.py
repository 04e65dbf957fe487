"""The lock folders of a repository, read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.graph.lock import ComponentRecord, FeatureRecord, Verification
from headwater.graph.records import (
    LOCK_FOLDER,
    read_component_record,
    read_feature_record,
    read_verifications,
)
from headwater.spec.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.graph.lock import DerivedFile

_VERIFIED = ".verified.jsonl"


@dataclass(frozen=True, kw_only=True, slots=True)
class Lock:
    """What the lock folders hold; a record that cannot be read is a problem in its place.

    Keys are refs of components (`001/C1`) and numbers of features (`001`).
    """

    components: dict[str, ComponentRecord | Problem] = field(default_factory=dict)
    features: dict[str, FeatureRecord | Problem] = field(default_factory=dict)
    verifications: dict[str, tuple[Verification, ...]] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)

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
        entries = (*self.components.values(), *self.features.values())
        return (*(entry for entry in entries if isinstance(entry, Problem)), *self.warnings)

    def find_feature(self, number: str) -> FeatureRecord | None:
        """A feature's own record, if there is one that can be read."""
        record = self.features.get(number)
        return record if isinstance(record, FeatureRecord) else None

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
            _read_file(lock, path, name, numbers[folder], data.decode(errors="replace"))
    return lock


def _read_file(lock: Lock, path: str, name: str, feature: str, text: str) -> None:
    if name == "feature.json":
        lock.features[feature] = read_feature_record(text, path=path)
    elif name.endswith(_VERIFIED):
        ref = f"{feature}/{name.removesuffix(_VERIFIED)}"
        lock.verifications[ref], problems = read_verifications(text, path=path)
        lock.warnings.extend(problems)
    elif name.startswith("C") and name.endswith(".json"):
        ref = f"{feature}/{name.removesuffix('.json')}"
        lock.components[ref] = read_component_record(text, path=path)
