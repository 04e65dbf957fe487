"""What a build says of the strength of examples, and the question whether to draft more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from headwater.cli.invocation import ask
from headwater.cli.progress import open_progress
from headwater.cli.render import align, clean, count, echo
from headwater.graph.strength import describe_remedy
from headwater.operations.building.more_examples import draft_rows, propose_more
from headwater.operations.standing.strength_records import is_weak
from headwater.operations.strength import measure_strength
from headwater.wiring import wire_strength

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from headwater.config import Settings
    from headwater.graph.strength import RefStrength
    from headwater.operations.building.more_examples import DraftedRows, ProposedRow
    from headwater.operations.strength import MeasuredComponent, StrengthPorts, StrengthReport

_SHOWN = 3


def measure_and_offer(
    root: Path, settings: Settings, *, feature: str, quiet: bool, yes: bool, as_json: bool
) -> dict[str, object]:
    """Measure what a build has verified, say what came of it, and offer rows where asked to.

    Returns:
        What the JSON document of the build has to say of it.
    """
    floor = settings.rules.example_strength
    with open_progress(quiet=quiet) as progress:
        ports = wire_strength(settings, observer=progress)
        report = measure_strength(root, feature=feature, ports=ports)
    if not as_json:
        echo(render_strength(report, floor=floor))
    document: dict[str, object] = {"strength": report}
    if settings.build.more_examples:
        drafted = offer_rows(root, report, floor=floor, ports=ports, yes=yes, err=as_json)
        document["drafted"] = drafted
    return document


def render_strength(report: StrengthReport, *, floor: float) -> str:
    """Each component's total, then the requirements below the floor with what they miss."""
    return "\n".join(_list_lines(report, floor=floor))


def offer_rows(
    root: Path,
    report: StrengthReport,
    *,
    floor: float,
    ports: StrengthPorts,
    yes: bool,
    err: bool,
) -> DraftedRows | None:
    """Show the rows that would make weak examples stronger, and draft them on a yes."""
    rows = propose_more(root, report.refs, floor=floor, ports=ports)
    if not rows:
        echo("No rows to propose.", err=err)
        return None
    echo("\n".join(_list_rows(rows)), err=err)
    if not ask(f"Draft {count(len(rows), 'row')}, for somebody to confirm?", yes=yes):
        echo("Nothing was drafted.", err=err)
        return None
    drafted = draft_rows(root, rows, targets=ports.targets, kept=ports.kept)
    for reason in drafted.left_out:
        echo(f"left out: {clean(reason)}", err=err)
    if drafted.commit:
        where = f"in the commit {drafted.commit[:12]}"
        echo(f"Drafted {count(len(drafted.rows), 'row')} {where}; confirm them.", err=err)
    return drafted


def _list_lines(report: StrengthReport, *, floor: float) -> Iterator[str]:
    if not report.components:
        yield "Nothing is verified, so that nothing could be measured."
        return
    yield align(map(_describe, report.components))
    for one in report.refs:
        if is_weak(one, floor=floor):
            yield f"{click.style('weak:', fg='yellow')} {_describe_weak(one, floor)}"
            yield from (
                f"    {clean(describe_remedy(survivor))}" for survivor in one.survivors[:_SHOWN]
            )
            if len(one.survivors) > _SHOWN:
                yield f"    and {len(one.survivors) - _SHOWN} more"
    if report.commit:
        yield f"Measured; the branch is at {report.commit[:12]}."


def _describe(one: MeasuredComponent) -> tuple[str, ...]:
    if one.record is None:
        return (clean(one.component), "not measured", clean(one.skipped))
    record = one.record
    details = [f"{record.killed} of {count(record.mutants, 'change')} noticed"]
    if record.unreached:
        details.append(f"{record.unreached} in code that no test runs")
    return (
        clean(one.component),
        "nothing to change" if record.score is None else f"strength {record.score:.2f}",
        ", ".join(details),
        "" if one.is_new else "measured before",
    )


def _describe_weak(one: RefStrength, floor: float) -> str:
    counted = one.killed + len(one.survivors)
    return clean(
        f"the examples of {one.ref} notice {one.killed} of {count(counted, 'change')} "
        f"({one.score:.2f}, the least is {floor:g})"
    )


def _list_rows(rows: Sequence[ProposedRow]) -> Iterator[str]:
    yield "Rows that would notice more. A result is what the code does now, meant or not:"
    for row in rows:
        yield f"  {clean(row.ref)}  {clean(f'{row.call} → {row.result}')}"
        yield from (f"      {clean(told)}" for told in row.tells[:_SHOWN])
