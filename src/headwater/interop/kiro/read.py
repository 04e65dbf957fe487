"""Reads a `.kiro` folder: specs and steering."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.interop.checklist import read_checklist
from headwater.interop.design import read_design
from headwater.interop.documents import DocumentSet
from headwater.interop.front_matter import find_front_matter
from headwater.interop.guidance import read_guidance
from headwater.interop.interface import ForeignFeature, ForeignProject, Remainder, RemainderKind
from headwater.interop.kiro.find_refs import RefFinder
from headwater.interop.kiro.read_requirements import read_bugfix, read_requirements
from headwater.spec.model import Feature, Place
from headwater.spec.origin import Origin
from headwater.spec.read_project import FeatureFolder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.spec.model import Constitution, Plan, Spec, TaskList

_FOLDER = ".kiro"
_SPEC = rf"(?P<folder>{_FOLDER}/specs/(?P<name>[^/]+))/(?P<file>[^/]+)"
_STEERING = rf"{_FOLDER}/steering/(?:.+/)?(?P<name>[^/]+)\.md"


class Kiro:
    """The format of Kiro, and of tools that write the same files."""

    origin = Origin.KIRO
    folder = _FOLDER
    patterns: tuple[str, ...] = (f"{_FOLDER}/specs/*/*", f"{_FOLDER}/steering/**/*.md")
    archived: tuple[str, ...] = ()

    def find_folders(self, documents: Mapping[str, bytes]) -> list[FeatureFolder]:
        """Every folder below `.kiro/specs`, by name."""
        found: dict[tuple[str, str], dict[str, bytes]] = {}
        for path in sorted(documents):
            match = re.fullmatch(_SPEC, path)
            if match:
                inside = found.setdefault((match["folder"], match["name"]), {})
                inside[match["file"]] = documents[path]
        return [
            FeatureFolder(path=path, number=name, slug=name, documents=inside, origin=Origin.KIRO)
            for (path, name), inside in found.items()
        ]

    def find_parent(self, folder: str) -> str:  # noqa: ARG002  # no spec is a part of another
        """None."""
        return ""

    def read_feature(self, folder: FeatureFolder) -> ForeignFeature:
        """Read requirements or a bug's analysis, design and tasks."""
        return _FolderReader(folder).read()

    def read_project(self, documents: Mapping[str, bytes]) -> ForeignProject:
        """Read steering."""
        steering = {
            path: data
            for path, data in documents.items()
            if path.startswith(f"{_FOLDER}/") and not re.fullmatch(_SPEC, path)
        }
        rest = DocumentSet(steering)
        guidance: list[Constitution] = []
        remainders: list[Remainder] = []
        for path in rest.names:
            match = re.fullmatch(_STEERING, path)
            source = rest.take(path) if match else None
            if match and source:
                guidance.append(read_guidance(source, name=match["name"]))
                remainders += _find_inclusion(path, source.data)
        return ForeignProject(
            guidance=tuple(guidance),
            problems=tuple(rest.problems),
            remainders=(*remainders, *rest.list_untaken()),
        )


class _FolderReader:
    """Reads the documents of one spec."""

    def __init__(self, folder: FeatureFolder) -> None:
        self._folder = folder
        self._documents = DocumentSet(folder.documents, folder=folder.path)
        self._remainders: list[Remainder] = []

    def read(self) -> ForeignFeature:
        folder = self._folder
        spec = self._read_spec()
        finder = RefFinder(spec)
        feature = Feature(
            number=folder.number,
            slug=folder.slug,
            folder=folder.path,
            spec=spec,
            plan=self._read_design(finder),
            tasks=self._read_tasks(finder),
        )
        research = self._documents.take("research.md")
        return ForeignFeature(
            feature=feature,
            copied={"research.md": research.data} if research else {},
            problems=tuple(self._documents.problems),
            remainders=(*self._remainders, *self._documents.list_untaken()),
        )

    def _read_spec(self) -> Spec | None:
        """The requirements; a bug's analysis where there are none."""
        for name, read in (("requirements.md", read_requirements), ("bugfix.md", read_bugfix)):
            source = self._documents.take(name)
            if source:
                spec, prose = read(source, name=self._folder.slug)
                self._remainders += prose
                return spec
        return None

    def _read_design(self, finder: RefFinder) -> Plan | None:
        source = self._documents.take("design.md")
        if source is None:
            return None
        plan, prose = read_design(source, name=self._folder.slug, find_refs=finder.in_design)
        self._remainders += prose
        return plan

    def _read_tasks(self, finder: RefFinder) -> TaskList | None:
        source = self._documents.take("tasks.md")
        if source is None:
            return None
        tasks, marks = read_checklist(source, find_links=finder.in_task)
        self._remainders += marks
        return tasks


def _find_inclusion(path: str, data: bytes) -> Iterator[Remainder]:
    """When Kiro includes a steering file, which only Kiro acts on."""
    for line in find_front_matter(data).decode().splitlines():
        if line.strip():
            place = Place(path=path, line=1)
            yield Remainder(kind=RemainderKind.MARK, title=line.strip(), place=place)
