"""Lock records to plain JSON values and back."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING

from headwater.graph.lock import (
    BasisRecord,
    ComponentRecord,
    DerivedFile,
    FeatureRecord,
    Generator,
    Settled,
    Verification,
    WrittenRecord,
)
from headwater.graph.record_fields import DamagedRecordError

if TYPE_CHECKING:
    from headwater.graph.record_fields import Fields


def encode_record(record: object) -> dict[str, object]:
    """A record's fields, by name, as JSON values."""
    assert dataclasses.is_dataclass(record)
    fields = dataclasses.fields(record)
    return {field.name: _encode_value(getattr(record, field.name)) for field in fields}


def decode_component(fields: Fields) -> ComponentRecord:
    """Raises DamagedRecordError when a field is missing or of a wrong type."""
    return ComponentRecord(
        component=fields.text("component"),
        sources=fields.mapping("sources"),
        files=_decode_files(fields),
        interface=fields.text("interface"),
        bodies=fields.mapping("bodies"),
        generator=_decode_generator(fields.inner("generator")),
        written=_decode_written(fields),
    )


def decode_feature(fields: Fields) -> FeatureRecord:
    """Raises DamagedRecordError when a field is missing or of a wrong type."""
    return FeatureRecord(
        feature=fields.text("feature"),
        drawn=fields.texts("drawn"),
        held_out=fields.texts("held_out"),
        files=_decode_files(fields),
        written=_decode_written(fields),
    )


def decode_basis(fields: Fields) -> BasisRecord:
    """Raises DamagedRecordError when a field is missing or of a wrong type."""
    settled = fields.text("settled")
    if settled not in {one.value for one in Settled}:
        raise DamagedRecordError(f"`{settled}` is no way to settle an item")
    return BasisRecord(
        item=fields.text("item"), settled=Settled(settled), sources=fields.mapping("sources")
    )


def decode_verification(fields: Fields) -> Verification:
    """Raises DamagedRecordError when a field is missing or of a wrong type."""
    return Verification(
        bodies=fields.mapping("bodies"),
        tests=fields.text("tests"),
        emitter=fields.text("emitter"),
        toolchain=fields.text("toolchain"),
        articles=fields.text("articles"),
        passed=fields.count("passed"),
    )


def _decode_files(fields: Fields) -> tuple[DerivedFile, ...]:
    return tuple(
        DerivedFile(path=file.text("path"), sha256=file.text("sha256"))
        for file in fields.objects("files")
    )


def _decode_generator(fields: Fields) -> Generator:
    return Generator(
        model=fields.text("model"),
        template=fields.text("template"),
        parameters=fields.mapping("parameters"),
        attempts=fields.count("attempts"),
        input_tokens=fields.count("input_tokens"),
        output_tokens=fields.count("output_tokens"),
        cost=fields.text("cost"),
        diff=fields.text_if_any("diff"),  # records from before it was measured have none
    )


def _decode_written(fields: Fields) -> tuple[WrittenRecord, ...]:
    return tuple(
        WrittenRecord(
            key=written.text("key"),
            ref=written.text("ref"),
            prose=written.text("prose"),
            code=written.text("code"),
            touches=written.texts("touches"),
        )
        for written in fields.objects("written")
    )


def _encode_value(value: object) -> object:
    if dataclasses.is_dataclass(value):
        return encode_record(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple):
        return [_encode_value(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return value
