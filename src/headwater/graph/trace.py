"""From requirements to what came of them: components, files, tests, and whether it holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from headwater.graph.index import ItemKind
from headwater.graph.states import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from headwater.graph.index import Index
    from headwater.graph.lock import WrittenRecord
    from headwater.graph.states import ComponentState
    from headwater.graph.units import AnyUnit

_TRACED = frozenset({ItemKind.REQUIREMENT, ItemKind.SCENARIO})
_HOLDS = frozenset({State.FRESH, State.UPGRADEABLE})


class Coverage(Enum):
    """What a requirement has come to, worst first."""

    UNIMPLEMENTED = "no component implements it"
    UNTESTED = "no test verifies it"
    PENDING = "not built and verified as it stands"
    VERIFIED = "verified"


@dataclass(frozen=True, kw_only=True, slots=True)
class TracedTest:
    """A test of a ref; `by_model` tells that a model wrote it from prose."""

    key: str
    by_model: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TraceRow:
    """One requirement or scenario, and everything derived from it.

    `components` are those that implement it, or, for a scenario that none names, those that its
    tests touch; `files` are the files that their plan names.
    """

    ref: str
    kind: ItemKind
    components: tuple[str, ...]
    files: tuple[str, ...]
    tests: tuple[TracedTest, ...]
    coverage: Coverage


def trace_refs(
    index: Index,
    *,
    units: Iterable[AnyUnit],
    written: Iterable[WrittenRecord],
    states: Mapping[str, ComponentState],
    ref: str = "",
) -> list[TraceRow]:
    """A row for every requirement and scenario that is not retired, uncovered ones first.

    Args:
        index: of the project.
        units: every test made from examples.
        written: every test that a model wrote, from all records.
        states: of every component.
        ref: only rows that this ref concerns: itself, a story's scenarios, a feature's rows
            (`001`), or what a component implements or is touched by.
    """
    tests: dict[str, list[TracedTest]] = {}
    touched: dict[str, dict[str, None]] = {}
    for unit in units:
        tests.setdefault(unit.ref, []).append(TracedTest(key=unit.key))
        touched.setdefault(unit.ref, {}).update(dict.fromkeys(unit.touches))
    for record in written:
        tests.setdefault(record.ref, []).append(TracedTest(key=record.key, by_model=True))
        touched.setdefault(record.ref, {}).update(dict.fromkeys(record.touches))
    rows = []
    for item in index.items.values():
        if item.kind not in _TRACED or item.retired:
            continue
        components = index.implementers.get(item.ref) or tuple(touched.get(item.ref, ()))
        if ref and not _concerns(ref, item.ref, components):
            continue
        rows.append(
            _make_row(item.ref, index, components, tests=tests.get(item.ref, ()), states=states)
        )
    worst_first = list(Coverage)
    return sorted(rows, key=lambda row: worst_first.index(row.coverage))


def _make_row(
    ref: str,
    index: Index,
    components: tuple[str, ...],
    *,
    tests: Sequence[TracedTest],
    states: Mapping[str, ComponentState],
) -> TraceRow:
    if not components:
        coverage = Coverage.UNIMPLEMENTED
    elif not tests:
        coverage = Coverage.UNTESTED
    elif all(ref in states and states[ref].state in _HOLDS for ref in components):
        coverage = Coverage.VERIFIED
    else:
        coverage = Coverage.PENDING
    planned = (index.components.get(component) for component in components)
    files = dict.fromkeys(path for each in planned if each for path in each.files)
    return TraceRow(
        ref=ref,
        kind=index.items[ref].kind,
        components=components,
        files=tuple(files),
        tests=tuple(tests),
        coverage=coverage,
    )


def _concerns(asked: str, ref: str, components: Sequence[str]) -> bool:
    return (
        asked == ref
        or asked in components
        or ref.startswith(f"{asked}/")
        or (ref.startswith(f"{asked}.") and "/" in asked)
    )
