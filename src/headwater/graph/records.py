"""Lock records as text: canonical JSON that carries its own sha256, and how it is read back.

Reading never raises: a record that cannot be trusted comes back as a problem that says why.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

from headwater.graph.record_codec import (
    decode_basis,
    decode_component,
    decode_feature,
    decode_verification,
    encode_record,
)
from headwater.graph.record_fields import DamagedRecordError, Fields
from headwater.spec.model import Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from headwater.graph.lock import BasisRecord, ComponentRecord, FeatureRecord, Verification

FORMAT = 1
LOCK_FOLDER = "headwater.lock"
BASIS_ENDING = ".basis.json"
VERIFIED_ENDING = ".verified.jsonl"

# Codes of the problems that reading gives back.
CONFLICTED = "lock-conflicted"
DAMAGED = "lock-damaged"
UNKNOWN_FORMAT = "lock-format"

_MERGE_MARKER = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: |$)", re.MULTILINE)
_Record = TypeVar("_Record")


def lock_path(feature_folder: str, name: str) -> str:
    """Where a record lies: of a component (`C1`), or of the feature itself (`feature`)."""
    return f"{feature_folder}/{LOCK_FOLDER}/{name}.json"


def verified_path(feature_folder: str, component: str) -> str:
    """Where the verifications of a component (`C1`) lie."""
    return f"{feature_folder}/{LOCK_FOLDER}/{component}{VERIFIED_ENDING}"


def basis_path(feature_folder: str, item: str) -> str:
    """Where the record of what an item (`D1`, `C1`, `T004`) rests on lies."""
    return f"{feature_folder}/{LOCK_FOLDER}/{item}{BASIS_ENDING}"


def render_record(record: ComponentRecord | FeatureRecord | BasisRecord) -> str:
    """The record's file: the same text for equal records, keys sorted, one value a line."""
    content: dict[str, object] = {"format": FORMAT, **encode_record(record)}
    content["sha256"] = _digest(content)
    return json.dumps(content, sort_keys=True, indent=2, ensure_ascii=False) + "\n"


def digest_record(record: ComponentRecord | FeatureRecord | BasisRecord) -> str:
    """The record's own sha256, as it stands in its file and in the `Derivation` trailer."""
    return _digest({"format": FORMAT, **encode_record(record)})


def read_component_record(text: str, *, path: str) -> ComponentRecord | Problem:
    """Read `C1.json`; the problem's code is CONFLICTED, DAMAGED or UNKNOWN_FORMAT."""
    return _read_record(text, path=path, decode=decode_component)


def read_feature_record(text: str, *, path: str) -> FeatureRecord | Problem:
    """Read `feature.json`; the problem's code is CONFLICTED, DAMAGED or UNKNOWN_FORMAT."""
    return _read_record(text, path=path, decode=decode_feature)


def read_basis_record(text: str, *, path: str) -> BasisRecord | Problem:
    """Read `D1.basis.json`; the problem's code is CONFLICTED, DAMAGED or UNKNOWN_FORMAT."""
    return _read_record(text, path=path, decode=decode_basis)


def render_verification(verification: Verification) -> str:
    """One line of `C1.verified.jsonl`, with its line break."""
    return render_line(verification)


def read_verifications(
    text: str, *, path: str
) -> tuple[tuple[Verification, ...], tuple[Problem, ...]]:
    """Every line that can be read; one that cannot counts for nothing and is a warning."""
    return read_lines(text, path=path, decode=decode_verification, kind=_VERIFICATION)


@dataclass(frozen=True, kw_only=True, slots=True)
class LineKind:
    """What a line records, for the warning about one that cannot be read."""

    code: str
    name: str
    hint: str


_VERIFICATION = LineKind(
    code="verification-unreadable",
    name="a verification",
    hint="It counts for nothing; the next build verifies again.",
)


def render_line(record: object) -> str:
    """A record as one line of a file that is merged by union, with its line break."""
    content = {"format": FORMAT, **encode_record(record)}
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")) + "\n"


def read_lines(
    text: str, *, path: str, decode: Callable[[Fields], _Record], kind: LineKind
) -> tuple[tuple[_Record, ...], tuple[Problem, ...]]:
    """Every line that can be read; one that cannot counts for nothing and is a warning."""
    records, problems = [], []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            fields = Fields(parse_record(line))
            if fields.count("format") != FORMAT:
                raise DamagedRecordError("its format is another version's")
            records.append(decode(fields))
        except DamagedRecordError as error:
            problems.append(
                Problem(
                    code=kind.code,
                    message=f"{kind.name} cannot be read: {error}",
                    place=Place(path=path, line=number),
                    hint=kind.hint,
                    severity=Severity.WARNING,
                )
            )
    return tuple(records), tuple(problems)


def report_damage(why: str, *, path: str, line: int = 1) -> Problem:
    """The problem of a record that is not as it was written, with the way back."""
    return Problem(
        code=DAMAGED,
        message=f"the lock record is damaged: {why}",
        place=Place(path=path, line=line),
        hint=f"`headwater revert {path}` restores it as it was derived.",
    )


def parse_record(text: str) -> dict[str, object]:
    """The JSON object that a record's text is.

    Raises:
        DamagedRecordError: it is none, or a key stands in it twice.
    """
    try:
        content = json.loads(text, object_pairs_hook=_refuse_duplicates)
    except json.JSONDecodeError as error:
        raise DamagedRecordError(f"it is no JSON ({error})", line=error.lineno) from error
    except (ValueError, RecursionError) as error:
        raise DamagedRecordError(f"it is no JSON ({error})") from error
    if not isinstance(content, dict):
        raise DamagedRecordError("it is no JSON object")
    return content


def _read_record(text: str, *, path: str, decode: Callable[[Fields], _Record]) -> _Record | Problem:
    marker = _MERGE_MARKER.search(text)
    if marker:
        return Problem(
            code=CONFLICTED,
            message="the lock record holds merge markers",
            place=Place(path=path, line=text.count("\n", 0, marker.start()) + 1),
            hint=f"Take either side whole: `git checkout --ours -- {path}` (or `--theirs`); once "
            f"the markers are committed, `headwater revert {path}`. Then `headwater revert --all` "
            "brings derived files to it; commit, and build.",
        )
    try:
        content = parse_record(text)
        fields = Fields(content)
        version = fields.count("format")
        if version == FORMAT:
            if fields.text("sha256") != _digest(content):
                raise DamagedRecordError("its content does not have the sha256 that it carries")
            return decode(fields)
    except DamagedRecordError as error:
        return report_damage(str(error), path=path, line=error.line)
    return Problem(
        code=UNKNOWN_FORMAT,
        message=f"the lock record has format {version}; this version reads format {FORMAT}",
        place=Place(path=path, line=1),
        hint="Install the version of Headwater that wrote it, or a later one.",
    )


def _refuse_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A key that stands twice is the trace of a merge that kept both sides."""
    content = dict(pairs)
    if len(content) != len(pairs):
        raise DamagedRecordError("a key stands in it twice")
    return content


def _digest(content: Mapping[str, object]) -> str:
    """sha256 of the content without the hash itself, in canonical JSON."""
    bare = {key: value for key, value in content.items() if key != "sha256"}
    text = json.dumps(bare, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode(errors="surrogatepass")).hexdigest()
