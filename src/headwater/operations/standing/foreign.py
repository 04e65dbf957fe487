"""Finding and reading the documents of other tools beside the native ones."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from headwater.interop.imported_from import find_imported, find_native
from headwater.spec.model import Place, Problem, Severity
from headwater.spec.origin import Origin
from headwater.spec.read_project import read_feature
from headwater.workspace.documents import read_documents
from headwater.workspace.files import find_folders

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from headwater.interop.interface import Format
    from headwater.spec.model import Constitution, Feature
    from headwater.spec.read_project import FeatureFolder

_FOLDERS = ("openspec", ".kiro")


@dataclass(kw_only=True, slots=True)
class ForeignDocuments:
    """What stands in the folders of other tools.

    Attributes:
        documents: the bytes of every document, by path.
        folders: of features, not read yet.
        guidance: principles, one value a file.
        problems: those of no feature.
    """

    documents: dict[str, bytes] = field(default_factory=dict)
    folders: list[FeatureFolder] = field(default_factory=list)
    guidance: tuple[Constitution, ...] = ()
    problems: list[Problem] = field(default_factory=list)


def read_foreign(root: Path, *, native: Sequence[FeatureFolder]) -> ForeignDocuments:
    """What OpenSpec and Kiro have in a repository, without what was imported from there.

    Raises:
        HeadwaterError: a document is a symbolic link, or the like.
    """
    formats = list_formats(root)
    patterns = [pattern for one in formats for pattern in one.patterns]
    documents = read_documents(root, patterns) if patterns else {}
    return gather_foreign(documents, formats=formats, native=native)


def gather_foreign(
    documents: Mapping[str, bytes], *, formats: Sequence[Format], native: Sequence[FeatureFolder]
) -> ForeignDocuments:
    """What documents of these formats hold, path to bytes, without what was imported from them."""
    found = ForeignDocuments(documents=dict(documents))
    taken = {folder.number for folder in native}
    imported = find_imported(native) if formats else {}
    for one in formats:
        folders = one.find_folders(documents)
        kept = [folder for folder in folders if not find_native(one, folder.path, imported)]
        project = one.read_project(documents)
        found.guidance += project.guidance
        for guidance in project.guidance:
            found.problems += guidance.problems
        found.problems += project.problems
        for folder in kept:
            _add(found, folder, taken)
        if len(kept) < len(folders):
            found.problems.append(_passed_over(one.folder, len(folders) - len(kept)))
    return found


def list_formats(root: Path) -> tuple[Format, ...]:
    """The foreign formats whose folder is there."""
    there = find_folders(root, _FOLDERS)
    if not there:
        return ()
    # Imported here for start-up cost: a repository without such a folder pays nothing.
    from headwater.interop.formats import FORMATS  # noqa: PLC0415

    return tuple(one for one in FORMATS if one.folder in there)


def list_formats_of(paths: Iterable[str]) -> tuple[Format, ...]:
    """The foreign formats that have a document among these paths."""
    folders = {path.partition("/")[0] for path in paths}
    if folders.isdisjoint(_FOLDERS):
        return ()
    from headwater.interop.formats import FORMATS  # noqa: PLC0415  # for start-up cost

    return tuple(one for one in FORMATS if one.folder in folders)


def read_any_feature(folder: FeatureFolder) -> tuple[Feature, list[Problem]]:
    """Read a feature, whatever its format, and tell which documents cannot be read at all."""
    if folder.origin is Origin.NATIVE:
        return read_feature(folder)
    # Imported here for start-up cost: most features are native, or need not be read again.
    from headwater.interop.formats import find_format  # noqa: PLC0415

    read = find_format(folder.origin).read_feature(folder)
    return read.feature, list(read.problems)


def _add(found: ForeignDocuments, folder: FeatureFolder, taken: set[str]) -> None:
    """Take a folder; where its number is taken, its path is its number."""
    if folder.number in taken:
        found.problems.append(_number_taken(folder))
        folder = replace(folder, number=folder.path)
    taken.add(folder.number)
    found.folders.append(folder)


def _number_taken(folder: FeatureFolder) -> Problem:
    return Problem(
        code="feature-number-taken",
        message=f"another feature is called {folder.number}; this one is known as {folder.path}",
        place=Place(path=folder.path, line=1),
        hint="Give one of the two another name.",
        severity=Severity.WARNING,
    )


def _passed_over(folder: str, count: int) -> Problem:
    what = "1 feature was" if count == 1 else f"{count} features were"
    return Problem(
        code="imported-already",
        message=f"{what} imported from here; only the native documents are read",
        place=Place(path=folder, line=1),
        hint="Remove what was imported once nobody needs it any more.",
        severity=Severity.WARNING,
    )
