"""Files that plans name and that must not be derived where they are: taken, or out of reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.derived_paths import find_path_fault
from headwater.graph.ownership import check_planned_files, map_owners
from headwater.operations.checking.lost_records import find_lost_records
from headwater.spec.model import Problem
from headwater.workspace.files import hash_files

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from headwater.operations.standing.survey import Survey


def find_planned_problems(survey: Survey) -> list[Problem]:
    """Planned files that are the user's own or another component's, or lie behind a link.

    Where a component's record was lost, that is told in place of taking its files for the user's.
    Paths that structure refuses are left out: they must not even be looked at.
    """
    index = survey.reading.index
    problems: list[Problem] = []
    files: dict[str, str | None] = {}
    paths = [
        path
        for planned in index.components.values()
        for path in planned.files
        if not find_path_fault(path)
    ]
    try:
        files.update(hash_files(survey.reading.root, paths))
    except HeadwaterError:
        problems = [*_find_blocked(survey, files)]
    lost = find_lost_records(survey, files)
    owners = _map_owners(survey, lost)
    return [*problems, *lost.values(), *check_planned_files(index, owners=owners, files=files)]


def _find_blocked(survey: Survey, files: dict[str, str | None]) -> Iterator[Problem]:
    """Look at the files one component at a time, and tell which of them are out of reach."""
    for planned in survey.reading.index.components.values():
        paths = [path for path in planned.files if not find_path_fault(path)]
        try:
            files.update(hash_files(survey.reading.root, paths))
        except HeadwaterError as error:
            yield Problem(
                code="planned-path-blocked",
                message=f"a file of {planned.ref} is out of reach: {error.message}",
                place=planned.place,
                hint=error.hint,
            )


def _map_owners(survey: Survey, lost: Collection[str]) -> dict[str, str]:
    lock = survey.lock
    features = [record for number in lock.features if (record := lock.find_feature(number))]
    owners = map_owners(lock.records.values(), features)
    for ref, planned in survey.reading.index.components.items():
        if ref in lost or isinstance(lock.components.get(ref), Problem):
            # Its record is lost or damaged, an error by itself; what it plans stays its own.
            owners.update(dict.fromkeys(planned.files, ref))
    return owners
