"""A drafted change as edits of the document: every byte that it does not concern stays."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from headwater.spec.splice import Edit, SpliceError, apply_edits, replace_cell
from headwater.spec.splice_rows import (
    add_requirement,
    add_rows,
    add_table,
    add_table_behind,
    mark_drafted,
    remove_rows,
    render_table,
)
from headwater.steps.change.cells import CALL_HEADER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.spec.examples import ExampleTable
    from headwater.spec.model import Requirement, Source, Span, Spec
    from headwater.steps.change.subject import ChangeDraft, ChangeSubject, RowChange

_FUNCTIONAL = re.compile(r"(?P<prefix>FR-?)(?P<number>\d+)")


def apply_change(subject: ChangeSubject, draft: ChangeDraft, *, name: str) -> tuple[bytes, str]:
    """The document with the change in it, and what was left out, as a sentence, or empty.

    Args:
        subject: what the change was drafted from.
        draft: the change.
        name: the id of the requirement.

    Raises:
        SpliceError: the requirement is not where it was read, or stands where none can be added.
    """
    source, requirement = subject.spec.source, subject.requirement
    if draft.new_text:
        table = render_table(CALL_HEADER, draft.added) if draft.added else []
        after = find_last(subject.spec)
        edit = add_requirement(source, after, name=name, text=draft.new_text, table=table)
        return apply_edits(source.data, [edit]), ""
    edits = [*_edit_rows(source, draft.changed)]
    if draft.text:
        edits.append(Edit(span=draft.text.span, replacement=draft.text.text.encode()))
    left_out = ""
    if draft.added or draft.tables:
        try:
            added = [*_add_rows(source, requirement, draft)]
            added += _add_tables(source, requirement, draft)
        except SpliceError as error:
            left_out = f"No example was added: {error.message}."
        else:
            edits += added
    return apply_edits(source.data, dict.fromkeys(edits)), left_out


def find_last(spec: Spec) -> Requirement:
    """The requirement that a new one stands behind: the last functional one, else the last."""
    functional = [one for one in spec.requirements if _FUNCTIONAL.fullmatch(one.id)]
    return (functional or list(spec.requirements))[-1]


def name_next(spec: Spec) -> str:
    """The id of a new requirement: one more than the greatest, retired ones counted."""
    found = [
        match for one in spec.requirements for match in [_FUNCTIONAL.fullmatch(one.id)] if match
    ]
    if not found:
        return "FR-001"
    last = max(found, key=lambda match: int(match["number"]))
    return f"{last['prefix']}{int(last['number']) + 1:0{len(last['number'])}}"


def _edit_rows(source: Source, changes: Sequence[RowChange]) -> Iterator[Edit]:
    by_table: dict[Span, list[RowChange]] = defaultdict(list)
    for change in changes:
        by_table[change.table.span].append(change)
    for group in by_table.values():
        table = group[0].table
        removed = [one.row for one in group if one.cells is None]
        if removed:
            yield from remove_rows(source, table, removed)
        kept = [(one.row, one.cells) for one in group if one.cells is not None]
        for row, cells in kept:
            for column, (old, new) in enumerate(zip(row.cells, cells, strict=True)):
                if old != new:
                    yield replace_cell(source, row, column=column, raw=new)
        if len(removed) < len(table.rows):
            yield from mark_drafted(source, table)


def _add_rows(
    source: Source, requirement: Requirement | None, draft: ChangeDraft
) -> Iterator[Edit]:
    if not draft.added:
        return
    assert requirement is not None, "rows by themselves belong to a requirement"
    table = next((one for one in requirement.tables if _takes_more(one, draft)), None)
    if table is None:
        yield add_table(source, requirement, CALL_HEADER, draft.added, drafted=draft.drafted)
        return
    yield add_rows(source, table, draft.added)
    yield from mark_drafted(source, table) if draft.drafted else ()


def _add_tables(
    source: Source, requirement: Requirement | None, draft: ChangeDraft
) -> Iterator[Edit]:
    for one in draft.tables:
        if one.behind is not None:
            yield add_table_behind(source, one.behind, one.header, one.rows, drafted=draft.drafted)
            continue
        if requirement is None:
            raise SpliceError(
                "the scenario has no table that another one could follow",
                hint="Write the table below it yourself.",
            )
        yield add_table(source, requirement, one.header, one.rows, drafted=draft.drafted)


def _takes_more(table: ExampleTable, draft: ChangeDraft) -> bool:
    """Whether independent calls can be added: to a sequence they would belong to its story."""
    names = tuple(cell.strip("`*_ ").lower() for cell in table.header)
    removed = sum(one.table.span == table.span and one.cells is None for one in draft.changed)
    fits = names == tuple(map(str.lower, CALL_HEADER)) and not table.sequence
    return fits and removed < len(table.rows)
