"""A line of derived code: its function, the tests that run it, and what those tests stand for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.graph.exercise import find_definition, find_users, list_names, runs_any
from headwater.graph.index import Edge, ItemKind
from headwater.graph.order import find_reachable, invert
from headwater.operations.standing.connect import list_written
from headwater.spec.examples import TableKind
from headwater.spec.ids import split_ref
from headwater.workspace.files import read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from headwater.graph.facts import DeclaredKind, Definition
    from headwater.operations.standing.survey import Survey
    from headwater.spec.model import Place
    from headwater.targets.interface import Target


@dataclass(frozen=True, kw_only=True, slots=True)
class ExplainedTest:
    """A test by its key, and the ref that it verifies; `by_model`: a model wrote it from prose."""

    key: str
    ref: str
    by_model: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ExplainedDefinition:
    """A function or class.

    Attributes:
        name: `pay`, or `Wallet.pay`.
        kind: function or type.
        first, last: its lines.
        tests: those that run it, told from names in the code (`headwater.graph.exercise`).
        used_by: what else leads to it by names: `001/C2 main`.
    """

    name: str
    kind: DeclaredKind
    first: int
    last: int
    tests: tuple[ExplainedTest, ...]
    used_by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ExplainedRef:
    """An item, what it says (cut short), where it stands, and the decisions that serve it."""

    ref: str
    text: str
    place: Place
    decisions: tuple[str, ...]


def explain_definition(
    survey: Survey, *, owner: str, path: str, line: int
) -> ExplainedDefinition | None:
    """The function or class at a line of a component's derived code; None outside of them.

    Args:
        survey: the repository.
        owner: the component.
        path: its file.
        line: from 1.
    """
    target = _find_target(survey, owner)
    if target is None:
        return None
    own = target.read_definitions(read_file(survey.reading.root, path).decode(errors="replace"))
    wanted = find_definition(own, line)
    if wanted is None:
        return None
    index = survey.reading.index
    near = (owner, *find_reachable(invert(index.dependencies), owner))
    definitions = {ref: tuple(_read_definitions(survey, ref)) for ref in near}
    users = find_users(
        wanted, owner=owner, definitions=definitions, dependencies=index.dependencies
    )
    return ExplainedDefinition(
        name=wanted.name,
        kind=wanted.kind,
        first=wanted.first,
        last=wanted.last,
        tests=tuple(_list_tests(survey, target, users)),
        used_by=tuple(
            f"{component} {one.name or '(outside of functions)'}"
            for component, found in users.items()
            for one in found
            if (component, one.name) != (owner, wanted.name)
        ),
    )


def explain_refs(survey: Survey, refs: Iterable[str]) -> tuple[ExplainedRef, ...]:
    """Items with what they say and the decisions that serve them; unknown refs are left out."""
    items = survey.reading.index.items
    wanted = [items[ref] for ref in dict.fromkeys(refs) if ref in items]
    serving: dict[str, list[str]] = {item.ref: [] for item in wanted}
    for item in items.values() if wanted else ():
        if item.kind is ItemKind.DECISION:
            for link in dict.fromkeys(item.links):
                if link.edge is Edge.SERVES and link.ref in serving:
                    serving[link.ref].append(f"{item.ref} {item.title}")
    return tuple(
        ExplainedRef(
            ref=item.ref, text=item.title, place=item.place, decisions=tuple(serving[item.ref])
        )
        for item in wanted
    )


def _find_target(survey: Survey, component: str) -> Target | None:
    summary = survey.reading.summaries.get(split_ref(component)[0])
    return survey.reading.target_of(summary) if summary else None


def _read_definitions(survey: Survey, component: str) -> Iterator[Definition]:
    """The definitions of a component's derived code, as far as it is there."""
    record = survey.lock.records.get(component)
    target = _find_target(survey, component)
    if record is None or target is None:
        return
    for path in record.bodies:
        if survey.present.files.get(path) is not None:
            code = read_file(survey.reading.root, path).decode(errors="replace")
            yield from target.read_definitions(code)


def _list_tests(
    survey: Survey, target: Target, users: Mapping[str, Sequence[Definition]]
) -> Iterator[ExplainedTest]:
    for number in dict.fromkeys(split_ref(ref)[0] for ref in users):
        for unit in survey.reading.load_units(number):
            starts = unit.kind is TableKind.RUN
            if runs_any(list_names(unit.rows), unit.touches, users, starts=starts):
                yield ExplainedTest(key=unit.key, ref=unit.ref, by_model=False)
    for record in list_written(survey.lock):
        if users.keys().isdisjoint(record.touches):
            continue
        named = (one.names for one in target.read_definitions(record.code))
        if runs_any(frozenset().union(*named), record.touches, users, starts=False):
            yield ExplainedTest(key=record.key, ref=record.ref, by_model=True)
