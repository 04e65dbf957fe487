"""`headwater init`: makes a repository ready, by adding lines and files that are missing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from headwater.operations.drafting.spec_kit_state import STATE_FILE
from headwater.spec.origin import Origin
from headwater.workspace.files import read_file, resolve_inside, write_file
from headwater.workspace.git import run_git
from headwater.workspace.repository import NoRepositoryError, open_repository

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

ATTRIBUTES = (
    "**/headwater.lock/** linguist-generated",
    "**/headwater.lock/*.jsonl merge=union",
)
IGNORED = (".headwater/", STATE_FILE)

# Lines that git reads as it reads ours.
_SAME = {
    ".headwater/": {".headwater", "/.headwater", "/.headwater/"},
    STATE_FILE: {f"/{STATE_FILE}"},
}


class FileChange(Enum):
    """What became of a file."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, kw_only=True, slots=True)
class PreparedFile:
    """One file that `init` looked after."""

    path: str
    change: FileChange


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundSpecs:
    """Specifications that are there: whose format they are in, the folder, and how many."""

    kind: Origin
    folder: str
    specs: int


@dataclass(frozen=True, kw_only=True, slots=True)
class InitReport:
    """What `init` did and found. `repository_created` tells that there was none before."""

    root: Path
    repository_created: bool
    files: tuple[PreparedFile, ...]
    found: tuple[FoundSpecs, ...]


def init(
    path: Path, *, create_repository: bool, settings_file: str, settings_text: str
) -> InitReport:
    """Make the repository that holds `path` ready; what is ready already stays as it is.

    Nothing is written unless all of it can be.

    Args:
        path: a folder.
        create_repository: make a git repository there when there is none.
        settings_file: the name of the settings file.
        settings_text: what the settings file holds when it is absent.

    Raises:
        NoRepositoryError: there is no repository, and none is to be made.
        HeadwaterError: a file is a symbolic link, or the like.
    """
    created = False
    try:
        repository = open_repository(path)
    except NoRepositoryError:
        if not create_repository:
            raise
        run_git(path, ["init", "--quiet"])
        repository, created = open_repository(path), True
    planned = (
        _plan_lines(repository.root, ".gitattributes", ATTRIBUTES),
        _plan_lines(repository.root, ".gitignore", IGNORED),
        _plan_new(repository.root, settings_file, settings_text),
    )
    return InitReport(
        root=repository.root,
        repository_created=created,
        files=tuple(_write(repository.root, plan) for plan in planned),
        found=find_specs(repository.root),
    )


def find_specs(root: Path) -> tuple[FoundSpecs, ...]:
    """Specifications of Spec Kit, OpenSpec and Kiro that a repository holds."""
    places = (
        (Origin.NATIVE, ".specify", "specs", ("*/spec.md",)),
        (Origin.OPENSPEC, "openspec", "openspec/specs", ("**/spec.md",)),
        (Origin.KIRO, ".kiro", ".kiro/specs", ("*/requirements.md", "*/bugfix.md")),
    )
    found = []
    for kind, mark, folder, globs in places:
        specs = {place.parent for pattern in globs for place in (root / folder).glob(pattern)}
        if specs or (root / mark).is_dir():
            found.append(FoundSpecs(kind=kind, folder=folder, specs=len(specs)))
    return tuple(found)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Plan:
    """A file's bytes as they are (None: absent) and as they are to be."""

    path: str
    present: bytes | None
    wanted: bytes


def _plan_lines(root: Path, path: str, lines: Iterable[str]) -> _Plan:
    present = _read(root, path)
    return _Plan(path=path, present=present, wanted=_append(present or b"", lines))


def _plan_new(root: Path, path: str, text: str) -> _Plan:
    present = _read(root, path)
    return _Plan(path=path, present=present, wanted=text.encode() if present is None else present)


def _read(root: Path, path: str) -> bytes | None:
    return read_file(root, path) if resolve_inside(root, path).exists() else None


def _append(data: bytes, lines: Iterable[str]) -> bytes:
    """`data` with the lines that it lacks at its end, in its own kind of line break."""
    end = b"\r\n" if b"\r\n" in data else b"\n"
    present = {line.strip() for line in data.decode(errors="replace").splitlines()}
    missing = [line for line in lines if present.isdisjoint({line, *_SAME.get(line, ())})]
    if not missing:
        return data
    gap = end if data and not data.endswith(b"\n") else b""
    return data + gap + b"".join(line.encode() + end for line in missing)


def _write(root: Path, plan: _Plan) -> PreparedFile:
    if plan.present == plan.wanted:
        return PreparedFile(path=plan.path, change=FileChange.UNCHANGED)
    write_file(root, plan.path, plan.wanted)
    change = FileChange.CREATED if plan.present is None else FileChange.CHANGED
    return PreparedFile(path=plan.path, change=change)
