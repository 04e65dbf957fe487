"""Which events belong to what a person asks for: to it, and to all that is derived from it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.scope import suggest_names
from headwater.operations.log.entry import Event
from headwater.operations.standing.locate import locate_path
from headwater.spec.ids import split_ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from headwater.operations.log.entry import LogEntry
    from headwater.workspace.repository import Repository

# `001/FR-003 example FR-003-1f9a03c2` and `001/C2 interface` are sources for what they begin with.
_PART = re.compile(r" (?:example|interface)\b.*")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Chosen:
    """What is asked for: refs and features, paths, and the components derived from either."""

    refs: frozenset[str]
    paths: frozenset[str]
    components: frozenset[str]

    def covers(self, entry: LogEntry) -> bool:
        """Whether an event belongs to it."""
        if self._names(entry.ref) or entry.ref in self.paths:
            return True
        match entry.event:
            case Event.CHANGED:
                place = entry.change.place if entry.change else None
                return place is not None and place.path in self.paths
            case Event.VERIFIED:
                return any(self._derives(one.component) for one in entry.verified)
            case Event.DRAFTED | Event.APPROVED | Event.ADOPTED:
                return any(self._concerns(ref) for ref in (*entry.refs, *entry.ref.split()))
            case _:
                return self._derives(entry.ref)

    def narrow(self, entry: LogEntry) -> LogEntry:
        """The entry without the verified components that belong to nothing that is asked for."""
        verified = tuple(one for one in entry.verified if self._derives(one.component))
        return replace(entry, verified=verified)

    def _names(self, ref: str) -> bool:
        """Whether a ref is asked for, by itself, with its story or with its feature."""
        whole = {ref, ref.rpartition(".")[0], split_ref(ref)[0]}
        return not self.refs.isdisjoint(whole)

    def _derives(self, component: str) -> bool:
        return component in self.components or self._names(component)

    def _concerns(self, ref: str) -> bool:
        """Whether something done for `ref`, perhaps a whole feature, was done for what is asked."""
        return (
            self._names(ref) or ref in self.paths or ref in {split_ref(one)[0] for one in self.refs}
        )


def choose_entries(
    entries: Sequence[LogEntry], names: Iterable[str], *, repository: Repository, folder: Path
) -> Iterator[LogEntry]:
    """The events that belong to what `names` name, in their order.

    Args:
        entries: of all of history, since what was retired or removed can be asked for too.
        names: refs, ids that only one feature has, features by number or folder, paths.
        repository: where the paths lie.
        folder: where the person works.

    Raises:
        HeadwaterError: nothing in history has such a name, or several features have it.
    """
    known = _list_known(entries)
    refs: set[str] = set()
    paths: set[str] = set()
    for name in names:
        ref = _find_ref(name, known)
        path = "" if ref else locate_path(repository, folder / name)
        if not ref and path not in _list_paths(entries):
            raise HeadwaterError(
                f"expected something that history knows, found {name!r}",
                hint=suggest_names(name, known)
                or "Name a ref such as 001/FR-003, a feature, a document or a derived file.",
            )
        (refs if ref else paths).add(ref or path)
    chosen = _Chosen(
        refs=frozenset(refs),
        paths=frozenset(paths),
        components=frozenset(_list_components(entries, refs=refs, paths=paths)),
    )
    return (chosen.narrow(entry) for entry in entries if chosen.covers(entry))


def _list_known(entries: Iterable[LogEntry]) -> set[str]:
    """Every ref and feature that history names."""
    known = set()
    for entry in entries:
        if entry.event not in {Event.DRAFTED, Event.APPROVED, Event.ADOPTED}:
            known |= {entry.ref, split_ref(entry.ref)[0]}
        known |= {one.component for one in entry.verified}
    return known - {""}


def _find_ref(name: str, known: set[str]) -> str:
    """The ref or feature that a person means; empty for none."""
    number = re.sub(r"^(\d+)-.*", r"\1", name)
    for spelled in (name, number):
        if spelled in known:
            return spelled
    matching = sorted(ref for ref in known if split_ref(ref)[1] == name and split_ref(ref)[0])
    if len(matching) > 1:
        raise HeadwaterError(
            f"`{name}` stands in several features", hint=f"Choose one of: {', '.join(matching)}."
        )
    return matching[0] if matching else ""


def _list_paths(entries: Iterable[LogEntry]) -> set[str]:
    """Every document and derived file that history names."""
    paths = set()
    for entry in entries:
        if entry.change and entry.change.place:
            paths.add(entry.change.place.path)
        if entry.draft:
            paths.add(entry.draft.document)
        if entry.derivation:
            paths |= {file.path for file in entry.derivation.files}
    return paths


def _list_components(
    entries: Iterable[LogEntry], *, refs: set[str], paths: set[str]
) -> Iterator[str]:
    """The components that were ever derived from one of the refs, or into one of the paths."""
    for entry in entries:
        if entry.derivation is None:
            continue
        sources = {_PART.sub("", name) for name in entry.derivation.sources}
        files = {file.path for file in entry.derivation.files}
        if sources & refs or files & paths:
            yield entry.ref
