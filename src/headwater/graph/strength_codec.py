"""Measurements of strength as lines of JSON, and how they are read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.records import LOCK_FOLDER, LineKind, read_lines, render_line
from headwater.graph.strength import RefStrength, StrengthRecord, Survivor

if TYPE_CHECKING:
    from headwater.graph.record_fields import Fields
    from headwater.spec.model import Problem

STRENGTH_ENDING = ".strength.jsonl"
_LINE = LineKind(
    code="strength-unreadable",
    name="a measurement of strength",
    hint="It counts for nothing; `headwater build --strength` measures again.",
)


def strength_path(feature_folder: str, component: str) -> str:
    """Where the measurements of a component (`C1`) lie."""
    return f"{feature_folder}/{LOCK_FOLDER}/{component}{STRENGTH_ENDING}"


def render_strength(record: StrengthRecord) -> str:
    """One line of `C1.strength.jsonl`, with its line break."""
    return render_line(record)


def read_strengths(
    text: str, *, path: str
) -> tuple[tuple[StrengthRecord, ...], tuple[Problem, ...]]:
    """Every line that can be read; one that cannot counts for nothing and is a warning."""
    return read_lines(text, path=path, decode=_decode_record, kind=_LINE)


def _decode_record(fields: Fields) -> StrengthRecord:
    return StrengthRecord(
        bodies=fields.mapping("bodies"),
        tests=fields.text("tests"),
        mutator=fields.text("mutator"),
        most=fields.count("most"),
        mutants=fields.count("mutants"),
        killed=fields.count("killed"),
        unreached=fields.count("unreached"),
        refs=tuple(map(_decode_ref, fields.objects("refs"))),
    )


def _decode_ref(fields: Fields) -> RefStrength:
    return RefStrength(
        ref=fields.text("ref"),
        reached=fields.count("reached"),
        killed=fields.count("killed"),
        elsewhere=fields.count("elsewhere"),
        survivors=tuple(map(_decode_survivor, fields.objects("survivors"))),
    )


def _decode_survivor(fields: Fields) -> Survivor:
    return Survivor(
        path=fields.text("path"),
        line=fields.count("line"),
        before=fields.text("before"),
        after=fields.text("after"),
        call=fields.text("call"),
        result=fields.text("result"),
    )
