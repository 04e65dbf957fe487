"""A trace as a table: its columns, and the cells of an item as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.exports.printable import make_printable

if TYPE_CHECKING:
    from headwater.graph.trace import TracedTest
    from headwater.operations.trace import TracedComponent, TracedItem

COLUMNS = (
    *("ref", "kind", "coverage", "text", "decisions", "components"),
    *("tasks", "files", "tests", "place"),
)


def list_cells(item: TracedItem) -> tuple[tuple[str, ...], ...]:
    """A cell for each of `COLUMNS`; a cell has as many entries as there are things to name."""
    cells = (
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
    return tuple(tuple(map(make_printable, cell)) for cell in cells)


def describe_component(component: TracedComponent) -> str:
    """`001/C1 ledger: fresh`, and which of its files stand as a person edited them."""
    told = f"; accepted as edited: {', '.join(component.accepted)}" if component.accepted else ""
    return f"{component.ref} {component.name}: {component.state.value}{told}"


def describe_test(test: TracedTest) -> str:
    """`FR-001-1f9a03c2: passed`, and whether a model wrote it."""
    result = "passed" if test.passed else "not passed as it stands"
    return f"{test.key}: {result}" + (", written by model" if test.by_model else "")
