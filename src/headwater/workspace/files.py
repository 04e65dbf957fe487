"""Reading and writing files of the work tree, never through a symbolic link."""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from functools import partial
from typing import TYPE_CHECKING, Final

from headwater.errors import HeadwaterError
from headwater.paths import check_path, is_plain
from headwater.workspace.observations import Asked, Question, observe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

MAX_DOCUMENT_BYTES: Final = 4 * 1024 * 1024
"""A document above this size is refused by its reader."""

_EXECUTABLE = 0o111


def resolve_inside(root: Path, path: str) -> Path:
    """The place of a repository path on disk, whether or not something is there.

    Raises:
        HeadwaterError: the path leads out of the repository or into `.git`, is a symbolic link or
            leads through one, or has a file where a folder should be.
    """
    folder, _, _ = check_path(path).rpartition("/")
    _find_folder(root, folder, path)
    place = root / path
    mode = _read_mode(place, path)
    if stat.S_ISLNK(mode):
        _refuse(path, path, mode)
    return place


def read_file(root: Path, path: str, *, limit: int = -1) -> bytes:
    """The bytes of a regular file, at most `limit` of them when it is not negative.

    Raises:
        HeadwaterError: it is not there, is no regular file, or `resolve_inside` refuses the path.
    """
    question = Question(Asked.CONTENT, str(root), (path, str(limit)))
    return observe(question, partial(_read_file, root, path, limit))


def hash_files(root: Path, paths: Iterable[str]) -> Mapping[str, str | None]:
    """The SHA-256 (hex) of each file's bytes; None where no file is.

    Raises:
        HeadwaterError: as `read_file`, but for a file that is not there.
    """
    asked = tuple(paths)
    question = Question(Asked.DIGESTS, str(root), asked)
    return observe(question, partial(_hash_files, root, asked))


def find_existing(root: Path, paths: Iterable[str]) -> frozenset[str]:
    """Those of the paths at which something is; one that leads out of the repository is none."""
    asked = tuple(dict.fromkeys(paths))
    question = Question(Asked.EXISTING, str(root), asked)
    return observe(question, partial(_find_existing, root, asked))


def find_folders(root: Path, names: Iterable[str]) -> frozenset[str]:
    """Those of the names in the repository's top folder that are folders, links to some too."""
    asked = tuple(names)
    question = Question(Asked.FOLDERS, str(root), asked)
    return observe(question, lambda: frozenset(name for name in asked if (root / name).is_dir()))


def keep_regular(root: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """Those of the paths at which a regular file is, and no link to one, in their order."""
    asked = tuple(paths)
    question = Question(Asked.REGULAR, str(root), asked)
    return observe(question, lambda: tuple(path for path in asked if _is_regular(root / path)))


def write_file(root: Path, path: str, data: bytes, *, executable: bool | None = None) -> None:
    """Put `data` at `path` in one step: a reader sees the old file or the new one, whole.

    Missing folders are made. `executable` is left as it was, and off for a new file, when None.

    Raises:
        HeadwaterError: `resolve_inside` refuses the path, or a folder or device is there.
    """
    place = resolve_inside(root, path)
    mode = _read_mode(place, path)
    if mode and not stat.S_ISREG(mode):
        raise HeadwaterError(f"expected a regular file or nothing, found something else at {path}")
    wanted = _choose_mode(mode, executable=executable)
    place.parent.mkdir(parents=True, exist_ok=True)
    temporary = place.with_name(f".headwater-{secrets.token_hex(8)}")
    try:
        _write_new(temporary, data, mode=wanted)
        if mode:  # the file that is replaced says more than the umask
            temporary.chmod(wanted)
        temporary.replace(place)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def remove_file(root: Path, path: str) -> None:
    """Remove a file, and the folders that are empty without it. It may be gone already."""
    place = resolve_inside(root, path)
    place.unlink(missing_ok=True)
    for folder in place.parents:
        if folder == root or not _remove_empty(folder):
            return


def _read_file(root: Path, path: str, limit: int) -> bytes:
    descriptor = _open_regular(resolve_inside(root, path), path)
    with os.fdopen(descriptor, "rb") as file:
        return file.read(limit)


def _hash_files(root: Path, paths: Iterable[str]) -> Mapping[str, str | None]:
    folders: dict[str, bool] = {}  # whether each is there; hundreds of files share one
    found: dict[str, str | None] = {}
    for path in paths:
        folder, _, _ = check_path(path).rpartition("/")
        if folder not in folders:
            folders[folder] = _find_folder(root, folder, path)
        found[path] = _hash_file(root, path) if folders[folder] else None
    return found


def _find_existing(root: Path, paths: Iterable[str]) -> frozenset[str]:
    return frozenset(path for path in paths if is_plain(path) and os.path.lexists(root / path))


def _is_regular(place: Path) -> bool:
    try:
        return stat.S_ISREG(os.lstat(place).st_mode)
    except OSError:
        return False


def _find_folder(root: Path, folder: str, path: str) -> bool:
    """Whether a folder on the way to `path` is there; each one above it must be a plain folder."""
    there = True
    parts = folder.split("/") if folder else []
    for number in range(1, len(parts) + 1):
        name = "/".join(parts[:number])
        mode = _read_mode(root / name, path)
        if mode and not stat.S_ISDIR(mode):
            _refuse(path, name, mode)
        there = bool(mode)
    return there


def _read_mode(place: Path, path: str) -> int:
    """The mode of what stands at `place` itself; 0 when nothing does."""
    try:
        return os.lstat(place).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0
    except OSError as error:
        raise HeadwaterError(f"{path} cannot be read: {error.strerror}") from error


def _open_regular(place: Path, path: str) -> int:
    try:
        descriptor = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError as error:
        raise HeadwaterError(f"expected a file at {path}, found none") from error
    except OSError as error:
        raise HeadwaterError(f"{path} cannot be read: {error.strerror}") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise HeadwaterError(f"expected a regular file, found something else at {path}")
    return descriptor


def _refuse(path: str, found: str, mode: int) -> None:
    what = "a symbolic link" if stat.S_ISLNK(mode) else "no folder"
    raise HeadwaterError(
        f"expected plain folders on the way to {path}, found that {found} is {what}",
        hint="Headwater reads and writes only what lies in the repository itself.",
    )


def _hash_file(root: Path, path: str) -> str | None:
    place = root / path
    mode = _read_mode(place, path)
    if stat.S_ISLNK(mode):
        _refuse(path, path, mode)
    if not mode:
        return None
    with os.fdopen(_open_regular(place, path), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def _choose_mode(present: int, *, executable: bool | None) -> int:
    mode = stat.S_IMODE(present) or 0o666
    if executable is None:
        return mode
    return mode | _EXECUTABLE if executable else mode & ~_EXECUTABLE


def _write_new(place: Path, data: bytes, *, mode: int) -> None:
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def _remove_empty(folder: Path) -> bool:
    try:
        folder.rmdir()
    except OSError:
        return False
    return True
