"""Whose a file is: derived by a component, by a feature, or the user's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.spec.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from headwater.graph.index import Index
    from headwater.graph.lock import ComponentRecord, FeatureRecord


def map_owners(
    components: Iterable[ComponentRecord], features: Iterable[FeatureRecord]
) -> dict[str, str]:
    """Path of every derived file to what it was derived for: `001/C1`, or the feature `001`."""
    owners = {file.path: record.feature for record in features for file in record.files}
    owners |= {file.path: record.component for record in components for file in record.files}
    return owners


def check_planned_files(
    index: Index, *, owners: Mapping[str, str], files: Mapping[str, str | None]
) -> Iterator[Problem]:
    """Planned files that exist and are not derived for the component that plans them.

    Args:
        index: of the project.
        owners: as `map_owners` gives them.
        files: path to the sha256 of what is on disk, None where there is nothing.
    """
    for planned in index.components.values():
        for path in planned.files:
            owner = owners.get(path)
            if owner == planned.ref or (owner is None and files.get(path) is None):
                continue
            message = (
                f"`{path}` of {planned.ref} is derived for {owner}"
                if owner
                else f"`{path}` of {planned.ref} exists and is not derived"
            )
            yield Problem(
                code="planned-file-taken",
                message=message,
                place=planned.place,
                hint="Plan another file, or move this one out of the way.",
            )
