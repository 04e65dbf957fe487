"""Keys of kept results: digests of all that a result follows from."""

from __future__ import annotations

import os
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import headwater

if TYPE_CHECKING:
    from collections.abc import Iterator


def combine(*parts: bytes) -> bytes:
    """One key for several parts, none of which can be mistaken for two."""
    sized = [piece for part in parts for piece in (len(part).to_bytes(8, "big"), part)]
    return sha256(b"".join(sized)).digest()


@cache
def digest_program(folders: tuple[str, ...] = ()) -> bytes:
    """Changes when the program does, a working copy of it included.

    Args:
        folders: packages of it that count; none of them for all.
    """
    root = Path(headwater.__file__).parent
    places = [root / folder for folder in folders] or [root]
    files = sorted(line for place in places for line in _list_files(str(place)))
    return combine(*(part.encode() for part in (headwater.__version__, sys.version, *files)))


@cache
def digest_installation() -> bytes:
    """Changes when a package is installed, removed or replaced where Python looks for some."""
    found = []
    for place in sys.path:
        try:
            found.append(f"{place} {Path(place).stat().st_mtime_ns}")
        except OSError:
            found.append(place)
    return combine(*(part.encode() for part in found))


def _list_files(folder: str) -> Iterator[str]:
    """Every file below a folder of the program, with its size and when it changed."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _list_files(entry.path)
            else:
                found = entry.stat()
                yield f"{entry.path} {found.st_size} {found.st_mtime_ns}"
