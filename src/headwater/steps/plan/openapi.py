"""Writes HTTP calls as an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.0)."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import yaml

from headwater.steps.plan.shapes import find_shape
from headwater.targets.sketch import UNKNOWN, Kind, Shape, join_shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from headwater.steps.plan.read_requests import RequestRow

CONTRACT = "contracts/openapi.yaml"
"""Where the HTTP calls of a feature are specified, below its folder."""

_ANYTHING = "…"
_TYPES = {
    Kind.NOTHING: "null",
    Kind.BOOLEAN: "boolean",
    Kind.INTEGER: "integer",
    Kind.NUMBER: "number",
    Kind.TEXT: "string",
}
_Json = dict[str, object]


def write_contract(title: str, rows: Sequence[RequestRow]) -> str:
    """The document as YAML; every operation says in `x-serves` what it is for."""
    operations: dict[tuple[str, str], list[RequestRow]] = {}
    for row in rows:
        operations.setdefault((find_template(row.path), row.method), []).append(row)
    paths: dict[str, _Json] = {}
    for (path, method), own in operations.items():
        paths.setdefault(path, {})[method] = _describe(path, method, own)
    document = {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "0.1.0"},
        "paths": paths,
    }
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)


def find_template(path: str) -> str:
    """`/accounts/a-1/lines` → `/accounts/{account}/lines`: a part with a digit in it is a value."""
    parts: list[str] = []
    for part in path.strip("/").split("/"):
        value = re.search(r"\d", part) and not re.fullmatch(r"v\d+", part)
        before = parts[-1] if parts else ""
        parts.append(f"{{{_singular(before)}}}" if value else part)
    return "/" + "/".join(_tell_apart(parts))


def _describe(path: str, method: str, rows: Sequence[RequestRow]) -> _Json:
    words = re.findall(r"\w+", path)
    operation: _Json = {"operationId": "_".join([method, *words])}
    serves = list(dict.fromkeys(row.ref for row in rows if row.ref))
    if serves:
        operation["x-serves"] = serves
    parameters = [_describe_parameter(name, "path") for name in re.findall(r"\{(\w+)\}", path)]
    names = dict.fromkeys(name for row in rows for name in row.query)
    parameters += [_describe_parameter(name, "query") for name in names]
    if parameters:
        operation["parameters"] = parameters
    bodies = [row.body for row in rows if row.body is not None]
    if bodies:
        operation["requestBody"] = {"content": _describe_content(bodies)}
    operation["responses"] = _describe_responses(rows)
    return operation


def _describe_parameter(name: str, where: str) -> _Json:
    return {"name": name, "in": where, "required": where == "path", "schema": {"type": "string"}}


def _describe_responses(rows: Iterable[RequestRow]) -> _Json:
    answers: dict[str, list[object]] = {}
    for row in rows:
        answers.setdefault(row.status, []).extend([] if row.answer is None else [row.answer])
    return {
        status: {
            "description": f"Answer {status}",
            **({"content": _describe_content(bodies)} if bodies else {}),
        }
        for status, bodies in sorted(answers.items())
    }


def _describe_content(bodies: Sequence[object]) -> _Json:
    shape = UNKNOWN
    for body in bodies:
        shape = join_shapes(shape, find_shape(body))
    schema = _write_schema(_forget(shape, bodies))
    return {"application/json": {"schema": schema, "example": _plain(bodies[0])}}


def _forget(shape: Shape, bodies: Sequence[object]) -> Shape:
    """The shape with fields unknown whose value may be anything."""
    fields = tuple(
        (name, UNKNOWN if any(_is_open(body, name) for body in bodies) else inner)
        for name, inner in shape.fields
    )
    return replace(shape, fields=fields)


def _is_open(body: object, name: str) -> bool:
    return isinstance(body, dict) and body.get(name) == _ANYTHING


def _write_schema(shape: Shape) -> _Json:
    if shape.kind in _TYPES:
        kind = _TYPES[shape.kind]
        return {"type": [kind, "null"] if shape.optional and kind != "null" else kind}
    if shape.kind is Kind.LIST:
        return {"type": "array", "items": _write_schema(shape.item or UNKNOWN)}
    if shape.kind is Kind.MAP:
        return {"type": "object", "additionalProperties": _write_schema(shape.item or UNKNOWN)}
    if shape.kind is Kind.OBJECT:
        fields = {name: _write_schema(inner) for name, inner in shape.fields}
        return {"type": "object", "properties": fields, "required": list(fields)}
    return {}


def _plain(value: object) -> object:
    """A JSON value with plain numbers, as YAML writes them."""
    return json.loads(json.dumps(value, default=_to_number))


def _to_number(value: object) -> float:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{value!r} is no JSON value")


def _singular(noun: str) -> str:
    name = re.sub(r"\W+", "_", noun.strip("{}")).strip("_")
    return (name.removesuffix("s") if len(name) > 1 else name) or "id"


def _tell_apart(parts: Sequence[str]) -> list[str]:
    """Template parts with different names: `{id}`, `{id_2}`."""
    told: list[str] = []
    for position, part in enumerate(parts):
        count = parts[: position + 1].count(part)
        again = part.startswith("{") and count > 1
        told.append(f"{part[:-1]}_{count}}}" if again else part)
    return told
