"""The report of a check as JSON, so that it can be kept: rows without names, in one line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from headwater.graph.states import Change, State
from headwater.operations.checking.check_report import CheckReport
from headwater.operations.checking.drift import DriftPlace
from headwater.operations.standing.component_status import ComponentStatus, StatedReason
from headwater.operations.standing.placed_problem import PlacedProblem
from headwater.spec.model import Place, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence


def encode_report(report: CheckReport) -> bytes:
    """A report that compares nothing; `allow_stale` is for each run to say."""
    content = {
        "features": report.features,
        "components": report.components,
        "documents": report.documents,
        "findings": [_encode_problem(problem) for problem in report.findings],
        "unsettled": [_encode_status(one) for one in report.unsettled],
        "places": [
            [ref, *_encode_place(found.place), found.excerpt]
            for ref, found in report.places.items()
        ],
    }
    return json.dumps(content, separators=(",", ":")).encode()


def decode_report(data: bytes) -> CheckReport:
    """What `encode_report` made.

    Raises:
        ValueError, LookupError, TypeError: the bytes are nothing of the kind.
    """
    content = json.loads(data)
    return CheckReport(
        features=content["features"],
        components=content["components"],
        documents=tuple(content["documents"]),
        findings=tuple(map(_decode_problem, content["findings"])),
        unsettled=tuple(map(_decode_status, content["unsettled"])),
        places={
            ref: DriftPlace(Place(path=path, line=line, column=column), excerpt)
            for ref, path, line, column, excerpt in content["places"]
        },
    )


def _encode_place(place: Place) -> tuple[str, int, int]:
    return place.path, place.line, place.column


def _encode_problem(problem: PlacedProblem) -> Sequence[object]:
    return (
        problem.code,
        problem.message,
        *_encode_place(problem.place),
        problem.hint,
        problem.severity.value,
        problem.ref,
        problem.excerpt,
        problem.words,
        problem.ordinal,
    )


def _decode_problem(row: Sequence[Any]) -> PlacedProblem:
    code, message, path, line, column, hint, severity, ref, excerpt, words, ordinal = row
    return PlacedProblem(
        code=code,
        message=message,
        place=Place(path=path, line=line, column=column),
        hint=hint,
        severity=Severity(severity),
        ref=ref,
        excerpt=excerpt,
        words=words,
        ordinal=ordinal,
    )


def _encode_status(status: ComponentStatus) -> Sequence[object]:
    reasons = [(one.text, one.subject, one.change.value) for one in status.reasons]
    return status.ref, status.name, status.files, status.state.value, reasons


def _decode_status(row: Sequence[Any]) -> ComponentStatus:
    ref, name, files, state, reasons = row
    stated = (StatedReason(text, subject, Change(change)) for text, subject, change in reasons)
    return ComponentStatus(ref, name, tuple(files), State(state), tuple(stated))
