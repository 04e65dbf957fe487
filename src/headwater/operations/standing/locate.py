"""From a path as a person types it to the path in the repository that it names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.workspace.files import resolve_inside

if TYPE_CHECKING:
    from headwater.workspace.repository import Repository


def locate_path(repository: Repository, path: Path) -> str:
    """The repository path (`src/wallet/ledger.py`) that `path` names, whether or not it is there.

    `path` may be relative to the current folder and go up with `..`, as long as it ends up inside.
    The repository's top folder gives an empty text.

    Raises:
        HeadwaterError: it leads out of the repository or into `.git`, or through a symbolic link
            inside the repository.
    """
    place = Path(os.path.normpath(path.absolute()))
    # From the outside in, so that a link inside the repository is never taken for the repository.
    for folder in (*reversed(place.parents), place):
        if folder.resolve() == repository.root:
            inner = place.relative_to(folder).as_posix()
            if inner == ".":
                return ""
            resolve_inside(repository.root, inner)
            return inner
    raise HeadwaterError(
        f"expected a path inside the repository {repository.root}, found {place}",
        hint="Give a path inside the repository, such as `src/wallet/ledger.py`.",
    )
