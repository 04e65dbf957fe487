"""`headwater import`: features of OpenSpec and Kiro become native ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.interop.imported_from import find_imported, is_imported
from headwater.interop.writing.constitution_text import render_constitution
from headwater.interop.writing.documents import render_documents
from headwater.interop.writing.draft import Family, list_refs, make_drafts
from headwater.operations.describe_import import describe_import
from headwater.operations.foreign import list_formats
from headwater.operations.locate import locate_path
from headwater.operations.reading import DOCUMENTS
from headwater.spec.read_project import CONSTITUTION_PATH, find_folders
from headwater.workspace.documents import read_documents
from headwater.workspace.files import resolve_inside, write_file
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from headwater.interop.interface import ForeignFeature, ForeignProject, Format
    from headwater.operations.import_report import ImportReport
    from headwater.spec.model import Constitution
    from headwater.spec.read_project import FeatureFolder


@dataclass(kw_only=True, slots=True)
class Chosen:
    """What is to be imported.

    Attributes:
        families: features with their parts.
        guidance: principles for a constitution.
        projects: what else was read beside them.
    """

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
        HeadwaterError: there is nothing to import, it was imported already, or a document cannot
            be read.
    """
    repository = open_repository(path)
    root = repository.root
    present = read_documents(root, DOCUMENTS)
    native, _ = find_folders(present)
    wanted = [locate_path(repository, one) for one in paths]
    imported = find_imported(native)
    chosen = Chosen()
    for one in list_formats(root):
        _choose(chosen, one, root, wanted=wanted, imported=imported, archived=archived)
    if not chosen.families and not chosen.guidance:
        raise _nothing(wanted, imported)
    drafts = make_drafts(chosen.families, taken=[folder.number for folder in native])
    refs = list_refs(drafts)
    documents: dict[str, bytes] = {}
    for draft in drafts:
        documents |= render_documents(draft, refs=refs)
    new_constitution = bool(chosen.guidance) and CONSTITUTION_PATH not in present
    if new_constitution:
        data = render_constitution(chosen.guidance, name=root.name)
        documents[CONSTITUTION_PATH] = data
    _refuse_overwriting(root, documents)
    for place, data in documents.items() if write else ():
        write_file(root, place, data)
    return describe_import(
        drafts,
        guidance=chosen.guidance,
        projects=chosen.projects,
        constitution=CONSTITUTION_PATH if new_constitution else "",
        written=write,
    )


def _choose(
    chosen: Chosen,
    one: Format,
    root: Path,
    *,
    wanted: Sequence[str],
    imported: dict[str, str],
    archived: bool,
) -> None:
    """Read what is wanted of one format."""
    patterns = (*one.patterns, *(one.archived if archived else ()))
    documents = read_documents(root, patterns)
    folders = one.find_folders(documents)
    for folder in folders:
        if wanted and is_imported(folder.path, imported) and _is_wanted(folder.path, wanted):
            raise _imported_already(folder, imported)
    fresh = [folder for folder in folders if not is_imported(folder.path, imported)]
    families = _make_families(one, [one_ for one_ in fresh if _is_wanted(one_.path, wanted)])
    chosen.families += families
    project = one.read_project(documents)
    guidance = [each for each in project.guidance if _is_wanted(each.source.path, wanted)]
    if not wanted and imported and not families:
        guidance = []  # it was imported with the features, or left behind then
    chosen.guidance += guidance
    chosen.projects += [project] if not wanted else []


def _make_families(one: Format, folders: Iterable[FeatureFolder]) -> Iterator[Family]:
    """The features, each with those that are a part of it."""
    found: dict[str, Family] = {}
    for folder in folders:
        read: ForeignFeature = one.read_feature(folder)
        parent = found.get(one.find_parent(folder.path))
        if parent:
            parent.parts.append(read)
        else:
            found[folder.path] = Family(origin=one.origin, whole=read)
    yield from found.values()


def _is_wanted(path: str, wanted: Sequence[str]) -> bool:
    """Whether a path is, holds, or lies in what is wanted; everything is when nothing is named."""
    return not wanted or any(
        not one or path == one or path.startswith(f"{one}/") or one.startswith(f"{path}/")
        for one in wanted
    )


def _refuse_overwriting(root: Path, documents: Iterable[str]) -> None:
    for path in documents:
        if resolve_inside(root, path).exists():
            raise HeadwaterError(
                f"{path} is there already, and is not overwritten",
                hint="Move it away, or name only what is to be imported.",
            )


def _imported_already(folder: FeatureFolder, imported: dict[str, str]) -> HeadwaterError:
    native = next(there for one, there in imported.items() if is_imported(folder.path, [one]))
    return HeadwaterError(
        f"{folder.path} was imported already: it is {native} now",
        hint=f"Edit {native}, or remove it first to import anew.",
    )


def _nothing(wanted: Sequence[str], imported: dict[str, str]) -> HeadwaterError:
    if wanted:
        message = f"there is nothing of OpenSpec or Kiro at {', '.join(wanted)}"
        hint = "Name a folder such as `openspec/specs/sign-in` or `.kiro/specs/sign-in`."
    elif imported:
        message, hint = "everything was imported already", "`headwater status` lists the features."
    else:
        message = "there is nothing to import: no folder openspec/ or .kiro/ holds a spec"
        hint = "`headwater import` reads OpenSpec and Kiro; Spec Kit's files need no import."
    return HeadwaterError(message, hint=hint)
