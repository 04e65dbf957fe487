"""A tiny model, its catalog entry, and wheels that hold it in parts."""

from __future__ import annotations

import hashlib
import zipfile
from typing import TYPE_CHECKING

from headwater.llm.catalog import CatalogEntry, MirrorPart

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BYTES = bytes(range(256)) * 40  # 10,240 bytes
PART = 4096


def tiny_entry(data: bytes = BYTES) -> CatalogEntry:
    """A catalog entry for `data`, cut into three parts."""
    sizes = [len(data[start : start + PART]) for start in range(0, len(data), PART)]
    return CatalogEntry(
        name="tiny",
        file="tiny.gguf",
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        licence="CC0-1.0",
        repository="someone/tiny",
        parts=tuple(
            MirrorPart(package=f"tiny-model-part{number}", version="1.0", size=size)
            for number, size in enumerate(sizes, start=1)
        ),
    )


def write_wheels(folder: Path, data: bytes = BYTES) -> None:
    """The wheels that `tiny_entry` names, as an index would serve them."""
    for number, start in enumerate(range(0, len(data), PART), start=1):
        part = f"tiny_model_part{number}/data/part{number:02d}.bin"
        write_wheel(folder, number, {part: data[start : start + PART]})


def write_wheel(folder: Path, number: int, files: Mapping[str, bytes]) -> Path:
    """One wheel with `files`, and code that must never run."""
    name = f"tiny_model_part{number}"
    info = f"{name}-1.0.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: tiny-model-part{number}\nVersion: 1.0\n"
    wheel = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}/__init__.py", "raise SystemExit('imported')\n")
        for member, content in files.items():
            archive.writestr(member, content)
        archive.writestr(f"{info}/METADATA", metadata)
        archive.writestr(f"{info}/WHEEL", wheel)
        archive.writestr(f"{info}/RECORD", "")
    return path
