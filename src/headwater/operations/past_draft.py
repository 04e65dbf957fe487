"""What the constitution was drafted from last, as the repository's history has it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from headwater.policies.quotes import DIGEST_LENGTH
from headwater.policies.research import research_policies
from headwater.spec.read_project import CONSTITUTION_PATH
from headwater.workspace.history import read_commits, read_file_at
from headwater.workspace.repository import read_ref

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.policies.present import Cited
    from headwater.workspace.repository import Repository

SOURCE_TRAILER: Final = "Source"
"""The trailer of a commit that names a policy with its digest, one for each that was read."""

_TRAILER = r"(?P<path>.+) \(sha256:(?P<digest>[0-9a-f]{16})\)"


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
    """The last commit that this tool made of the constitution, with what its policies said then.

    A policy that is the same now said the same then; another one is read as the commit has it, and
    said nothing where it was not committed.
    """
    if not read_ref(repository, "HEAD"):
        return PastDraft()
    commits = read_commits(repository, paths=[CONSTITUTION_PATH])
    drafted = next((one for one in commits if SOURCE_TRAILER in one.trailers), None)
    if drafted is None:
        return PastDraft()
    known = _read_trailers(drafted.trailers[SOURCE_TRAILER])

    def recall(files: Mapping[str, bytes]) -> dict[str, bytes]:
        found = {
            path: data
            if known[path] == _digest(data)
            else read_file_at(repository, drafted.id, path)
            if not path.startswith("../")
            else None
            for path, data in files.items()
            if path in known
        }
        return {path: data for path, data in found.items() if data is not None}

    return PastDraft(
        constitution=read_file_at(repository, drafted.id, CONSTITUTION_PATH) or b"",
        considered=research_policies(recall(policies), recall(settings)).quotes,
    )


def _read_trailers(values: tuple[str, ...]) -> dict[str, str]:
    found = (re.fullmatch(_TRAILER, value) for value in values)
    return {match["path"]: match["digest"] for match in found if match}


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:DIGEST_LENGTH]
