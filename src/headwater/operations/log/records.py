"""What commits do to lock folders: drafts, derivations, verifications, removals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.graph.deviations import DEVIATIONS_ENDING, read_deviations
from headwater.graph.drafts import read_drafts
from headwater.graph.lock import BasisRecord, ComponentRecord, Settled
from headwater.graph.records import (
    BASIS_ENDING,
    LOCK_FOLDER,
    VERIFIED_ENDING,
    read_basis_record,
    read_component_record,
    read_feature_record,
    read_verifications,
)
from headwater.graph.vouching import DERIVATION, is_record, read_carried, read_vouched
from headwater.operations.log.entry import Derivation, Event, Verified, make_entry
from headwater.spec.model import Problem
from headwater.spec.read_project import find_folders
from headwater.workspace.snapshot import read_contents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from headwater.graph.lock import FeatureRecord
    from headwater.operations.log.entry import LogEntry
    from headwater.workspace.repository import Repository
    from headwater.workspace.walk import ChangedFile, WalkedCommit

# Beside the constitution too, where its drafts are recorded.
_IN_LOCK = re.compile(rf"(?P<folder>.+)/{LOCK_FOLDER}/(?P<name>[^/]+)")
_DRAFTS = "drafts.jsonl"


class RecordReader:
    """Reads the lock files of some commits, all of them by one git process.

    Args:
        repository: where they lie.
        commits: as `walk_commits` gives them.
        list_vouched: the digests that all of history vouches for; asked only in case of doubt.
    """

    def __init__(
        self,
        repository: Repository,
        commits: Sequence[WalkedCommit],
        *,
        list_vouched: Callable[[], frozenset[str]],
    ) -> None:
        files = [file for one in commits for file in one.files if _IN_LOCK.fullmatch(file.path)]
        names = dict.fromkeys(name for file in files for name in (file.after, *file.before) if name)
        contents = read_contents(repository, names)
        self._texts: dict[str, str] = {
            name: data.decode(errors="replace") for name, data in zip(names, contents, strict=True)
        }
        self._list_vouched = list_vouched

    def list_events(self, commit: WalkedCommit) -> Iterator[LogEntry]:
        """What a commit does to lock folders, in the order of their paths."""
        verified: dict[str, list[Verified]] = {}
        for file in commit.files:
            match = _IN_LOCK.fullmatch(file.path)
            if match is None:
                continue
            feature = _number(match["folder"])
            if match["name"].endswith((_DRAFTS, DEVIATIONS_ENDING)):
                yield from self._list_lines(file, feature, match["name"], commit)
            elif match["name"].endswith(VERIFIED_ENDING):
                ref = f"{feature}/{match['name'].removesuffix(VERIFIED_ENDING)}"
                verified.setdefault(feature, []).extend(self._list_verified(file, ref))
            elif is_record(file.path):
                local = match["name"].removesuffix(BASIS_ENDING).removesuffix(".json")
                ref = feature if local == "feature" else f"{feature}/{local}"
                yield from self._judge_record(file, ref, commit)
        for feature, components in verified.items():
            if components:
                parts = tuple(components)
                yield make_entry(commit.commit, Event.VERIFIED, ref=feature, verified=parts)

    def _judge_record(
        self, file: ChangedFile, ref: str, commit: WalkedCommit
    ) -> Iterator[LogEntry]:
        is_basis = file.path.endswith(BASIS_ENDING)
        if not file.after:
            if not is_basis:  # what an item rested on goes with the item, which is told by itself
                yield make_entry(commit.commit, Event.REMOVED, ref=ref)
            return
        text, message = self._texts[file.after], commit.commit.message
        record = _read(text, path=file.path)
        digest = "" if isinstance(record, Problem) else read_carried(text)
        if isinstance(record, ComponentRecord) and digest in read_vouched(
            message, kinds=(DERIVATION,)
        ):
            derivation = _describe(record, digest)
            yield make_entry(commit.commit, Event.DERIVED, ref=ref, derivation=derivation)
        elif _is_confirmed(record) and digest in read_vouched(message):
            yield make_entry(commit.commit, Event.CONFIRMED, ref=ref)
        elif digest not in read_vouched(message):
            event = Event.RESTORED if digest in self._list_vouched() else Event.UNVOUCHED
            yield make_entry(commit.commit, event, ref=ref)

    def _list_lines(
        self, file: ChangedFile, feature: str, name: str, commit: WalkedCommit
    ) -> Iterator[LogEntry]:
        """An event for each new draft, and each edit that was accepted."""
        lines = self._find_new_lines(file)
        if name == _DRAFTS:
            for draft in read_drafts(lines, path=file.path)[0]:
                yield make_entry(commit.commit, Event.DRAFTED, ref=draft.document, draft=draft)
            return
        ref = f"{feature}/{name.removesuffix(DEVIATIONS_ENDING)}"
        for found in read_deviations(lines, path=file.path)[0]:
            yield make_entry(commit.commit, Event.ACCEPTED, ref=ref, deviation=found)

    def _list_verified(self, file: ChangedFile, ref: str) -> Iterator[Verified]:
        lines, _ = read_verifications(self._find_new_lines(file), path=file.path)
        # The last line is the newest; earlier ones come from branches that were merged.
        for line in lines[-1:]:
            yield Verified(component=ref, passed=line.passed, toolchain=line.toolchain)

    def _find_new_lines(self, file: ChangedFile) -> str:
        """The lines that no parent has."""
        if not file.after:
            return ""
        known = {line for name in file.before if name for line in self._texts[name].split("\n")}
        return "\n".join(line for line in self._texts[file.after].split("\n") if line not in known)


def _read(text: str, *, path: str) -> ComponentRecord | FeatureRecord | BasisRecord | Problem:
    if path.endswith(BASIS_ENDING):
        return read_basis_record(text, path=path)
    read = read_feature_record if path.endswith("/feature.json") else read_component_record
    return read(text, path=path)


def _is_confirmed(record: object) -> bool:
    return isinstance(record, BasisRecord) and record.settled is Settled.CONFIRMED


def _describe(record: ComponentRecord, digest: str) -> Derivation:
    return Derivation(
        record=digest,
        generator=record.generator,
        sources=tuple(record.sources),
        files=record.files,
    )


def _number(folder: str) -> str:
    """The number of a feature's folder, whatever its documents are; another folder's own name."""
    found, _ = find_folders({f"{folder}/spec.md": b""})
    return found[0].number if found else folder
