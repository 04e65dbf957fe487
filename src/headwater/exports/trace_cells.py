"""A trace as a table: its columns, and the cells of an item as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.exports.printable import make_printable
from headwater.graph.strength import describe_remedy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.graph.strength import RefStrength
    from headwater.graph.trace import TracedTest
    from headwater.operations.tracing.trace_report import TracedComponent, TracedItem, TraceReport

COLUMNS = (
    *("ref", "kind", "coverage", "text", "decisions", "components"),
    *("tasks", "files", "tests", "place"),
)


def list_columns(report: TraceReport) -> tuple[str, ...]:
    """The names of the columns; the strength of examples stands where it was asked for."""
    return (*COLUMNS, "strength") if report.with_strength else COLUMNS


def list_rows(report: TraceReport) -> Iterator[tuple[TracedItem, tuple[tuple[str, ...], ...]]]:
    """Every item, with its cells."""
    for item in report.items:
        cells = _list_cells(item)
        strength = (describe_strength(item.strength),) if report.with_strength else ()
        yield item, tuple(tuple(map(make_printable, cell)) for cell in (*cells, *strength))


def _list_cells(item: TracedItem) -> tuple[tuple[str, ...], ...]:
    """A cell for each of `COLUMNS`; a cell has as many entries as there are things to name."""
    return (
        (item.ref,),
        (item.kind.value,),
        (item.coverage.value,),
        (item.text,),
        tuple(f"{decision.ref} {decision.title}" for decision in item.decisions),
        tuple(map(describe_component, item.components)),
        tuple(f"{task.ref} {task.text}" for task in item.tasks),
        item.files,
        tuple(map(describe_test, item.tests)),
        (str(item.place),),
    )


def describe_component(component: TracedComponent) -> str:
    """`001/C1 ledger: fresh`, and which of its files stand as a person edited them."""
    told = f"; accepted as edited: {', '.join(component.accepted)}" if component.accepted else ""
    return f"{component.ref} {component.name}: {component.state.value}{told}"


def describe_test(test: TracedTest) -> str:
    """`FR-001-1f9a03c2: passed`, and whether a model wrote it."""
    result = "passed" if test.passed else "not passed as it stands"
    return f"{test.key}: {result}" + (", written by model" if test.by_model else "")


def describe_strength(strength: RefStrength | None) -> tuple[str, ...]:
    """`0.75: 3 of 4 changes noticed`, and below it the changes that no example notices."""
    if strength is None:
        return ("not measured",)
    return (summarise_strength(strength), *map(describe_remedy, strength.survivors))


def summarise_strength(strength: RefStrength) -> str:
    """`0.75: 3 of 4 changes noticed`."""
    if strength.score is None:
        return "nothing to notice"
    counted = strength.killed + len(strength.survivors)
    return f"{strength.score:.2f}: {strength.killed} of {counted} changes noticed"
