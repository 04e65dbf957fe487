"""The features of a repository, each read only when something asks for more than is kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from headwater.graph.make_units import make_units
from headwater.graph.order import sort_topologically
from headwater.graph.structure import check_feature
from headwater.graph.summary import list_documents, summarise_feature
from headwater.graph.summary_codec import (
    decode_summary,
    decode_units,
    encode_summary,
    encode_units,
)
from headwater.graph.units import summarise_unit
from headwater.operations.standing.result_keys import combine, digest_program
from headwater.spec.ids import split_ref

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from headwater.graph.facts import CodeInterface
    from headwater.graph.index import Index
    from headwater.graph.summary import FeatureSummary
    from headwater.graph.units import TestUnit, UnitSummary
    from headwater.spec.model import Feature, Problem
    from headwater.spec.read_project import FeatureFolder
    from headwater.targets.interface import Target
    from headwater.workspace.kept_results import KeptResults

T = TypeVar("T")

# What a feature's summary, units, notes and problems follow from, besides its documents.
_FOLLOWED = ("spec", "graph", "interop", "rules", "targets")


@dataclass(frozen=True, kw_only=True, slots=True)
class LoadedFeature:
    """A feature read whole, with the interfaces of its components by ref."""

    feature: Feature
    interfaces: Mapping[str, CodeInterface]
    problems: tuple[Problem, ...]


class FeatureLibrary:
    """Reads features on demand and once; keeps what the rest of the project needs of them.

    Args:
        folders: the features' folders with their documents.
        read: reads one.
        targets: languages that can be derived for, by name.
        kept: where results are kept from one run to the next; None for nowhere.
    """

    def __init__(
        self,
        folders: Sequence[FeatureFolder],
        *,
        read: Callable[[FeatureFolder], tuple[Feature, list[Problem]]],
        targets: Mapping[str, Target],
        kept: KeptResults | None,
    ) -> None:
        self._folders = {folder.number: folder for folder in folders}
        self._read_feature = read
        self._targets = targets
        self._kept = kept
        self._loaded: dict[str, LoadedFeature] = {}
        self._keys = {number: self._digest_folder(item) for number, item in self._folders.items()}

    def key(self, number: str) -> bytes:
        """What follows from a feature's own documents, and from nothing else, may be kept by."""
        return self._keys[number]

    def load(self, number: str) -> LoadedFeature:
        """A feature, read whole."""
        if number not in self._loaded:
            self._loaded[number] = self._read(self._folders[number])
        return self._loaded[number]

    def summarise(self) -> list[tuple[FeatureSummary, tuple[Problem, ...]]]:
        """Every feature's summary, with what is wrong with its documents by themselves."""

        def make(number: str) -> tuple[FeatureSummary, tuple[Problem, ...]]:
            loaded = self.load(number)
            summary = summarise_feature(loaded.feature, interfaces=loaded.interfaces)
            return summary, loaded.problems

        return self.recall(
            {number: combine(b"summary", key) for number, key in self._keys.items()},
            make=make,
            encode=lambda made: encode_summary(*made),
            decode=decode_summary,
        )

    def summarise_units(
        self, index: Index
    ) -> dict[str, tuple[tuple[UnitSummary, ...], tuple[Problem, ...]]]:
        """Every feature's tests made from examples, with what is wrong with the examples."""
        needed = digest_needs(index)

        def make(number: str) -> tuple[tuple[UnitSummary, ...], tuple[Problem, ...]]:
            units, problems = self._make_units(number, index)
            return tuple(map(summarise_unit, units)), tuple(problems)

        made = self.recall(
            {
                number: combine(b"units", key, needed.get(number, b""))
                for number, key in self._keys.items()
            },
            make=make,
            encode=lambda made: encode_units(*made),
            decode=decode_units,
        )
        return dict(zip(self._keys, made, strict=True))

    def list_units(self, number: str, *, index: Index) -> tuple[TestUnit, ...]:
        """The tests that the examples of one feature make, with their rows."""
        return tuple(self._make_units(number, index)[0])

    def recall(
        self,
        keys: Mapping[str, bytes],
        *,
        make: Callable[[str], T],
        encode: Callable[[T], bytes],
        decode: Callable[[bytes], T],
    ) -> list[T]:
        """A result for every name: what is kept under its key, else what `make` makes of it now.

        Args:
            keys: name to key; a key must hold everything that the result follows from.
            make: from a name.
            encode: a result as bytes.
            decode: and back.
        """
        found = self._kept.find(keys.values()) if self._kept else {}
        results: list[T] = []
        new: dict[bytes, bytes] = {}
        for name, key in keys.items():
            result = _try_decode(found.get(key), decode)
            if result is None:
                result = make(name)
                if self._kept:
                    new[key] = encode(result)
            results.append(result)
        if self._kept:
            self._kept.keep(new)
        return results

    def _read(self, folder: FeatureFolder) -> LoadedFeature:
        feature, problems = self._read_feature(folder)
        target = find_target(feature, self._targets)
        components = feature.plan.components if feature.plan else ()
        interfaces = (
            {f"{folder.number}/{item.id}": target.read_interface(item) for item in components}
            if target
            else {}
        )
        for document in list_documents(feature):
            problems.extend(document.problems)
        problems.extend(check_feature(feature, interfaces, targets=tuple(self._targets)))
        return LoadedFeature(feature=feature, interfaces=interfaces, problems=tuple(problems))

    def _make_units(self, number: str, index: Index) -> tuple[list[TestUnit], list[Problem]]:
        interfaces = dict(self.load(number).interfaces)
        for other in _list_needed_features(number, index):
            if other in self._folders:
                interfaces |= self.load(other).interfaces
        return make_units(self.load(number).feature, index=index, interfaces=interfaces)

    def _digest_folder(self, folder: FeatureFolder) -> bytes:
        parts = [digest_program(_FOLLOWED), *(name.encode() for name in sorted(self._targets))]
        parts += [folder.path.encode(), folder.number.encode(), folder.origin.value.encode()]
        for name, data in sorted(folder.documents.items()):
            parts += [name.encode(), data]
        return combine(*parts)


def find_target(feature: Feature, targets: Mapping[str, Target]) -> Target | None:
    """The language of a feature's plan, if it is one of `targets`."""
    context = feature.plan.context if feature.plan else None
    return targets.get(context.target) if context else None


def digest_needs(index: Index) -> dict[str, bytes]:
    """Feature number to a digest of all in other features that its examples are resolved by.

    Those are the components that its own depend on, directly or not.
    """
    known: dict[str, bytes] = {}
    for ref in (*sort_topologically(index.dependencies), *index.dependencies):
        if ref in index.components and ref not in known:
            needs = index.dependencies[ref]
            section = index.components[ref].section
            known[ref] = combine(
                ref.encode(), section.encode(), *(known.get(need, need.encode()) for need in needs)
            )
    return {
        number: combine(
            *(
                known.get(need, need.encode())
                for own in refs
                for need in index.dependencies[own]
                if split_ref(need)[0] != number
            )
        )
        for number, refs in index.plans.items()
    }


def _list_needed_features(number: str, index: Index) -> Iterable[str]:
    """Other features that the components of this one depend on directly."""
    needed = (ref for own in index.plans.get(number, ()) for ref in index.dependencies[own])
    return dict.fromkeys(other for ref in needed if (other := split_ref(ref)[0]) != number)


def _try_decode(data: bytes | None, decode: Callable[[bytes], T]) -> T | None:
    if data is None:
        return None
    try:
        return decode(data)
    except (ValueError, LookupError, TypeError):
        return None  # another version's, or damaged
