"""The statements of a specification."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.digest import normalise_cell
from headwater.graph.prose import normalise_prose
from headwater.graph.statement import Statement, Topic
from headwater.spec.examples import TableKind
from headwater.spec.ids import qualify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headwater.spec.examples import ExampleTable, Row
    from headwater.spec.model import Requirement, Spec, UserStory


def state_spec(spec: Spec, *, feature: str) -> Iterator[Statement]:
    """What a spec says where Headwater knows what it is."""
    for story in spec.stories:
        yield from _state_story(story, feature)
    for requirement in spec.requirements:
        yield from _state_requirement(requirement, feature)
    for criterion in spec.criteria:
        yield Statement(
            topic=Topic.CRITERION,
            ref=qualify(criterion.id, feature=feature),
            text=normalise_prose(criterion.text),
            place=criterion.place,
        )
    yield from _state_nameless(spec)


def _state_story(story: UserStory, feature: str) -> Iterator[Statement]:
    ref = qualify(story.id, feature=feature)
    title = f"{story.title} ({story.priority})" if story.priority else story.title
    text = normalise_prose(story.text, steps=True)
    yield Statement(topic=Topic.STORY, ref=ref, text=f"{title}\n\n{text}", place=story.place)
    yield from _state_tables(story.tables, ref)
    for scenario in story.scenarios:
        ref = qualify(scenario.id, feature=feature)
        text = normalise_prose(scenario.text, steps=True)
        yield Statement(topic=Topic.SCENARIO, ref=ref, text=text, place=scenario.place)
        yield from _state_tables(scenario.tables, ref)


def _state_requirement(requirement: Requirement, feature: str) -> Iterator[Statement]:
    ref = qualify(requirement.id, feature=feature)
    links = [f"changes {one.ref}" for one in requirement.changes]
    links += [f"refines {name}" for name in requirement.refines]
    marks = f" ({', '.join(links)})" if links else ""
    yield Statement(
        topic=Topic.REQUIREMENT,
        ref=ref,
        text=normalise_prose(requirement.text) + marks,
        place=requirement.place,
        retired=requirement.retired is not None,
    )
    yield from _state_tables(requirement.tables, ref)


def _state_tables(tables: Iterable[ExampleTable], ref: str) -> Iterator[Statement]:
    for table in tables:
        names = [normalise_cell(cell).lower() for cell in table.header]
        for row in table.rows:
            yield _state_row(row, names, kind=table.kind, ref=ref)
        if table.sequence and table.rows:
            order = " → ".join(normalise_cell(row.cells[0]) for row in table.rows)
            yield Statement(
                topic=Topic.EXAMPLE,
                ref=ref,
                key=f"order of {table.kind.value} rows",
                text=order,
                place=table.place,
            )


def _state_row(row: Row, names: list[str], *, kind: TableKind, ref: str) -> Statement:
    """A row is known by its call, or by its command line with what is typed into it."""
    cells = dict(zip(names, map(normalise_cell, row.cells), strict=False))
    first = cells.pop(kind.value, "")
    if kind is TableKind.CALL:
        key, text = first, cells.get("result", "")
    else:
        key = f"{first} < {cells.pop('stdin')}" if cells.get("stdin", "—") != "—" else first
        text = ", ".join(f"{name} {value}" for name, value in sorted(cells.items()))
    return Statement(topic=Topic.EXAMPLE, ref=ref, key=key, text=text, place=row.place)


def _state_nameless(spec: Spec) -> Iterator[Statement]:
    for question in spec.clarifications:
        yield Statement(topic=Topic.QUESTION, text=question.text, place=question.place)
    for answer in spec.answers:
        text = f"{answer.question} → {answer.answer}"
        yield Statement(topic=Topic.ANSWER, text=normalise_prose(text), place=answer.place)
    for topic, items in (
        (Topic.ASSUMPTION, spec.assumptions),
        (Topic.EDGE_CASE, spec.edge_cases),
    ):
        for item in items:
            yield Statement(topic=topic, text=normalise_prose(item.text), place=item.place)
    for entity in spec.entities:
        yield Statement(
            topic=Topic.ENTITY,
            key=entity.name,
            text=normalise_prose(entity.text),
            place=entity.place,
        )
