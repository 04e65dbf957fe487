"""Lock records that are gone while files that were derived with them are still there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from headwater.errors import HeadwaterError
from headwater.graph.records import lock_path
from headwater.operations.standing.connect import list_test_files
from headwater.spec.ids import split_ref
from headwater.spec.model import Place, Problem
from headwater.workspace.commits import read_tree_entries
from headwater.workspace.files import hash_files
from headwater.workspace.history import find_removal
from headwater.workspace.repository import NoRepositoryError, open_repository, read_ref

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from headwater.operations.standing.survey import Survey
    from headwater.workspace.repository import Repository

LOST: Final = "lock-lost"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Suspect:
    """Something without a record: `001/C1`, or a feature; and files that the record may have named.

    `files` are those that are there.
    """

    ref: str
    record: str
    files: tuple[str, ...]


def find_lost_records(survey: Survey, present: Mapping[str, str | None]) -> dict[str, Problem]:
    """Components and features whose record git knows and the lock has lost, by ref.

    Their files are not the user's own. A record that a build took away, its files with it, is not
    lost. Git is asked only where there is a file and no record.

    Args:
        survey: the repository as it stands.
        present: planned files to the sha256 of what is on disk, None where there is nothing.
    """
    suspects = [*_suspect_components(survey, present), *_suspect_features(survey)]
    repository = _open(survey) if suspects else None
    if repository is None:
        return {}
    recorded = read_tree_entries(repository, "HEAD", [one.record for one in suspects])
    return {
        one.ref: _report(one)
        for one in suspects
        if one.record in recorded or _was_removed_alone(repository, one)
    }


def _suspect_components(survey: Survey, present: Mapping[str, str | None]) -> Iterator[_Suspect]:
    reading = survey.reading
    tests = dict(list_test_files(reading.summaries.values(), targets=reading.targets))
    missing = [ref for ref in reading.index.components if ref not in survey.lock.components]
    paths = [tests[ref] for ref in missing if ref in tests]
    found = {**present, **_look(reading.root, paths)}
    for ref in missing:
        planned = reading.index.components[ref]
        files = (*planned.files, *([tests[ref]] if ref in tests else ()))
        there = tuple(path for path in files if found.get(path) is not None)
        if there:
            folder = reading.summaries[planned.feature].folder
            yield _Suspect(ref=ref, record=lock_path(folder, planned.id), files=there)


def _look(root: Path, paths: Sequence[str]) -> Mapping[str, str | None]:
    """What is on disk; nothing where a link leads elsewhere, which a build refuses by itself."""
    try:
        return hash_files(root, paths)
    except HeadwaterError:
        return {}


def _suspect_features(survey: Survey) -> Iterator[_Suspect]:
    """Features with derived components and without a record of their own."""
    for number in dict.fromkeys(split_ref(ref)[0] for ref in survey.lock.components):
        if number not in survey.lock.features:
            folder = survey.reading.summaries[number].folder
            components = [ref for ref in survey.lock.components if split_ref(ref)[0] == number]
            records = tuple(lock_path(folder, split_ref(ref)[1]) for ref in components)
            yield _Suspect(ref=number, record=lock_path(folder, "feature"), files=records)


def _open(survey: Survey) -> Repository | None:
    try:
        repository = open_repository(survey.reading.root)
    except NoRepositoryError:
        return None
    return repository if read_ref(repository, "HEAD") else None


def _was_removed_alone(repository: Repository, suspect: _Suspect) -> bool:
    """Whether the commit that took the record away left its files where they were."""
    commit = find_removal(repository, suspect.record)
    return bool(commit and read_tree_entries(repository, commit, suspect.files))


def _report(suspect: _Suspect) -> Problem:
    left = ", ".join(suspect.files)
    return Problem(
        code=LOST,
        message=f"the lock record of {suspect.ref} is gone, what belongs to it is there: {left}",
        place=Place(path=suspect.record, line=1),
        hint=f"`headwater revert {suspect.record}` restores it.",
    )
