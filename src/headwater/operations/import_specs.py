"""`headwater import`: features of OpenSpec and Kiro become native ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.interop.imported_from import find_imported, find_native
from headwater.interop.writing.constitution_text import render_constitution
from headwater.interop.writing.documents import render_documents
from headwater.interop.writing.draft import Family, list_refs, make_drafts
from headwater.operations.importing.describe_import import describe_import
from headwater.operations.importing.import_refusals import (
    ImportedError,
    refuse_nothing,
    refuse_overwriting,
    refuse_unreadable,
)
from headwater.operations.standing.foreign import list_formats
from headwater.operations.standing.locate import locate_path
from headwater.operations.standing.reading import DOCUMENTS
from headwater.spec.read_project import CONSTITUTION_PATH, find_folders
from headwater.workspace.documents import read_documents
from headwater.workspace.files import write_file
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from headwater.interop.interface import ForeignProject, Format
    from headwater.interop.writing.draft import Draft
    from headwater.operations.importing.import_report import ImportReport
    from headwater.spec.model import Constitution
    from headwater.spec.read_project import FeatureFolder


@dataclass(frozen=True, kw_only=True, slots=True)
class _Wanted:
    """What is asked for: paths, everything when there is none, and what is there already."""

    paths: tuple[str, ...]
    archived: bool
    imported: Mapping[str, str]

    def covers(self, path: str) -> bool:
        """Whether a path is, holds, or lies in what was named."""
        return not self.paths or any(
            not one or path == one or path.startswith(f"{one}/") or one.startswith(f"{path}/")
            for one in self.paths
        )


@dataclass(kw_only=True, slots=True)
class _Chosen:
    """What is to be imported: features with their parts, principles, and what else was read."""

    families: list[Family] = field(default_factory=list)
    guidance: list[Constitution] = field(default_factory=list)
    projects: list[ForeignProject] = field(default_factory=list)


def import_specs(
    path: Path, paths: Sequence[Path], *, archived: bool = False, write: bool = True
) -> ImportReport:
    """Write native documents for features of other formats; nothing that is there is changed.

    Nothing is written unless all of it can be.

    Args:
        path: a folder of the repository.
        paths: what to import; everything that was not imported yet when empty.
        archived: changes that are done with, too.
        write: False only tells what would be written.

    Raises:
        ImportedError: what is named was imported already.
        HeadwaterError: there is nothing to import, or not as it is, or something is in the way.
    """
    repository = open_repository(path)
    root = repository.root
    present = read_documents(root, DOCUMENTS)
    native, _ = find_folders(present)
    wanted = _Wanted(
        paths=tuple(locate_path(repository, one) for one in paths),
        archived=archived,
        imported=find_imported(native),
    )
    chosen = _choose(root, wanted)
    makes_constitution = bool(chosen.guidance) and CONSTITUTION_PATH not in present
    if not chosen.families and not makes_constitution:
        known = [one for one in wanted.imported if wanted.covers(one)]
        refuse_nothing(wanted.paths, imported=known, guidance=chosen.guidance)
    drafts = make_drafts(chosen.families, taken=[folder.number for folder in native])
    documents = _render(drafts)
    if makes_constitution:
        documents[CONSTITUTION_PATH] = render_constitution(chosen.guidance, name=root.name)
    refuse_overwriting(root, documents)
    if write:
        _write_all(root, documents)
    return describe_import(
        drafts,
        guidance=chosen.guidance,
        projects=chosen.projects,
        constitution=CONSTITUTION_PATH if makes_constitution else "",
        written=write,
    )


def _write_all(root: Path, documents: Mapping[str, bytes]) -> None:
    for path, data in documents.items():
        write_file(root, path, data)


def _choose(root: Path, wanted: _Wanted) -> _Chosen:
    """Read what is wanted of every format."""
    chosen = _Chosen()
    for one in list_formats(root):
        patterns = (*one.patterns, *(one.archived if wanted.archived else ()))
        documents = read_documents(root, patterns)
        chosen.families += _read_families(one, one.find_folders(documents), wanted)
        project = one.read_project(documents)
        telling = (each for each in project.guidance if each.articles)
        chosen.guidance += (each for each in telling if wanted.covers(each.source.path))
        chosen.projects += [] if wanted.paths else [project]
    return chosen


def _read_families(
    one: Format, folders: Iterable[FeatureFolder], wanted: _Wanted
) -> Iterator[Family]:
    """The features that are wanted, each with those that are a part of it."""
    found: dict[str, Family] = {}
    for folder in folders:
        parent = one.find_parent(folder.path)
        native = find_native(one, folder.path, wanted.imported)
        if native and folder.path in wanted.paths:
            raise ImportedError(folder.path, native)
        if native or not wanted.covers(parent or folder.path):
            continue
        read = one.read_feature(folder)
        refuse_unreadable(read.problems)
        whole = found.get(parent)
        if whole:
            whole.parts.append(read)
        else:
            found[folder.path] = Family(origin=one.origin, whole=read)
    yield from found.values()


def _render(drafts: Sequence[Draft]) -> dict[str, bytes]:
    refs = list_refs(drafts)
    documents: dict[str, bytes] = {}
    for draft in drafts:
        documents |= render_documents(draft, refs=refs)
    return documents
