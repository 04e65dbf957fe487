"""What the constitution was drafted from last, as the repository's history has it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from headwater.policies.quotes import DIGEST_LENGTH
from headwater.policies.research import research_policies
from headwater.spec.read_project import CONSTITUTION_PATH
from headwater.workspace.history import read_commits, read_file_at
from headwater.workspace.repository import read_ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from headwater.policies.present import Cited
    from headwater.workspace.history import Commit
    from headwater.workspace.repository import Repository

SOURCE_TRAILER: Final = "Source"
"""The trailer of a commit that names a policy with its digest, one for each that was read."""

_TRAILER = r"(?P<path>.+) \(sha256:(?P<digest>[0-9a-f]{16})\)"


class _Read(NamedTuple):
    """The digest of a file when it was read, and the commit that says so."""

    digest: str
    commit: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PastDraft:
    """The last draft.

    Attributes:
        constitution: as it was committed then; empty where there is none.
        considered: every statement that its policies made then, by path and digest.
    """

    constitution: bytes = b""
    considered: Cited = frozenset()


def render_trailer(path: str, data: bytes) -> str:
    """The value of the trailer for a policy."""
    return f"{path} (sha256:{_digest(data)})"


def read_past_draft(
    repository: Repository, *, policies: Mapping[str, bytes], settings: Mapping[str, bytes]
) -> PastDraft:
    """The last constitution that this tool committed, with what its policies said when read last.

    A policy that is the same now said the same then; another one is read as the commit has it, and
    said nothing where it was not committed.
    """
    if not read_ref(repository, "HEAD"):
        return PastDraft()
    commits = read_commits(repository, paths=[CONSTITUTION_PATH])
    drafted = [one for one in commits if SOURCE_TRAILER in one.trailers]
    if not drafted:
        return PastDraft()
    known = _read_trailers(drafted)
    return PastDraft(
        constitution=read_file_at(repository, drafted[0].id, CONSTITUTION_PATH) or b"",
        considered=research_policies(
            _recall(repository, policies, known), _recall(repository, settings, known)
        ).quotes,
    )


def _recall(
    repository: Repository, files: Mapping[str, bytes], known: Mapping[str, _Read]
) -> dict[str, bytes]:
    """The files as they were read last; those that cannot be told are left out."""
    found: dict[str, bytes | None] = {}
    for path, data in files.items():
        if path in known and known[path].digest == _digest(data):
            found[path] = data
        elif path in known and not path.startswith("../"):
            found[path] = read_file_at(repository, known[path].commit, path)
    return {path: data for path, data in found.items() if data is not None}


def _read_trailers(commits: Iterable[Commit]) -> dict[str, _Read]:
    """When each file was read last; a run may read some of them only."""
    known: dict[str, _Read] = {}
    for commit in commits:  # newest first
        for value in commit.trailers[SOURCE_TRAILER]:
            match = re.fullmatch(_TRAILER, value)
            if match:
                known.setdefault(match["path"], _Read(match["digest"], commit.id))
    return known


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:DIGEST_LENGTH]
