"""Dependency files of a repository: `requirements*.txt` and `pyproject.toml`, read by PEP 508."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from headwater.rules.articles.evidence import Dependency
from headwater.spec.model import Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packaging.requirements import Requirement

MANIFESTS = ("pyproject.toml", "requirements*.txt", "requirements/*.txt")
"""Globs of the files that are read."""

_COMMENT = re.compile(r"(?:^|\s)#.*$")
_OPTION = re.compile(r"\s+--\w.*$")
_COMMIT = re.compile(r"@[0-9a-f]{40}(?:[#?]|$)|#(?:.*&)?(?:sha256|sha512)=[0-9a-f]{64,}")


def read_manifest(path: str, text: str) -> tuple[list[Dependency], list[Problem]]:
    """The dependencies that a file names, with places, and warnings of entries that are none."""
    project = path.endswith(".toml")
    entries = _list_project_entries(path, text) if project else _list_requirement_lines(text)
    read = [
        entry if isinstance(entry, Problem) else _read_entry(entry[1], path=path, line=entry[0])
        for entry in entries
    ]
    return (
        [each for each in read if isinstance(each, Dependency)],
        [each for each in read if isinstance(each, Problem)],
    )


def _read_entry(text: str, *, path: str, line: int) -> Dependency | Problem:
    from packaging.requirements import InvalidRequirement, Requirement  # noqa: PLC0415 - start-up

    place = Place(path=path, line=line)
    try:
        requirement = Requirement(text)
    except InvalidRequirement:
        return _make_problem(
            f"expected a dependency such as `httpx==0.27.2`, found `{text}`", place
        )
    return Dependency(requirement.name, _is_pinned(requirement), place)


def _is_pinned(requirement: Requirement) -> bool:
    if requirement.url:
        return _COMMIT.search(requirement.url) is not None
    exact = (
        specifier.operator == "===" or (specifier.operator == "==" and "*" not in specifier.version)
        for specifier in requirement.specifier
    )
    return any(exact)


def _list_requirement_lines(text: str) -> Iterator[tuple[int, str] | Problem]:
    """Entries of a requirements file, without options; a backslash joins a line to the next."""
    begun, first = "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        first = first if begun else number
        begun += _COMMENT.sub("", line).strip()
        if begun.endswith("\\"):
            begun = begun.removesuffix("\\").rstrip() + " "
            continue
        entry = _OPTION.sub("", begun).strip()
        if entry and not entry.startswith(("-", ".", "/")):
            yield first, entry
        begun = ""


def _list_project_entries(path: str, text: str) -> Iterator[tuple[int, str] | Problem]:
    """Dependencies, extras and groups of a `pyproject.toml` (PEP 621, PEP 735)."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        yield _make_problem(f"this is no TOML: {error}", Place(path=path, line=1))
        return
    project = document.get("project")
    tables = project if isinstance(project, dict) else {}
    listed = [tables.get("dependencies")]
    for groups in (tables.get("optional-dependencies"), document.get("dependency-groups")):
        listed += groups.values() if isinstance(groups, dict) else ()
    for entries in listed:
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, str):
                yield _find_line(text, entry), entry


def _find_line(text: str, entry: str) -> int:
    """The line on which an entry stands in quotes; 1 where it is written in another way."""
    found = max(text.find(f'"{entry}"'), text.find(f"'{entry}'"))
    return text.count("\n", 0, max(found, 0)) + 1


def _make_problem(message: str, place: Place) -> Problem:
    return Problem(
        code="dependency-unreadable",
        message=message,
        place=place,
        hint="Write it as PEP 508 says, or articles about dependencies cannot judge it.",
        severity=Severity.WARNING,
    )
