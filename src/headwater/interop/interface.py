"""What every foreign format gives: the same values as the native reader, and what is left over."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.spec.model import Constitution, Feature, Place, Problem, Source, Span
    from headwater.spec.origin import Origin
    from headwater.spec.read_project import FeatureFolder


class RemainderKind(Enum):
    """What has no counterpart in the native model."""

    PROSE = "prose"
    DOCUMENT = "document"
    MARK = "mark"


@dataclass(frozen=True, kw_only=True, slots=True)
class Remainder:
    """A part of a document that no value of the native model holds.

    Attributes:
        kind: prose is carried over by `import` as prose; a whole document and a mark are not.
        title: a section's heading, a file's name, or what the mark says; empty for prose that
            stands before any section.
        place: where it stands.
        source: the document, for prose.
        span: the bytes, for prose.
    """

    kind: RemainderKind
    title: str
    place: Place
    source: Source | None = None
    span: Span | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ForeignFeature:
    """One feature, read.

    Attributes:
        feature: its documents.
        problems: those of documents that cannot be read at all.
        remainders: what has no counterpart.
        copied: documents that a native feature has under the same name; `import` copies them.
    """

    feature: Feature
    problems: tuple[Problem, ...] = ()
    remainders: tuple[Remainder, ...] = ()
    copied: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class ForeignProject:
    """What the documents beside the features say: principles, one value a file."""

    guidance: tuple[Constitution, ...] = ()
    problems: tuple[Problem, ...] = ()
    remainders: tuple[Remainder, ...] = ()


class Format(Protocol):
    """One foreign format.

    Attributes:
        origin: its name.
        folder: where its documents stand; a repository without it has none.
        patterns: globs of its documents.
        archived: globs of those that are done with, and only read when asked for.
    """

    origin: Origin
    folder: str
    patterns: tuple[str, ...]
    archived: tuple[str, ...]

    def find_folders(self, documents: Mapping[str, bytes]) -> list[FeatureFolder]:
        """The features' folders, in the order in which `import` numbers them.

        Args:
            documents: path to bytes; what is none of this format's is passed over.
        """
        ...

    def find_parent(self, folder: str) -> str:
        """The folder of the feature that this one is a part of, else empty.

        `import` makes one feature of both.
        """
        ...

    def read_feature(self, folder: FeatureFolder) -> ForeignFeature:
        """Read one of the folders."""
        ...

    def read_project(self, documents: Mapping[str, bytes]) -> ForeignProject:
        """Read what stands beside the features."""
        ...
