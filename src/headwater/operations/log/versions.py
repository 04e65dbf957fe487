"""What versions of a folder's documents say, each read once and kept by its content."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from headwater.graph.index import index_summaries
from headwater.graph.make_units import make_units
from headwater.graph.summary import list_articles
from headwater.graph.summary_codec import decode_summary, decode_units, encode_summary, encode_units
from headwater.graph.units import summarise_unit
from headwater.operations.standing.library import FeatureLibrary
from headwater.operations.standing.result_keys import combine
from headwater.spec.read_project import find_folders, read_feature, read_project_constitution
from headwater.workspace.snapshot import read_contents

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from headwater.graph.index import Item
    from headwater.graph.summary import FeatureSummary
    from headwater.graph.units import UnitSummary
    from headwater.spec.read_project import FeatureFolder
    from headwater.targets.interface import Target
    from headwater.workspace.kept_results import KeptResults
    from headwater.workspace.repository import Repository


class Version(NamedTuple):
    """Documents of one folder as one or many commits have them: their names and contents' ids."""

    folder: str
    contents: tuple[tuple[str, str], ...]

    @property
    def paths(self) -> dict[str, str]:
        """Path of every document, to the id of its content."""
        return {f"{self.folder}/{name}": content for name, content in self.contents}


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What one version says: the articles of a constitution, or a feature and its examples."""

    articles: tuple[Item, ...] = ()
    summary: FeatureSummary | None = None
    examples: tuple[UnitSummary, ...] = ()


def read_versions(
    repository: Repository,
    versions: Iterable[Version],
    *,
    targets: Mapping[str, Target],
    kept: KeptResults | None,
) -> dict[Version, Said]:
    """What versions of features' folders, and of the constitution's, say.

    Features are read by themselves: what stands in other features plays no part in what they say.

    Args:
        repository: where the contents lie.
        versions: each once.
        targets: languages that can be derived for, by name.
        kept: results of earlier runs; None for none.
    """
    versions = sorted(versions)
    names = list(dict.fromkeys(name for version in versions for _, name in version.contents))
    contents = dict(zip(names, read_contents(repository, names), strict=True))
    folders: dict[Version, FeatureFolder] = {}
    said: dict[Version, Said] = {}
    for version in versions:
        documents = {path: contents[name] for path, name in version.paths.items()}
        found, _ = find_folders(documents)
        if found:
            folders[version] = found[0]
        else:
            constitution, _ = read_project_constitution(documents)
            said[version] = Said(articles=tuple(list_articles(constitution)))
    reader = _FeatureReader(tuple(folders.values()), targets=targets)
    return said | dict(zip(folders, reader.read_all(kept), strict=True))


class _FeatureReader:
    """Reads features, of which several may be versions of one.

    Since those share a number, each has a library to itself.
    """

    def __init__(self, folders: Iterable[FeatureFolder], *, targets: Mapping[str, Target]) -> None:
        self._folders = {str(position): folder for position, folder in enumerate(folders)}
        self._libraries = {
            name: FeatureLibrary([folder], read=read_feature, targets=targets, kept=None)
            for name, folder in self._folders.items()
        }

    def read_all(self, kept: KeptResults | None) -> list[Said]:
        """What each says, in their order; `kept` holds results of earlier runs."""
        recall = FeatureLibrary((), read=read_feature, targets={}, kept=kept).recall
        summaries = recall(
            self._make_keys(b"logged summary"),
            make=lambda name: (self._summarise(name), ()),
            encode=lambda made: encode_summary(*made),
            decode=decode_summary,
        )
        examples = recall(
            self._make_keys(b"logged examples"),
            make=lambda name: (self._list_examples(name), ()),
            encode=lambda made: encode_units(*made),
            decode=decode_units,
        )
        return [
            Said(summary=summary, examples=units)
            for (summary, _), (units, _) in zip(summaries, examples, strict=True)
        ]

    def _make_keys(self, kind: bytes) -> dict[str, bytes]:
        return {
            name: combine(kind, self._libraries[name].key(folder.number))
            for name, folder in self._folders.items()
        }

    def _summarise(self, name: str) -> FeatureSummary:
        ((summary, _),) = self._libraries[name].summarise()
        return summary

    def _list_examples(self, name: str) -> tuple[UnitSummary, ...]:
        """Without a plan and an index nothing is looked up: an example is what its row says."""
        feature = self._libraries[name].load(self._folders[name].number).feature
        bare = replace(feature, plan=None)
        units, _ = make_units(bare, index=index_summaries((), ()), interfaces={})
        return tuple(map(summarise_unit, units))
