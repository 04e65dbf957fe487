"""Records of derivations: what was derived from what, kept in git beside the documents.

`specs/NNN-slug/headwater.lock/` holds one record a component (`C1.json`), its verifications
(`C1.verified.jsonl`, one line each), `feature.json`, and for each drafted item of a plan or task
list what it rests on (`D1.basis.json`). A record carries the sha256 of its own content, so that a
damaged one is seen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


BY_HAND: Final = "by hand"
"""The model of a component whose code a person wrote, and which was adopted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DerivedFile:
    """A file that Headwater wrote: its path in the repository, its bytes' sha256 in hex."""

    path: str
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Generator:
    """What made a component. `parameters` holds the search policy's settings as written.

    Where `model` is `BY_HAND`, they say by whom and when it was adopted: `adopted_by`, `adopted`.
    Tokens are as the provider counted them; `cost` is US dollars as decimal text, or empty; `diff`
    is `+3 -1`, the lines that the file gained and lost, or empty for one that was not there before.
    """

    model: str
    template: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    attempts: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: str = ""
    diff: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenRecord:
    """A test that a model wrote: for which ref, from which digest of its prose, and its code."""

    key: str
    ref: str
    prose: str
    code: str
    touches: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ComponentRecord:
    """`C1.json`.

    Attributes:
        component: `001/C1`.
        sources: every input, by a name that a person understands, to its digest.
        files: what was derived, test file included.
        interface: digest of the plan's interface block that the files satisfy.
        bodies: digest of each derived code file's normalised syntax.
        generator: what made it.
        written: tests in its test file that a model wrote.
    """

    component: str
    sources: Mapping[str, str]
    files: tuple[DerivedFile, ...]
    interface: str
    bodies: Mapping[str, str]
    generator: Generator
    written: tuple[WrittenRecord, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class FeatureRecord:
    """`feature.json`: the held-out draw, and what belongs to no single component.

    Attributes:
        feature: `001`.
        drawn: keys of all units that took part in the draw; a unit not among them is visible.
        held_out: the keys that implementing models never see.
        files: feature tests and test support.
        written: feature tests that a model wrote.
    """

    feature: str
    drawn: tuple[str, ...]
    held_out: tuple[str, ...]
    files: tuple[DerivedFile, ...]
    written: tuple[WrittenRecord, ...] = ()


class Settled(Enum):
    """How an item came to rest on what its record says, as words behind `since it was`."""

    DRAFTED = "drafted"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, kw_only=True, slots=True)
class BasisRecord:
    """`D1.basis.json`, `C1.basis.json`, `T004.basis.json`: what an item of a document rests on.

    Attributes:
        item: `001/D1`.
        settled: whether a step drafted it so, or a person confirmed it.
        sources: what it was drafted from or confirmed against, by a name that a person
            understands, to its digest (`graph/basis.py`).
    """

    item: str
    settled: Settled
    sources: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Verification:
    """One line of `C1.verified.jsonl`: under which conditions the component passed.

    Attributes:
        bodies: digests of its own and its transitive dependencies' derived code, path to digest.
        tests: digest of the test files that judged it.
        emitter: the target's emitter version.
        toolchain: interpreter and tools, with versions.
        articles: digest of the article checks that were applied.
        passed: number of tests that passed (all of them did).
    """

    bodies: Mapping[str, str]
    tests: str
    emitter: str
    toolchain: str
    articles: str
    passed: int
