"""The files that policies are researched in: those that are named, and the repository's own."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from headwater.errors import HeadwaterError
from headwater.operations.standing.locate import locate_path
from headwater.policies.facts import FACT_PATTERNS
from headwater.policies.read_policy import find_reader
from headwater.spec.model import Place, Problem, Severity
from headwater.workspace.documents import read_documents
from headwater.workspace.files import MAX_DOCUMENT_BYTES, read_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.workspace.repository import Repository

POLICY_FOLDERS: Final = ("policies", "docs/policies", ".github/policies")
"""Where policies are looked for when none is named."""

_MOST_FILES = 1000
_UNCITABLE = re.compile(r"[\x00-\x1f\x7f`]")


@dataclass(kw_only=True, slots=True)
class GatheredPolicies:
    """Bytes by path; a path outside the repository begins with `../`.

    Attributes:
        policies: what is read for its statements.
        settings: the repository's own files, read for facts alone.
        problems: files that are not read.
    """

    policies: dict[str, bytes] = field(default_factory=dict)
    settings: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def gather_policies(repository: Repository, paths: Sequence[Path]) -> GatheredPolicies:
    """Read every file that is named, or lies in a folder that is, and the repository's settings.

    Without paths, the usual folders are read where they are there. One byte more than a document
    may have is read, so that its reader can refuse it.

    Raises:
        HeadwaterError: a path that is named does not exist, or leads through a symbolic link.
    """
    found = GatheredPolicies()
    named = paths or [
        repository.root / folder for folder in POLICY_FOLDERS if (repository.root / folder).is_dir()
    ]
    for path in named:
        _gather(found, repository, path)
    for pattern in FACT_PATTERNS:
        try:
            found.settings |= read_documents(repository.root, (pattern,))
        except HeadwaterError as error:  # a symbolic link: named by nobody, so no reason to stop
            found.problems.append(_report(pattern, str(error), hint=error.hint))
    for name in found.policies:
        found.settings.pop(name, None)
    return found


def _gather(found: GatheredPolicies, repository: Repository, path: Path) -> None:
    if not path.exists():
        raise HeadwaterError(
            f"expected a policy or a folder of policies, found nothing at {path}",
            hint="Name files in Markdown, text, HTML, PDF or DOCX, or a folder of them.",
        )
    if not path.is_dir():
        if _UNCITABLE.search(str(path)):
            raise HeadwaterError(
                f"expected a name that can be cited, found {path.name!r}", hint="Rename the file."
            )
        name, data = _read(repository, path)
        found.policies[name] = data
        return
    for number, place in enumerate(_walk(path)):
        if number == _MOST_FILES:
            raise HeadwaterError(
                f"expected at most {_MOST_FILES} policies in {path}, found more",
                hint="Name the files, or a folder further down.",
            )
        if _UNCITABLE.search(str(place)):
            message = "expected a name that can be cited, found a control character or back-tick"
            shown = place.name.encode("unicode_escape").decode()
            found.problems.append(_report(shown, message, hint="Rename the file."))
            continue
        name = _name(repository, place)
        if find_reader(name) is None:
            message = "expected Markdown, text, HTML, PDF or DOCX; this file is not read"
            found.problems.append(_report(name, message, hint="Save it in one of these formats."))
        else:
            found.policies[name] = _read(repository, place)[1]


def _walk(folder: Path) -> Iterator[Path]:
    """The files below a folder in order; hidden ones and symbolic links are none."""
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            place = Path(parent) / name
            if not name.startswith(".") and not place.is_symlink():
                yield place


def _read(repository: Repository, path: Path) -> tuple[str, bytes]:
    name = _name(repository, path)
    limit = MAX_DOCUMENT_BYTES + 1
    if not name.startswith("../"):
        return name, read_file(repository.root, name, limit=limit)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise HeadwaterError(f"expected a regular file, found something else at {path}")
        with path.open("rb") as file:
            return name, file.read(limit)
    except OSError as error:
        raise HeadwaterError(f"{path} cannot be read: {error.strerror}") from error


def _name(repository: Repository, path: Path) -> str:
    """The path in the repository; for one outside, the way there from its root."""
    try:
        return locate_path(repository, path)
    except HeadwaterError:
        place = Path(os.path.normpath(path.absolute()))
        if place.is_relative_to(repository.root):
            raise
        return Path(os.path.relpath(place, repository.root)).as_posix()


def _report(path: str, message: str, *, hint: str) -> Problem:
    return Problem(
        code="policy-not-read",
        message=message,
        place=Place(path=path, line=1),
        hint=hint,
        severity=Severity.WARNING,
    )
