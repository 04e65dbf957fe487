"""What published specifications demand of a provenance statement, written out as a check.

Statement and ResourceDescriptor: https://github.com/in-toto/attestation/tree/main/spec/v1; the
predicate: https://slsa.dev/spec/v1.0/provenance, with its schema in `provenance.proto` (package
`slsa.v1`). Fields that the schema does not have are refused, though readers must pass over them.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Check = Callable[[Any, str], None]


def check_statement(value: Any) -> None:
    """Fail where a statement is not as in-toto's Statement v1 with SLSA's Provenance v1 is."""
    check_fields(
        value,
        "statement",
        required={
            "_type": is_exactly("https://in-toto.io/Statement/v1"),
            "subject": is_list(check_subject),
            "predicateType": is_exactly("https://slsa.dev/provenance/v1"),
            "predicate": check_predicate,
        },
    )
    assert value["subject"], "a statement is about something"
    names = [one["name"] for one in value["subject"]]
    assert len(set(names)) == len(names), "subjects are told apart by their names"


def check_predicate(value: Any, where: str) -> None:
    required = {"buildDefinition": check_definition, "runDetails": check_details}
    check_fields(value, where, required=required)


def check_definition(value: Any, where: str) -> None:
    check_fields(
        value,
        where,
        required={"buildType": is_uri, "externalParameters": is_object},
        optional={
            "internalParameters": is_object,
            "resolvedDependencies": is_list(check_descriptor),
        },
    )


def check_details(value: Any, where: str) -> None:
    check_fields(
        value,
        where,
        required={"builder": check_builder},
        optional={"metadata": check_metadata, "byproducts": is_list(check_descriptor)},
    )


def check_builder(value: Any, where: str) -> None:
    optional = {"version": is_text_map, "builderDependencies": is_list(check_descriptor)}
    check_fields(value, where, required={"id": is_uri}, optional=optional)


def check_metadata(value: Any, where: str) -> None:
    optional = {"invocationId": is_text, "startedOn": is_time, "finishedOn": is_time}
    check_fields(value, where, optional=optional)


def check_descriptor(value: Any, where: str) -> None:
    check_fields(
        value,
        where,
        optional={
            "uri": is_uri,
            "digest": check_digests,
            "name": is_text,
            "downloadLocation": is_uri,
            "mediaType": is_text,
            "content": is_text,
            "annotations": is_object,
        },
    )
    assert value.keys() & {"uri", "digest", "content"}, f"{where} describes nothing"


def check_subject(value: Any, where: str) -> None:
    check_descriptor(value, where)
    assert value["digest"], f"{where}: a subject is matched by its digest"


def check_digests(value: Any, where: str) -> None:
    is_text_map(value, where)
    lengths = {"sha256": {64}, "gitCommit": {40, 64}}
    for name, digest in value.items():
        assert re.fullmatch(r"[0-9a-f]+", digest), f"{where}.{name} is no lower-case hex"
        assert len(digest) in lengths.get(name, {len(digest)}), f"{where}.{name}"


def check_fields(
    value: Any,
    where: str,
    *,
    required: Mapping[str, Check] | None = None,
    optional: Mapping[str, Check] | None = None,
) -> None:
    is_object(value, where)
    known = {**(required or {}), **(optional or {})}
    assert value.keys() <= known.keys(), f"{where} has {value.keys() - known.keys()}"
    assert value.keys() >= (required or {}).keys(), f"{where} lacks a required field"
    for name, inner in value.items():
        known[name](inner, f"{where}.{name}")


def is_exactly(expected: str) -> Check:
    def check(value: Any, where: str) -> None:
        assert value == expected, where

    return check


def is_list(check: Check) -> Check:
    def check_all(value: Any, where: str) -> None:
        assert isinstance(value, list), where
        for number, one in enumerate(value):
            check(one, f"{where}[{number}]")

    return check_all


def is_object(value: Any, where: str) -> None:
    assert isinstance(value, dict), where


def is_text(value: Any, where: str) -> None:
    assert isinstance(value, str), where


def is_text_map(value: Any, where: str) -> None:
    is_object(value, where)
    for name, text in value.items():
        is_text(text, f"{where}.{name}")


def is_uri(value: Any, where: str) -> None:
    is_text(value, where)
    assert urlsplit(value).scheme, f"{where}: {value} has no scheme"


def is_time(value: Any, where: str) -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", value), where
    datetime.fromisoformat(value)
