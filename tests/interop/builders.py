"""Short ways to read foreign documents in a test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.interop.kiro.read import Kiro
from headwater.interop.openspec.read import OpenSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.interop.interface import ForeignFeature, ForeignProject, Format
    from headwater.spec.model import Feature, Problem, Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Gathered:
    """All that a format reads: features by number, and what stands beside them."""

    documents: Mapping[str, bytes]
    features: Mapping[str, ForeignFeature]
    project: ForeignProject

    def feature(self, number: str) -> Feature:
        """The documents of one feature."""
        return self.features[number].feature

    @property
    def problems(self) -> list[Problem]:
        """Everything that readers found."""
        found = list(self.project.problems)
        for one in self.project.guidance:
            found += one.problems
        for read in self.features.values():
            found += read.problems
            for document in (read.feature.spec, read.feature.plan, read.feature.tasks):
                found += document.problems if document else ()
        return found

    def at(self) -> list[tuple[str, str, int]]:
        """Every problem's code, path and line."""
        return [(one.code, one.place.path, one.place.line) for one in self.problems]

    def text(self, path: str, span: Span) -> str:
        """The bytes of a span."""
        return self.documents[path][span.start : span.end].decode()


def read_all(one: Format, documents: Mapping[str, bytes]) -> Gathered:
    """Read documents of a format, path to bytes."""
    return Gathered(
        documents=documents,
        features={
            folder.number: one.read_feature(folder) for folder in one.find_folders(documents)
        },
        project=one.read_project(documents),
    )


def read_openspec(documents: Mapping[str, str]) -> Gathered:
    """Read OpenSpec documents, path below `openspec/` to text."""
    return read_all(
        OpenSpec(), {f"openspec/{path}": text.encode() for path, text in documents.items()}
    )


def read_kiro(documents: Mapping[str, str]) -> Gathered:
    """Read Kiro documents, path below `.kiro/` to text."""
    return read_all(Kiro(), {f".kiro/{path}": text.encode() for path, text in documents.items()})
