"""Which paths a plan may name for derived files: inside the repository, and no one else's."""

from __future__ import annotations

import re

# Nearly every path is of this form, in which nothing but its first folder can be wrong.
_PLAIN = re.compile(r"(?:[A-Za-z0-9_][\w-]*/)+[\w-]+(?:\.[\w-]+)*", re.ASCII)
_DRIVE = re.compile(r"[A-Za-z]:")
_RESERVED_FOLDERS = (".git", ".headwater", ".specify", "specs")
_RESERVED_FILES = ("headwater.toml", ".gitattributes", ".gitmodules", ".gitignore")


def find_path_fault(path: str) -> str:
    """Why a derived file must not stand at `path`, or an empty text when it may.

    Case does not tell reserved names apart, since on some file systems it does not either.
    """
    parts = path.split("/")
    if _PLAIN.fullmatch(path) and parts[0].lower() not in _RESERVED_FOLDERS:
        return ""
    if not path.strip() or any(ord(sign) < 32 or ord(sign) == 127 for sign in path):
        return "is empty or holds control characters"
    if "\\" in path:
        return "holds a backslash; folders are separated by `/`"
    if path.startswith(("/", "~")) or _DRIVE.match(path):
        return "is absolute; paths are relative to the repository"
    if ".." in parts:
        return "leads out of the repository"
    if "" in parts or "." in parts:
        return "is no plain path to a file"
    return _find_reserved(parts)


def _find_reserved(parts: list[str]) -> str:
    # Windows and HFS+ drop trailing dots and spaces; `git~1` is the short name of `.git`.
    names = [part.lower().rstrip(". ") for part in parts]
    if ".git" in names or "git~1" in names:
        return "lies in `.git`"
    if names[0] in _RESERVED_FOLDERS:
        return f"lies in `{names[0]}/`, which holds documents or Headwater's own state"
    if "headwater.lock" in names:
        return "lies in a lock folder"
    if len(names) == 1 and names[0] in _RESERVED_FILES:
        return "is a settings file, which is never derived"
    return ""
