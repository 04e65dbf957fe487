"""Test units from the example tables of a feature, each with the components that it touches."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.graph.contradictions import find_contradictions
from headwater.graph.digest import digest_rows
from headwater.graph.order import find_reachable
from headwater.graph.resolve import Resolved, resolve_calls, resolve_runs
from headwater.graph.scope import read_scope
from headwater.graph.units import TestUnit
from headwater.spec.examples import CallRow, RunRow, TableKind
from headwater.spec.ids import qualify, split_ref
from headwater.spec.model import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.graph.facts import CodeInterface
    from headwater.graph.index import Index
    from headwater.graph.scope import Scope
    from headwater.spec.examples import ExampleTable, Row
    from headwater.spec.model import Feature


def make_units(
    feature: Feature, *, index: Index, interfaces: Mapping[str, CodeInterface]
) -> tuple[list[TestUnit], list[Problem]]:
    """Every test that the examples of a feature make, in document order.

    A unit belongs to the one component whose derived code it runs, when every other component in
    it is one that this one depends on and only lends types, constants or errors. Otherwise, and
    for every Run table, it is a feature test. Retired requirements make no units.

    Args:
        feature: whose spec holds the tables. Without components in its plan no name can be
            looked up: its units then touch nothing.
        index: of the whole project.
        interfaces: every component's interface, by ref.
    """
    maker = _Maker(
        index=index,
        scope=read_scope(feature.number, index=index, interfaces=interfaces),
    )
    for local, tables in _list_tables(feature):
        ref = qualify(local, feature=feature.number)
        for table in tables:
            for rows in _cut_rows(table):
                maker.add(ref, table, rows)
    maker.problems.extend(find_contradictions(maker.units, scope=maker.scope))
    return maker.units, maker.problems


@dataclass(kw_only=True, slots=True)
class _Maker:
    index: Index
    scope: Scope
    units: list[TestUnit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    seen: dict[tuple[str, str], TestUnit] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)

    def add(self, ref: str, table: ExampleTable, rows: tuple[Row, ...]) -> None:
        digest = digest_rows(table, rows)
        known = self.seen.get((ref, digest))
        if known is not None:
            self.problems.append(_report_duplicate(known, rows[0]))
            return
        resolved = self._resolve(rows)
        self.problems.extend(resolved.problems)
        unit = TestUnit(
            key=self._make_key(ref, digest),
            ref=ref,
            kind=table.kind,
            rows=rows,
            digest=digest,
            touches=tuple(sorted(resolved.touches, key=self.scope.order.__getitem__)),
            owner="" if table.kind is TableKind.RUN else self._find_owner(resolved.touches),
            exempt=bool(resolved.touches) and not any(resolved.touches.values()),
            place=rows[0].place,
        )
        self.seen[ref, digest] = unit
        self.units.append(unit)

    def _resolve(self, rows: tuple[Row, ...]) -> Resolved:
        if not self.scope.order:
            return Resolved(touches={}, problems=())
        runs = tuple(row for row in rows if isinstance(row, RunRow))
        if runs:
            return resolve_runs(runs, scope=self.scope)
        return resolve_calls((row for row in rows if isinstance(row, CallRow)), scope=self.scope)

    def _find_owner(self, touches: Mapping[str, bool]) -> str:
        if len(touches) == 1:
            return next(iter(touches))
        reached = [component for component, runs in touches.items() if runs]
        if len(reached) != 1:
            return ""
        needed = find_reachable(self.index.dependencies, reached[0])
        return reached[0] if set(needed).issuperset(touches.keys() - {reached[0]}) else ""

    def _make_key(self, ref: str, digest: str) -> str:
        """Eight digits tell rows apart; where two agree in them, the second takes more."""
        local = split_ref(ref)[1]
        length = 8
        while f"{local}-{digest[:length]}" in self.keys:
            length += 4
        key = f"{local}-{digest[:length]}"
        self.keys.add(key)
        return key


def _list_tables(feature: Feature) -> Iterator[tuple[str, tuple[ExampleTable, ...]]]:
    """The id of every item of a spec that holds, with its example tables."""
    if feature.spec is None:
        return
    for story in feature.spec.stories:
        yield story.id, story.tables
        yield from ((scenario.id, scenario.tables) for scenario in story.scenarios)
    for requirement in feature.spec.requirements:
        if not requirement.retired:
            yield requirement.id, requirement.tables


def _cut_rows(table: ExampleTable) -> Iterator[tuple[Row, ...]]:
    if table.sequence and table.rows:
        yield table.rows
    elif not table.sequence:
        yield from ((row,) for row in table.rows)


def _report_duplicate(known: TestUnit, row: Row) -> Problem:
    return Problem(
        code="duplicate-example",
        message=f"this example of {known.ref} stands at {known.place} already",
        place=row.place,
        hint="Take one of the two out.",
        severity=Severity.WARNING,
    )
