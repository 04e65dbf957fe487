"""What articles judge plans and the repository by: dependencies, documents, tests, secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.operations.building.testing_faults import find_testing_faults
from headwater.operations.standing.installed import find_packages
from headwater.operations.standing.manifests import MANIFESTS, read_manifest
from headwater.rules.articles.apply import list_demands, list_needs
from headwater.rules.articles.evidence import Dependency, Evidence
from headwater.rules.articles.interface import Need
from headwater.rules.articles.registry import RULES
from headwater.spec.origin import Origin
from headwater.spec.read_project import CONSTITUTION_PATH
from headwater.workspace.files import MAX_DOCUMENT_BYTES, read_file
from headwater.workspace.listing import list_files

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from headwater.operations.standing.survey import Survey
    from headwater.rules.notes import FeatureNotes
    from headwater.spec.model import Constitution, Problem


def gather_plans(
    survey: Survey,
    constitution: Constitution,
    *,
    notes: Iterable[FeatureNotes],
    features: Collection[str],
) -> tuple[Evidence, list[Problem]]:
    """The evidence on features' plans and on the repository, and warnings of what is unreadable.

    Args:
        survey: the repository.
        constitution: whose checks say what is gathered.
        notes: of all features.
        features: numbers of the features whose documents are judged.
    """
    reading = survey.reading
    needs = list_needs(constitution)
    every = tuple(notes)
    judged = [own for own in every if own.number in features]
    dependencies, problems = (
        _list_dependencies(survey, judged) if Need.DEPENDENCIES in needs else ((), [])
    )
    native = [number for number in features if reading.origins[number] is Origin.NATIVE]
    evidence = Evidence(
        texts=_read_texts(survey, constitution, features) if Need.TEXTS in needs else {},
        dependencies=dependencies,
        packages=(
            find_packages(each.name for each in dependencies) if Need.PACKAGES in needs else {}
        ),
        paths=(
            frozenset(list_files(reading.root, list_required_globs(constitution)))
            if Need.PATHS in needs
            else None
        ),
        testing_faults=(
            tuple(fault for number in native for fault in find_testing_faults(survey, number))
            if Need.TESTS in needs
            else ()
        ),
        planned_types=tuple(each for own in every for each in own.types),
        decided=frozenset(name for own in every for name in own.decided),
        judges_plans=True,
    )
    return evidence, problems


def list_required_globs(constitution: Constitution) -> tuple[str, ...]:
    """Globs of the files that checks want to be there."""
    return _list_globs(constitution, Need.PATHS)


def list_watched_globs(constitution: Constitution) -> tuple[str, ...]:
    """Globs of the files besides documents that checks look for secrets in."""
    return _list_globs(constitution, Need.TEXTS)


def _list_globs(constitution: Constitution, need: Need) -> tuple[str, ...]:
    return tuple(
        glob
        for demand in list_demands(constitution)
        if demand.check.check in RULES and need in RULES[demand.check.check].needs
        for glob in demand.names("paths")
    )


def _list_dependencies(
    survey: Survey, notes: Collection[FeatureNotes]
) -> tuple[tuple[Dependency, ...], list[Problem]]:
    """Those of plans, then those of dependency files."""
    found = [
        Dependency(each.name, each.pinned, each.place) for own in notes for each in own.dependencies
    ]
    problems: list[Problem] = []
    root = survey.reading.root
    for path in list_files(root, MANIFESTS):
        text = read_file(root, path, limit=MAX_DOCUMENT_BYTES).decode(errors="replace")
        named, unreadable = read_manifest(path, text)
        found += named
        problems += unreadable
    return tuple(found), problems


def _read_texts(
    survey: Survey, constitution: Constitution, features: Collection[str]
) -> dict[str, str]:
    """The constitution, the features' documents, and the files that checks name."""
    reading = survey.reading
    folders = tuple(f"{reading.summaries[number].folder}/" for number in features)
    texts = {
        path: data.decode(errors="replace")
        for path, data in reading.documents.items()
        if path == CONSTITUTION_PATH or path.startswith(folders)
    }
    derived = {file.path for file in survey.lock.list_files()}
    for path in list_files(reading.root, list_watched_globs(constitution)):
        if path not in derived:
            data = read_file(reading.root, path, limit=MAX_DOCUMENT_BYTES)
            texts[path] = data.decode(errors="replace")
    return texts
