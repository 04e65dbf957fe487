"""The documents of a repository, and what follows from them alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.graph.index import Index, index_summaries
from headwater.graph.records import LOCK_FOLDER
from headwater.graph.structure import check_structure
from headwater.graph.summary import list_articles
from headwater.graph.texts import read_item_text
from headwater.operations.standing.foreign import read_any_feature, read_foreign
from headwater.operations.standing.library import FeatureLibrary
from headwater.rules.articles.apply import check_constitution
from headwater.spec.ids import split_ref
from headwater.spec.origin import Origin
from headwater.spec.read_project import (
    CONSTITUTION_PATH,
    SIDE_DOCUMENTS,
    SPECS_FOLDER,
    find_folders,
    read_project_constitution,
)
from headwater.workspace.documents import read_documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from headwater.graph.summary import FeatureSummary
    from headwater.graph.units import TestUnit, UnitSummary
    from headwater.operations.standing.library import LoadedFeature
    from headwater.spec.model import Component, Constitution, Feature, Problem
    from headwater.targets.interface import Target
    from headwater.workspace.kept_results import KeptResults

DOCUMENTS = (CONSTITUTION_PATH, f"{SPECS_FOLDER}/*/*.md")
# Read as well, but nothing is derived from them: a change to one refuses no build.
ALL_DOCUMENTS = (*DOCUMENTS, *(f"{SPECS_FOLDER}/*/{name}" for name in SIDE_DOCUMENTS))
LOCKS = (
    f"{SPECS_FOLDER}/*/{LOCK_FOLDER}/*",
    f"{CONSTITUTION_PATH.rpartition('/')[0]}/{LOCK_FOLDER}/*",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What the documents say.

    Attributes:
        root: the repository's top folder.
        documents: the bytes of every document, by path.
        constitution: None where there is none that can be read.
        guidance: principles in the formats of others, one value a file; nothing enforces them.
        summaries: of every feature, by number.
        origins: whose format each feature is in, by number.
        index: their items and edges.
        units: tests that examples make, by feature number.
        problems: everything wrong with the documents, with places.
        targets: languages that can be derived for, by name.
        library: every feature, to be read whole where its summary does not do.
    """

    root: Path
    documents: Mapping[str, bytes]
    constitution: Constitution | None
    guidance: tuple[Constitution, ...]
    summaries: Mapping[str, FeatureSummary]
    origins: Mapping[str, Origin]
    index: Index
    units: Mapping[str, tuple[UnitSummary, ...]]
    problems: tuple[Problem, ...]
    targets: Mapping[str, Target]
    library: FeatureLibrary

    @property
    def all_units(self) -> Iterator[UnitSummary]:
        """The units of all features."""
        return (unit for units in self.units.values() for unit in units)

    @property
    def native(self) -> tuple[FeatureSummary, ...]:
        """The features that can be built: not those that are written for another tool."""
        found = self.summaries.values()
        return tuple(one for one in found if self.origins[one.number] is Origin.NATIVE)

    def load(self, number: str) -> LoadedFeature:
        """The feature with this number, read whole; it must exist."""
        return self.library.load(number)

    def find_feature(self, number: str) -> Feature:
        """The documents of the feature with this number; it must exist."""
        return self.library.load(number).feature

    def read_text(self, ref: str) -> str:
        """What an item of a spec says, in normal form."""
        feature, local = split_ref(ref)
        return read_item_text(self.find_feature(feature), local)

    def load_component(self, ref: str) -> Component:
        """The component of a plan with this ref; it must exist."""
        number, local = split_ref(ref)
        plan = self.find_feature(number).plan
        assert plan is not None, "what the index holds stands in a plan"
        return next(item for item in plan.components if item.id == local)

    def load_components(self, refs: Iterable[str]) -> dict[str, Component]:
        """Components of plans, by ref; they must exist."""
        return {ref: self.load_component(ref) for ref in refs}

    def load_units(self, number: str) -> tuple[TestUnit, ...]:
        """The tests that the examples of a feature make, with their rows."""
        return self.library.list_units(number, index=self.index)

    def target_of(self, feature: FeatureSummary | Feature) -> Target | None:
        """The language of a feature's plan, if it is one that can be derived for."""
        return self.targets.get(self.summaries[feature.number].target)


def read_repository(
    root: Path, *, targets: Mapping[str, Target], kept: KeptResults | None = None
) -> Reading:
    """Read every document, or take what was kept of those that did not change.

    Raises:
        HeadwaterError: a document is a symbolic link, or the like.
    """
    documents = read_documents(root, ALL_DOCUMENTS)
    constitution, problems = read_project_constitution(documents)
    folders, found = find_folders(documents)
    problems += found
    if constitution:
        problems += [*constitution.problems, *check_constitution(constitution)]
    foreign = read_foreign(root, native=folders)
    folders += foreign.folders
    problems += foreign.problems
    library = FeatureLibrary(folders, read=read_any_feature, targets=targets, kept=kept)
    summarised = library.summarise()
    summaries = [summary for summary, _ in summarised]
    problems += [problem for _, own in summarised for problem in own]
    principles = (*([constitution] if constitution else []), *foreign.guidance)
    articles = (item for one in principles for item in list_articles(one))
    index = index_summaries(articles, summaries)
    problems += check_structure(summaries, index=index)
    units = library.summarise_units(index)
    problems += [problem for _, own in units.values() for problem in own]
    return Reading(
        root=root,
        documents={**documents, **foreign.documents},
        constitution=constitution,
        guidance=foreign.guidance,
        summaries={summary.number: summary for summary in summaries},
        origins={folder.number: folder.origin for folder in folders},
        index=index,
        units={number: made for number, (made, _) in units.items()},
        problems=tuple(problems),
        targets=targets,
        library=library,
    )
