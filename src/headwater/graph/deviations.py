"""Accepted deviations: derived files that a person edited, and that stand as they were edited.

`headwater.lock/C1.deviations.jsonl` holds one line a file. The component's record goes on saying
what was derived; a line says that other bytes may stand in its place, who said so, and why. It
counts for exactly those bytes over exactly that derivation, so a new derivation ends it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.graph.digest import digest_bytes
from headwater.graph.records import LOCK_FOLDER, LineKind, read_lines, render_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from headwater.graph.lock import ComponentRecord
    from headwater.graph.record_fields import Fields
    from headwater.spec.model import Problem

DEVIATIONS_ENDING = ".deviations.jsonl"
_LINE = LineKind(
    code="deviation-unreadable",
    name="the record of an accepted edit",
    hint="It counts for nothing; restore it from git, or accept the edit again.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Deviation:
    """One line of `C1.deviations.jsonl`.

    Attributes:
        path: the derived file.
        derived: sha256 of its bytes as they were derived.
        sha256: of its bytes as they may stand.
        diff: sha256 of the unified difference between the two.
        reason: why, in the words of the one who accepted it.
        by: name and e-mail, as git knows them.
        when: RFC 3339, in UTC.
    """

    path: str
    derived: str
    sha256: str
    diff: str
    reason: str
    by: str
    when: str


def deviations_path(feature_folder: str, component: str) -> str:
    """Where the deviations of a component (`C1`) lie."""
    return f"{feature_folder}/{LOCK_FOLDER}/{component}{DEVIATIONS_ENDING}"


def render_deviation(deviation: Deviation) -> str:
    """One line of `C1.deviations.jsonl`, with its line break."""
    return render_line(deviation)


def digest_deviation(deviation: Deviation) -> str:
    """The sha256 of a line, by which the commit that accepted it vouches for it."""
    return digest_bytes(render_deviation(deviation).encode())


def read_deviations(text: str, *, path: str) -> tuple[tuple[Deviation, ...], tuple[Problem, ...]]:
    """Every line that can be read; one that cannot counts for nothing and is a warning."""
    return read_lines(text, path=path, decode=_decode, kind=_LINE)


def choose_valid(
    deviations: Iterable[Deviation], record: ComponentRecord | None
) -> Iterator[Deviation]:
    """Those that are about code as it was derived last; the newest of several about a file."""
    derived = {file.path: file.sha256 for file in record.files} if record else {}
    newest = {
        one.path: one
        for one in sorted(deviations, key=lambda one: one.when)
        if record and one.path in record.bodies and one.derived == derived[one.path]
    }
    yield from newest.values()


def choose_standing(
    deviations: Iterable[Deviation], record: ComponentRecord | None, files: Mapping[str, str | None]
) -> tuple[Deviation, ...]:
    """Those whose bytes are the ones that are there.

    Args:
        deviations: of one component.
        record: its own; None without one.
        files: path to the sha256 of what is on disk.
    """
    valid = choose_valid(deviations, record)
    return tuple(one for one in valid if one.sha256 == files.get(one.path) != one.derived)


def _decode(fields: Fields) -> Deviation:
    return Deviation(
        path=fields.text("path"),
        derived=fields.text("derived"),
        sha256=fields.text("sha256"),
        diff=fields.text("diff"),
        reason=fields.text("reason"),
        by=fields.text("by"),
        when=fields.text("when"),
    )
