"""Reads an `openspec` folder: main specs, open changes, and the project's context."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.interop.checklist import read_checklist
from headwater.interop.design import read_design
from headwater.interop.documents import DocumentSet
from headwater.interop.guidance import read_guidance
from headwater.interop.interface import ForeignFeature, ForeignProject
from headwater.interop.openspec.check_delta import check_delta
from headwater.interop.openspec.read_config import read_config
from headwater.interop.openspec.read_delta import read_delta
from headwater.interop.openspec.read_main import read_main
from headwater.interop.openspec.read_proposal import read_proposal
from headwater.spec.document import find_unreadable, sort_problems
from headwater.spec.model import Feature, Source
from headwater.spec.origin import Origin
from headwater.spec.read_project import FeatureFolder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.interop.interface import Remainder
    from headwater.interop.openspec.read_delta import Delta
    from headwater.spec.model import Plan, Problem, Spec, TaskList

_FOLDER = "openspec"
_ARCHIVE = f"{_FOLDER}/changes/archive/"
_CHANGES = rf"{_FOLDER}/changes/(?:archive/)?(?!archive(?:/|$))[^/]+"
_MAIN = rf"(?P<folder>{_FOLDER}/specs/.+)/(?P<file>spec\.md|design\.md)"
_CHANGE = rf"(?P<folder>{_CHANGES})/(?P<file>.+)"
_DELTA = rf"(?P<change>{_CHANGES})/specs/(?P<name>.+)"

# A delta is read beside the spec that it changes; the name is one that no file can have.
_CHANGED = "../spec.md"


class OpenSpec:
    """The format of Fission-AI's OpenSpec."""

    origin = Origin.OPENSPEC
    folder = _FOLDER
    patterns: tuple[str, ...] = (
        f"{_FOLDER}/project.md",
        f"{_FOLDER}/config.yaml",
        f"{_FOLDER}/specs/**/*.md",
        f"{_FOLDER}/changes/*.md",
        f"{_FOLDER}/changes/*/*",
        f"{_FOLDER}/changes/*/specs/**/*.md",
    )
    archived: tuple[str, ...] = (f"{_ARCHIVE}*/*", f"{_ARCHIVE}*/specs/**/*.md")

    def find_folders(self, documents: Mapping[str, bytes]) -> list[FeatureFolder]:
        """Main specs by capability; then changes by name, each with its deltas after it."""
        main = _group(documents, _MAIN)
        main = {path: inside for path, inside in main.items() if "spec.md" in inside}
        names = {path.removeprefix(f"{_FOLDER}/specs/"): path for path in main}
        folders = [_make_folder(path, name, main[path]) for name, path in names.items()]
        for path, inside in _group(documents, _CHANGE).items():
            change = path.rpartition("/")[2]
            number = f"changes/{change}" if change in names else change
            specs = {name for name in inside if re.fullmatch(r"specs/.+/spec\.md", name)}
            own = {name: data for name, data in inside.items() if name not in specs}
            folders.append(_make_folder(path, number, own))
            for spec in sorted(specs):
                capability = spec.removeprefix("specs/").removesuffix("/spec.md")
                delta = {"spec.md": inside[spec]}
                if capability in names:
                    delta[_CHANGED] = main[names[capability]]["spec.md"]
                inner = f"{path}/{spec.removesuffix('/spec.md')}"
                folders.append(_make_folder(inner, f"{number}/{capability}", delta))
        return folders

    def find_parent(self, folder: str) -> str:
        """The change that a delta belongs to."""
        match = re.fullmatch(_DELTA, folder)
        return match["change"] if match else ""

    def read_feature(self, folder: FeatureFolder) -> ForeignFeature:
        """Read a main spec, a delta, or the rest of a change."""
        delta = re.fullmatch(_DELTA, folder.path)
        reader = _FolderReader(folder)
        if delta:
            return reader.read_delta(capability=delta["name"])
        return reader.read_change() if re.fullmatch(_CHANGES, folder.path) else reader.read_main()

    def read_project(self, documents: Mapping[str, bytes]) -> ForeignProject:
        """Read `project.md` and `config.yaml`."""
        beside = {
            path: data
            for path, data in documents.items()
            if path.startswith(f"{_FOLDER}/") and not _belongs(path)
        }
        rest = DocumentSet(beside)
        project, config = rest.take(f"{_FOLDER}/project.md"), rest.take(f"{_FOLDER}/config.yaml")
        guidance = [read_guidance(project, name="project")] if project else []
        guidance += [read_config(config)] if config else []
        return ForeignProject(
            guidance=tuple(guidance),
            problems=tuple(rest.problems),
            remainders=tuple(rest.list_untaken()),
        )


class _FolderReader:
    """Reads the documents of one folder."""

    def __init__(self, folder: FeatureFolder) -> None:
        self._folder = folder
        own = {name: data for name, data in folder.documents.items() if name != _CHANGED}
        self._documents = DocumentSet(own, folder=folder.path)
        self._remainders: list[Remainder] = []

    def read_main(self) -> ForeignFeature:
        source = self._documents.take("spec.md")
        spec = None
        if source:
            spec, self._remainders = read_main(source, name=self._folder.slug)
        return self._finish(spec=spec, plan=self._read_design())

    def read_change(self) -> ForeignFeature:
        proposal = self._documents.take("proposal.md")
        spec = None
        if proposal:
            spec, self._remainders = read_proposal(proposal, name=self._folder.slug)
        return self._finish(spec=spec, plan=self._read_design(), tasks=self._read_tasks())

    def read_delta(self, *, capability: str) -> ForeignFeature:
        source = self._documents.take("spec.md")
        spec = None
        if source:
            delta = read_delta(source, capability=capability)
            self._remainders += delta.remainders
            found = self._check(delta, capability=capability)
            spec = replace(delta.spec, problems=sort_problems([*delta.spec.problems, *found]))
        return self._finish(spec=spec)

    def _check(self, delta: Delta, *, capability: str) -> list[Problem]:
        """Nothing is expected of what is archived: it was applied to the main specs."""
        if self._folder.path.startswith(_ARCHIVE):
            return []
        changed = Source(path=_CHANGED, data=self._folder.documents.get(_CHANGED, b""))
        main = None if find_unreadable(changed) else read_main(changed, name=capability)[0]
        present = {one.id for one in main.requirements} if main else set()
        return list(check_delta(delta, capability=capability, present=present))

    def _read_design(self) -> Plan | None:
        source = self._documents.take("design.md")
        if source is None:
            return None
        plan, prose = read_design(source, name=self._folder.slug)
        self._remainders += prose
        return plan

    def _read_tasks(self) -> TaskList | None:
        source = self._documents.take("tasks.md")
        if source is None:
            return None
        tasks, marks = read_checklist(source)
        self._remainders += marks
        return tasks

    def _finish(
        self, *, spec: Spec | None, plan: Plan | None = None, tasks: TaskList | None = None
    ) -> ForeignFeature:
        folder = self._folder
        feature = Feature(
            number=folder.number,
            slug=folder.slug,
            folder=folder.path,
            spec=spec,
            plan=plan,
            tasks=tasks,
        )
        return ForeignFeature(
            feature=feature,
            problems=tuple(self._documents.problems),
            remainders=(*self._remainders, *self._documents.list_untaken()),
        )


def _belongs(path: str) -> bool:
    """Whether a document is one of a feature's."""
    return any(re.fullmatch(pattern, path) for pattern in (_MAIN, _CHANGE))


def _group(documents: Mapping[str, bytes], pattern: str) -> dict[str, dict[str, bytes]]:
    """Documents by folder and by name in it, in the order of their paths."""
    found: dict[str, dict[str, bytes]] = {}
    for path in sorted(documents):
        match = re.fullmatch(pattern, path)
        if match:
            found.setdefault(match["folder"], {})[match["file"]] = documents[path]
    return found


def _make_folder(path: str, number: str, documents: Mapping[str, bytes]) -> FeatureFolder:
    slug = number.rpartition("/")[2]
    return FeatureFolder(
        path=path, number=number, slug=slug, documents=documents, origin=Origin.OPENSPEC
    )
