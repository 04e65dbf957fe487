"""The files of a repository that git has or would take, by globs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from headwater.paths import is_plain, matches_any
from headwater.workspace.files import keep_regular
from headwater.workspace.git import run_git

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_LIST = ("ls-files", "-z", "--cached", "--others", "--exclude-standard")


def list_files(root: Path, patterns: Collection[str]) -> tuple[str, ...]:
    """Regular files that a glob covers (see `headwater.paths.matches_glob`), by their paths.

    What git ignores is left out, and so are symbolic links: an installed environment or a folder
    of packages is none of the repository's own code.
    """
    if not patterns:
        return ()
    names = os.fsdecode(run_git(root, list(_LIST))).split("\0")
    found = {name for name in names if name and is_plain(name) and matches_any(name, patterns)}
    return keep_regular(root, sorted(found))
