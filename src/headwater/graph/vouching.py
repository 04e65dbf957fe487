"""Commit messages vouch for lock records: which digests they name, and how they name them.

A record carries its own sha256, which a hand that edits it can write anew. The message of the
commit that made the record names it too, and no later edit reaches that.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from headwater.graph.record_fields import DamagedRecordError
from headwater.graph.records import BASIS_ENDING, LOCK_FOLDER, parse_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DERIVATION: Final = "Derivation"
"""Names the record of a derivation, in the commit that holds what was derived."""

RECORDED: Final = "Recorded"
"""Names records that were written without deriving code: a feature's own, new tests, and those of
what the items of plans and task lists rest on."""

BUILDER: Final = "Builder"
"""Names the program that derived, with its version."""

VOUCHING_LINE: Final = rf"^[[:blank:]]*({DERIVATION}|{RECORDED}):"
"""How a line begins that vouches, as git's extended regular expressions have it."""

_LINE = re.compile(rf"^[ \t]*(?P<kind>{DERIVATION}|{RECORDED}):(?P<digests>.*)$", re.MULTILINE)
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
_ITEM = rf"(?:[CD]\d+|T\d+[a-z]?){re.escape(BASIS_ENDING)}"
_RECORD = re.compile(rf".+/{LOCK_FOLDER}/(?:(?:C\d+|feature)\.json|{_ITEM})")


def is_record(path: str) -> bool:
    """Whether a path is that of a lock record that carries its own sha256."""
    return _RECORD.fullmatch(path) is not None


def read_vouched(message: str, *, kinds: Iterable[str] = (DERIVATION, RECORDED)) -> frozenset[str]:
    """The digests that a commit message vouches for.

    Lines count wherever they stand: a squash merge keeps the messages of the commits that it melts
    down, but no longer as trailers.
    """
    return frozenset(
        digest
        for line in _LINE.finditer(message)
        if line["kind"] in kinds
        for digest in _DIGEST.findall(line["digests"])
    )


def list_carried(files: Mapping[str, bytes | None]) -> tuple[str, ...]:
    """The digests that the lock records among some files carry, in the order of their paths."""
    found = (
        read_carried(data.decode(errors="replace"))
        for path, data in sorted(files.items())
        if data is not None and is_record(path)
    )
    return tuple(digest for digest in found if digest)


def read_carried(text: str) -> str:
    """The sha256 that a record carries; empty where it cannot be read."""
    try:
        digest = parse_record(text).get("sha256")
    except DamagedRecordError:
        return ""
    return digest if isinstance(digest, str) else ""
