"""Paths inside a repository, as text: which are allowed, and globs over them.

A path is relative to the repository's root and written with `/`.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Nearly every path is of this form, and may be written.
_PLAIN = re.compile(r"(?:[A-Za-z0-9_][\w-]*/)*[A-Za-z0-9_][\w-]*(?:\.[\w-]+)*", re.ASCII)
_HINT = "Give a path inside the repository, such as `src/wallet/ledger.py`."


def check_path(path: str) -> str:
    """Return `path` when it names something inside a repository that may be written.

    Raises:
        HeadwaterError: it is empty, absolute, not in its plain form (`a//b`, `./a`, `..`), holds a
            backslash or a control character, or leads into a `.git` folder.
    """
    fault = "" if _PLAIN.fullmatch(path) else _find_fault(path)
    if fault:
        raise HeadwaterError(
            f"expected a path inside the repository, found {path!r}: {fault}", hint=_HINT
        )
    return path


def is_plain(path: str) -> bool:
    """Whether `check_path` takes it."""
    return not _find_fault(path)


def matches_glob(path: str, pattern: str) -> bool:
    """Whether a glob covers a path.

    `*`, `?` and `[…]` stay within one folder, `**` stands for any number of folders (at the end:
    everything below), and a pattern that ends in `/` covers all that is below that folder.
    """
    whole = f"{pattern}**" if pattern.endswith("/") else pattern
    # A run of `**` says no more than one, and would only be tried in more ways.
    plain = re.sub(r"(?<![^/])(?:\*\*/)+", "**/", whole)
    return _match_parts(path.split("/"), plain.split("/"))


def matches_any(path: str, patterns: Iterable[str]) -> bool:
    """Whether one of the globs covers the path."""
    return any(matches_glob(path, pattern) for pattern in patterns)


def _find_fault(path: str) -> str:
    if not path:
        return "it is empty"
    if path.startswith("/") or re.match(r"[A-Za-z]:", path):
        return "it is absolute"
    if "\\" in path or any(ord(sign) < 32 or ord(sign) == 127 for sign in path):
        return "it holds a backslash or a control character"
    parts = path.split("/")
    if ".." in parts:
        return "it goes up with `..`"
    if "" in parts or "." in parts:
        return "it has an empty or `.` part"
    if any(part.rstrip(" .").casefold() == ".git" for part in parts):
        return "it leads into a .git folder"
    return ""


def _match_parts(parts: Sequence[str], patterns: Sequence[str]) -> bool:
    if not patterns or not parts:
        return not patterns and not parts
    first, *rest = patterns
    if first != "**":
        return fnmatchcase(parts[0], first) and _match_parts(parts[1:], rest)
    return not rest or any(_match_parts(parts[start:], rest) for start in range(len(parts)))
