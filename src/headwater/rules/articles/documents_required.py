"""`documents.required`: files that a repository must have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.paths import matches_glob
from headwater.rules.articles.interface import (
    Argument,
    ArgumentKind,
    Need,
    Rule,
    render_nothing,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.articles.evidence import Evidence
    from headwater.rules.articles.interface import Demand
    from headwater.spec.model import Problem


def find_missing_documents(evidence: Evidence, demand: Demand) -> Iterator[Problem]:
    """One for each glob that names no file, at the check itself: there is no other place."""
    if evidence.paths is None:
        return
    for pattern in demand.names("paths"):
        if not any(matches_glob(path, pattern) for path in evidence.paths):
            yield demand.report(
                "document-missing",
                f"wants a file at `{pattern}`, and there is none",
                place=demand.check.place,
                remedy="Write it",
            )


RULE = Rule(
    name="documents.required",
    finds="a glob that names no file of the repository; `scope` has no meaning here",
    why="What everybody takes to be there, and nobody looks for, is missing when it is needed.",
    example='{check: documents.required, paths: [SECURITY.md, "docs/decisions/*.md"]}',
    arguments=(Argument(name="paths", kind=ArgumentKind.NAMES, means="paths or globs"),),
    needs=frozenset({Need.PATHS}),
    find=find_missing_documents,
    render=render_nothing,
)
