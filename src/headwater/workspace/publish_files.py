"""A single commit that follows from what was read, published or not made at all."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from headwater.workspace.commits import commit_files, drop_private_ref, name_private_ref
from headwater.workspace.publish import publish
from headwater.workspace.repository import read_branch, read_head

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.workspace.repository import Repository


def publish_files(
    repository: Repository,
    files: Mapping[str, bytes | None],
    *,
    message: str,
    trailers: Mapping[str, str],
    base: str = "",
) -> str:
    """Commit these files to the branch that is checked out, and return the commit's id.

    Args:
        repository: whose branch moves.
        files: path to new bytes, None for a file that goes.
        message: of the commit.
        trailers: put below it.
        base: the commit that the files follow from, where the branch must still be; empty for
            wherever it is.

    Raises:
        HeadwaterError: uncommitted changes to one of them are in the way; nothing was moved.
    """
    base, branch = base or read_head(repository), read_branch(repository)
    ref = name_private_ref(secrets.token_hex(6))
    try:
        commit = commit_files(
            repository, ref=ref, base=base, files=files, message=message, trailers=trailers
        )
        if commit != base:
            publish(repository, ref, branch=branch, expected=base)
    except BaseException:
        drop_private_ref(repository, ref)
        raise
    return commit
