"""How a traced failure is shown: the verdict first, then every reason, then the way on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from headwater.cli.differences import render_difference
from headwater.cli.json_form import to_json
from headwater.cli.render import align, clean, count, render_usage
from headwater.operations.triage.report import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.operations.triage.report import Evidence, TriageReport

_COLOURS = {Verdict.GENERATION: "red", Verdict.GAP: "yellow", Verdict.ABSENT: "green"}


def to_document(report: TriageReport) -> dict[str, object]:
    """The report as JSON has it, without the bytes of documents."""
    document: dict[str, object] = to_json(report)
    change = report.change
    parts = ("ref", "path", "words", "differences", "touched", "notes")
    document["change"] = (
        {name: to_json(getattr(change, name)) for name in parts} if change else None
    )
    return document


def render_triage(report: TriageReport) -> Iterator[str]:
    """The report as lines."""
    verdict = click.style(report.verdict.value, fg=_COLOURS.get(report.verdict))
    yield f"{clean(report.component)}: {verdict}"
    yield align(map(_describe, report.evidence), indent=2)
    if report.refs:
        yield f"Serves {clean(', '.join(report.refs))}."
    yield from _render_way(report)
    if report.usage.calls:
        refused = f"; {count(report.refused, 'answer')} refused" if report.refused else ""
        yield f"{render_usage(report.usage)}{refused}"


def _render_way(report: TriageReport) -> Iterator[str]:
    change = report.change
    if change is not None:
        yield f"Proposed for {clean(change.ref)}, {count(change.words, 'word')} to read:"
        yield from (f"  {render_difference(one)}" for one in change.differences)
        yield from (clean(note) for note in change.notes)
    elif report.withdrawn:
        yield f"The lock says that {clean(', '.join(report.withdrawn))} passed, and it does not."
    if report.advice:
        yield clean(report.advice)
    if report.question:
        yield clean(report.question)


def _describe(one: Evidence) -> tuple[str, ...]:
    source = "a model says" if one.by_model else "found"
    place = f" ({clean(one.place)})" if one.place else ""
    return (one.step.value, source, f"{clean(one.text)}{place}")
