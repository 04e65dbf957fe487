"""Finding the documents of a repository: the files that globs name, below folders that are real."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from functools import partial
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.workspace.files import MAX_DOCUMENT_BYTES, read_file
from headwater.workspace.observations import Asked, Question, observe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_NEVER_ENTERED = frozenset({".git", ".headwater"})
_MAGIC = re.compile(r"[*?[]")


def read_documents(root: Path, patterns: Sequence[str]) -> dict[str, bytes]:
    """The files that the globs name (see `headwater.paths.matches_glob`), in order of their paths.

    One byte more than a document may have is read, so that its reader can refuse it. `**` enters
    neither symbolic links nor `.git` and `.headwater`, as git does not.

    Raises:
        HeadwaterError: a file, or a folder that a pattern names, is a symbolic link.
    """
    paths = list_documents(root, patterns)
    return {path: read_file(root, path, limit=MAX_DOCUMENT_BYTES + 1) for path in paths}


def list_documents(root: Path, patterns: Iterable[str]) -> tuple[str, ...]:
    """The paths of these files, in order; raises as `read_documents`."""
    asked = tuple(patterns)
    question = Question(Asked.DOCUMENTS, str(root), asked)
    return observe(question, partial(_list_documents, root, asked))


def _list_documents(root: Path, patterns: Sequence[str]) -> tuple[str, ...]:
    paths = {path for pattern in patterns for path in _find_paths(root, "", pattern.split("/"))}
    return tuple(sorted(paths))


def _find_paths(root: Path, folder: str, patterns: Sequence[str]) -> Iterator[str]:
    first, *rest = patterns
    if first == "**":
        yield from _find_anywhere(root, folder, rest)
        return
    for path in _list_matching(root, folder, first):
        place = root / path
        if place.is_symlink() and (place.is_dir() or not rest):
            raise HeadwaterError(
                f"expected a file or folder of the repository, found a symbolic link at {path}",
                hint="Put the document itself there.",
            )
        if rest and place.is_dir():
            yield from _find_paths(root, f"{path}/", rest)
        elif not rest and place.is_file():
            yield path


def _find_anywhere(root: Path, folder: str, rest: Sequence[str]) -> Iterator[str]:
    """What `**/rest` names below `folder`; every file when nothing follows the `**`."""
    yield from _find_paths(root, folder, rest or ["*"])
    for path in _list_matching(root, folder, "*"):
        place = root / path
        if place.is_dir() and not place.is_symlink():
            yield from _find_anywhere(root, f"{path}/", rest)


def _list_matching(root: Path, folder: str, pattern: str) -> list[str]:
    if not _MAGIC.search(pattern):
        place = root / folder / pattern
        return [f"{folder}{pattern}"] if place.is_symlink() or place.exists() else []
    names = (entry.name for entry in (root / folder).iterdir())
    return sorted(
        f"{folder}{name}"
        for name in names
        if name not in _NEVER_ENTERED and fnmatchcase(name, pattern)
    )
