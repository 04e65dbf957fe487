"""Summaries, test units and problems as JSON, so that they can be kept and need not be made again.

Rows are lists, without names: a project may have a hundred thousand of them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from headwater.graph.index import Edge, Item, ItemKind, Link, PlannedComponent
from headwater.graph.summary import FeatureSummary
from headwater.graph.units import UnitSummary
from headwater.spec.model import Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

_KINDS = {kind.value: kind for kind in ItemKind}
_EDGES = {edge.value: edge for edge in Edge}


def encode_summary(summary: FeatureSummary, problems: Iterable[Problem]) -> bytes:
    """A summary with the problems of the documents that it was made from."""
    return _dump(
        {
            "number": summary.number,
            "slug": summary.slug,
            "folder": summary.folder,
            "documents": summary.documents,
            "has_spec": summary.has_spec,
            "has_plan": summary.has_plan,
            "target": summary.target,
            "context": dict(summary.context),
            "items": [_encode_item(item) for item in summary.items],
            "components": summary.components,
            "problems": _encode_problems(problems),
        }
    )


def decode_summary(data: bytes) -> tuple[FeatureSummary, tuple[Problem, ...]]:
    """What `encode_summary` made.

    Raises:
        ValueError, LookupError, TypeError: the bytes are nothing of the kind.
    """
    content = json.loads(data)
    summary = FeatureSummary(
        number=content["number"],
        slug=content["slug"],
        folder=content["folder"],
        documents=tuple(content["documents"]),
        has_spec=content["has_spec"],
        has_plan=content["has_plan"],
        target=content["target"],
        context=content["context"],
        items=tuple(map(_decode_item, content["items"])),
        components=tuple(map(_decode_component, content["components"])),
    )
    return summary, _decode_problems(content["problems"])


def encode_units(units: Iterable[UnitSummary], problems: Iterable[Problem]) -> bytes:
    """Test units with the problems of the examples that they were made from."""
    return _dump({"units": list(units), "problems": _encode_problems(problems)})


def decode_units(data: bytes) -> tuple[tuple[UnitSummary, ...], tuple[Problem, ...]]:
    """What `encode_units` made.

    Raises:
        ValueError, LookupError, TypeError: the bytes are nothing of the kind.
    """
    content = json.loads(data)
    units = (
        UnitSummary(key, ref, digest, tuple(touches), owner)
        for key, ref, digest, touches, owner in content["units"]
    )
    return tuple(units), _decode_problems(content["problems"])


def encode_problems(problems: Iterable[Problem]) -> bytes:
    """Problems alone."""
    return _dump(_encode_problems(problems))


def decode_problems(data: bytes) -> tuple[Problem, ...]:
    """What `encode_problems` made.

    Raises:
        ValueError, LookupError, TypeError: the bytes are nothing of the kind.
    """
    return _decode_problems(json.loads(data))


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(
        errors="surrogatepass"
    )


def _encode_item(item: Item) -> list[object]:
    links = [[link.edge.value, link.ref, link.base] for link in item.links]
    return [item.ref, item.kind.value, *item[2:-1], links]


def _decode_item(row: list[Any]) -> Item:
    ref, kind, feature, digest, title, path, line, column, retired, text, links = row
    edges = tuple([Link(_EDGES[edge], to, base) for edge, to, base in links]) if links else ()
    return Item(ref, _KINDS[kind], feature, digest, title, path, line, column, retired, text, edges)


def _decode_component(row: list[Any]) -> PlannedComponent:
    ref, feature, name, *lists, section, offer, interface, declares, path, line, column = row
    files, implements, depends_on, commands = map(tuple, lists)
    return PlannedComponent(
        ref,
        feature,
        name,
        files,
        implements,
        depends_on,
        commands,
        section,
        offer,
        interface,
        tuple(declares),
        path,
        line,
        column,
    )


def _encode_problems(problems: Iterable[Problem]) -> list[list[object]]:
    return [
        [
            problem.code,
            problem.message,
            problem.place.path,
            problem.place.line,
            problem.place.column,
            problem.hint,
            problem.severity.value,
        ]
        for problem in problems
    ]


def _decode_problems(rows: list[list[Any]]) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            code=code,
            message=message,
            place=Place(path=path, line=line, column=column),
            hint=hint,
            severity=Severity(severity),
        )
        for code, message, path, line, column, hint, severity in rows
    )
