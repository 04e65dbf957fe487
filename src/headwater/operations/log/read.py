"""`headwater log`: who changed what, what was derived from it, by which model, and did it pass."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from headwater.graph.network import NodeKind
from headwater.operations.building.hand_edits import ADOPTED
from headwater.operations.checking.vouched import list_vouched
from headwater.operations.log.choose import choose_entries
from headwater.operations.log.documents import list_document_changes
from headwater.operations.log.entry import Event, make_entry
from headwater.operations.log.records import RecordReader
from headwater.spec.read_project import CONSTITUTION_PATH, SPECS_FOLDER
from headwater.workspace.history import resolve_revision
from headwater.workspace.repository import open_repository, read_head
from headwater.workspace.walk import walk_commits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from headwater.operations.log.entry import LogEntry
    from headwater.targets.interface import Target
    from headwater.workspace.kept_results import KeptResults
    from headwater.workspace.repository import Repository
    from headwater.workspace.walk import WalkedCommit

_APPROVED = "Approved"
_PLANNED = NodeKind.TASK  # there are many, and they are no source of anything: only when asked for
# Commits whose documents are read at once: few at first, so that a short log reads few.
_FIRST_BATCH, _LARGEST_BATCH = 25, 400


@dataclass(frozen=True, kw_only=True, slots=True)
class LogRequest:
    """Which events are asked for.

    Attributes:
        names: refs, features, paths; each with all that is derived from it. None: everything.
        since: only what came after this commit; empty for all of history.
        limit: at most so many; 0 for all.
    """

    names: Sequence[str] = ()
    since: str = ""
    limit: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class LogReport:
    """Events, newest first. `more` tells that there are others, beyond the limit."""

    entries: tuple[LogEntry, ...] = field(default=())
    more: bool = False


def read_log(
    path: Path,
    request: LogRequest,
    *,
    targets: Mapping[str, Target],
    kept: KeptResults | None = None,
) -> LogReport:
    """What happened to the documents of the repository that holds `path`, and to their derivations.

    Args:
        path: a folder of the repository.
        request: which events are asked for.
        targets: languages that can be derived for, by name.
        kept: results of earlier runs; None for none.

    Raises:
        HeadwaterError: there is no commit, or nothing in history has a name that is asked for.
    """
    repository = open_repository(path)
    head = read_head(repository)
    since = resolve_revision(repository, request.since) if request.since else ""
    commits = walk_commits(
        repository,
        f"{since}..{head}" if since else head,
        paths=(SPECS_FOLDER, CONSTITUTION_PATH.rpartition("/")[0]),
    )
    read = partial(_read_batch, repository, head=head, targets=targets, kept=kept)
    entries: Iterator[LogEntry] = chain.from_iterable(map(read, _cut(commits)))
    if request.names:
        entries = choose_entries(tuple(entries), request.names, repository=repository, folder=path)
    else:
        entries = (one for one in entries if not (one.change and one.change.kind is _PLANNED))
    found = tuple(islice(entries, request.limit + 1 if request.limit else None))
    more = bool(request.limit) and len(found) > request.limit
    return LogReport(entries=found[: request.limit] if more else found, more=more)


def _cut(commits: Sequence[WalkedCommit]) -> Iterator[Sequence[WalkedCommit]]:
    start, size = 0, _FIRST_BATCH
    while start < len(commits):
        yield commits[start : start + size]
        start, size = start + size, min(2 * size, _LARGEST_BATCH)


def _read_batch(
    repository: Repository,
    commits: Sequence[WalkedCommit],
    *,
    head: str,
    targets: Mapping[str, Target],
    kept: KeptResults | None,
) -> Iterator[LogEntry]:
    changes = list_document_changes(repository, commits, targets=targets, kept=kept)
    vouched = cache(partial(list_vouched, repository, head))
    records = RecordReader(repository, commits, list_vouched=vouched)
    for one in commits:
        yield from records.list_events(one)
        for approved in one.commit.trailers.get(_APPROVED, ()):
            yield make_entry(one.commit, Event.APPROVED, ref=approved)
        for adopted in one.commit.trailers.get(ADOPTED, ()):
            for path in adopted.split(", "):
                yield make_entry(one.commit, Event.ADOPTED, ref=path)
        for change in changes[one.commit.id]:
            yield make_entry(one.commit, Event.CHANGED, ref=change.ref, change=change)
