"""Answers shared between machines: in a folder, or wherever an `fsspec` URL leads.

What others put there is data: `CachedModel` judges it like a damaged file of its own.
"""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from headwater.errors import UsageError
from headwater.llm.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable

_LARGEST = 4 << 20  # bytes of an answer that others wrote
_URL = re.compile(r"[a-z][a-z0-9+.:-]*://", re.IGNORECASE)


class AnswerStore(Protocol):
    """Where answers lie by name. It may fail with any error; `SharedAnswers` bears it."""

    def read(self, name: str) -> bytes | None:
        """What lies under this name, up to a bound; None where nothing does."""
        ...

    def write(self, name: str, data: bytes) -> None:
        """Put something under this name; readers see all of it or nothing."""
        ...


class FolderStore:
    """A folder that several machines see, such as a network drive."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str) -> bytes | None:
        """See `AnswerStore`."""
        try:
            with (self._folder / name).open("rb") as file:
                return file.read(_LARGEST)
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """See `AnswerStore`; others may read what is put there."""
        path = self._folder / name
        write_atomically(path, data)
        path.chmod(0o644)


class UrlStore:
    """A place that `fsspec` reaches, such as `s3://bucket/answers` or `file:///mnt/answers`.

    Raises:
        ImportError: `fsspec`, or what it needs for this kind of URL, is not installed.
        ValueError: there is no such kind of URL.
    """

    def __init__(self, url: str) -> None:
        # Imported here since it is an optional extra.
        self._files, self._root = importlib.import_module("fsspec").core.url_to_fs(url)

    def read(self, name: str) -> bytes | None:
        """See `AnswerStore`."""
        try:
            return bytes(self._files.cat_file(self._place(name), start=0, end=_LARGEST))
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """See `AnswerStore`."""
        place = self._place(name)
        self._files.makedirs(place.rpartition("/")[0], exist_ok=True)
        with self._files.transaction:
            self._files.pipe_file(place, data)

    def _place(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"


class SharedAnswers:
    """A store that may be broken: it then says so once, and is passed over from there on.

    Args:
        store: where the answers lie.
        where: what to call it in the warning.
        warn: is told the warning.
    """

    def __init__(self, store: AnswerStore, *, where: str, warn: Callable[[str], None]) -> None:
        self._store = store
        self._where = where
        self._warn = warn
        self._lock = Lock()
        self._broken = False

    def read(self, name: str) -> bytes | None:
        """What lies under this name; None where nothing does, or the store is broken."""
        if self._broken:
            return None
        try:
            return self._store.read(name)
        except Exception as error:  # noqa: BLE001  # every file system has errors of its own
            self._give_up("read", error)
            return None

    def write(self, name: str, data: bytes) -> None:
        """Put something under this name, unless the store is broken."""
        if self._broken:
            return
        try:
            self._store.write(name, data)
        except Exception as error:  # noqa: BLE001  # as above
            self._give_up("written to", error)

    def _give_up(self, action: str, error: Exception) -> None:
        with self._lock:
            first, self._broken = not self._broken, True
        if first:
            self._warn(
                f"{self._where} cannot be {action}, and is passed over from here on: "
                f"{type(error).__name__}: {error}"
            )


def open_shared_answers(
    place: str, *, root: Path, warn: Callable[[str], None]
) -> SharedAnswers | None:
    """The store that the setting `model.cache` names; None where it names none.

    Args:
        place: a folder, relative to `root` or absolute, or a URL.
        root: the repository.
        warn: is told, once, when the store does not work.

    Raises:
        UsageError: a URL is given and cannot be opened with what is installed.
    """
    if not place:
        return None
    if not _URL.match(place):
        folder = root / Path(place).expanduser()
        return SharedAnswers(FolderStore(folder), where=str(folder), warn=warn)
    try:
        store = UrlStore(place)
    except ImportError as error:
        raise UsageError(
            f"model.cache is {_hide_login(place)}, and what reaches it is not installed: {error}",
            hint="`pip install 'headwater[remote]'`; some URLs need one more package "
            "(`s3fs`, `gcsfs`, `adlfs`).",
        ) from error
    except ValueError as error:
        raise UsageError(
            f"model.cache is {_hide_login(place)}, which is no place for a cache: {error}",
            hint="Give a folder, or a URL that fsspec knows, such as `s3://bucket/answers`.",
        ) from error
    return SharedAnswers(store, where=_hide_login(place), warn=warn)


def _hide_login(url: str) -> str:
    """A URL without user and password, which some people write there."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="").geturl()
