"""What rules across features need to know of one feature: small, so that it can be kept for all."""

from __future__ import annotations

import re
from collections.abc import Mapping  # noqa: TC003  # summaries may be kept by their types
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.graph.digest import digest_value
from headwater.spec.ids import qualify
from headwater.spec.model import Place  # noqa: TC001  # as above
from headwater.spec.ref_lists import split_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.spec.model import Feature, Plan

# A shorter statement says too little to be told from others: "See above."
_FEWEST_WORDS = 5
# After such a task its file may well be gone, or stand elsewhere.
_TAKES_AWAY = (
    r"(?i)\b(?:remov|delet|renam|mov(?:e|ed|es|ing)\b|drop|retir|replac|merg|extract|inlin|split"
    r"|consolidat|clean|get rid|temporar)"
)
_PACKAGE = r"[`*_]*(?P<name>[A-Za-z@][\w.@/-]*)"


@dataclass(frozen=True, kw_only=True, slots=True)
class TickedTask:
    """A task that is done: its ref, and the components and files that it names."""

    ref: str
    place: Place
    components: tuple[str, ...]
    files: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedDependency:
    """A package that Technical Context says the feature uses, and where."""

    name: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class FeatureSummary:
    """One feature, as far as rules across features look at it.

    Attributes:
        number: of the feature.
        folder: its path.
        path: its first document.
        wordings: digest of a requirement's words to its ref; retired and very short ones left out.
        ticked: the tasks that are done and name a file or a component.
        task_files: every path that a task names, done or not.
        dependencies: packages of Technical Context.
    """

    number: str
    folder: str
    path: str
    wordings: Mapping[str, str] = field(default_factory=dict)
    ticked: tuple[TickedTask, ...] = ()
    task_files: frozenset[str] = frozenset()
    dependencies: tuple[NamedDependency, ...] = ()


def summarise_feature(feature: Feature) -> FeatureSummary:
    """The summary of a feature; it follows from its documents alone."""
    tasks = feature.tasks.tasks if feature.tasks else ()
    documents = (feature.spec, feature.plan, feature.tasks)
    paths = [document.source.path for document in documents if document]
    return FeatureSummary(
        number=feature.number,
        folder=feature.folder,
        path=paths[0] if paths else feature.folder,
        wordings=dict(_list_wordings(feature)),
        ticked=tuple(_list_ticked(feature)),
        task_files=frozenset(path for task in tasks for path in task.files),
        dependencies=tuple(_list_dependencies(feature.plan)) if feature.plan else (),
    )


def _list_wordings(feature: Feature) -> Iterator[tuple[str, str]]:
    for requirement in feature.spec.requirements if feature.spec else ():
        words = requirement.text.lower().replace("**", "").rstrip(".").split()
        if requirement.retired is None and len(words) >= _FEWEST_WORDS:
            digest = digest_value("wording", words)[:16]
            yield digest, qualify(requirement.id, feature=feature.number)


def _list_ticked(feature: Feature) -> Iterator[TickedTask]:
    for task in feature.tasks.tasks if feature.tasks else ():
        named = task.components or task.files
        if task.done and named and not re.search(_TAKES_AWAY, task.text):
            yield TickedTask(
                ref=qualify(task.id, feature=feature.number),
                place=task.place,
                components=tuple(qualify(ref, feature=feature.number) for ref in task.components),
                files=task.files,
            )


def _list_dependencies(plan: Plan) -> Iterator[NamedDependency]:
    """The first word of every entry of a field such as Primary Dependencies."""
    for name, value in plan.context.fields.items() if plan.context else ():
        if "dependenc" not in name.lower():
            continue
        start = plan.source.data.find(f"**{name}".encode())
        for entry in split_list(value):
            package = re.match(_PACKAGE, entry)
            if package:
                yield NamedDependency(name=package["name"], place=plan.source.place(max(start, 0)))
