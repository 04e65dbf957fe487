"""Corrections of a spec by a person: rows, texts, and drafted examples confirmed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.spec.cell_error import CellError
from headwater.spec.drafted import find_drafted_mark
from headwater.spec.examples import CallRow, ExampleTable, TableKind
from headwater.spec.model import Span
from headwater.spec.read_expression import read_call
from headwater.spec.splice import Edit, replace_cell, replace_requirement_text
from headwater.steps.clarify.entries import (
    RowAdded,
    RowChanged,
    RowDropped,
    RowsConfirmed,
    TextChanged,
)
from headwater.steps.drafting.texts import refuse_marks, tidy_line
from headwater.steps.specify.draft import DraftedRow
from headwater.steps.specify.render import render_result, render_row, render_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.spec.model import Requirement, Scenario, Source, Spec, UserStory
    from headwater.steps.clarify.entries import Correction

    Holder = Requirement | Scenario | UserStory


class UnfitEntryError(Exception):
    """An entry that does not fit the spec; its message is for the person who wrote it."""


@dataclass(kw_only=True, slots=True)
class Corrections:
    """Edits of one spec, with what they touch, so that nothing is changed twice.

    Attributes:
        edits: what to change.
        refs: ids of the items that are changed.
        done: how many corrections change something; those that say what stands there already
            change nothing.
    """

    spec: Spec
    edits: list[Edit] = field(default_factory=list)
    refs: dict[str, None] = field(default_factory=dict)
    done: int = 0
    _touched: set[tuple[str, str]] = field(default_factory=set)
    _dropped: set[int] = field(default_factory=set)

    def add(self, entry: Correction) -> None:
        """Take in one correction.

        Raises:
            UnfitEntryError: it names what is not there, or what another entry changes already.
        """
        holder = self._find_holder(entry.ref)
        before = len(self.edits)
        match entry:
            case RowChanged():
                self._touch(entry.ref, entry.call)
                self._change_row(holder, entry)
            case RowAdded():
                self._touch(entry.ref, entry.call)
                self._add_row(holder, entry)
            case RowDropped():
                self._touch(entry.ref, entry.call)
                self._drop_row(holder, entry)
            case RowsConfirmed():
                self._touch(entry.ref, "confirm")
                self._confirm(holder)
            case TextChanged():
                self._touch(entry.ref, "text")
                self._change_text(holder, entry)
        if len(self.edits) > before:
            self.done += 1
            self.refs[entry.ref] = None

    @property
    def source(self) -> Source:
        """The document."""
        return self.spec.source

    def _touch(self, ref: str, what: str) -> None:
        key = (ref, "".join(what.split()))
        if key in self._touched:
            raise UnfitEntryError(f"another entry changes `{what}` of {ref} already")
        self._touched.add(key)

    def _find_holder(self, ref: str) -> Holder:
        holders: list[Holder] = [*self.spec.requirements, *self.spec.stories]
        holders += [one for story in self.spec.stories for one in story.scenarios]
        for one in holders:
            if one.id == ref:
                return one
        raise UnfitEntryError(f"there is no {ref} in {self.source.path}")

    def _change_row(self, holder: Holder, entry: RowChanged) -> None:
        table, row = _require_row(holder, entry.call)
        column = _column(table, "result")
        raw = render_result(entry.result)
        if row.cells[column] != raw:
            self.edits.append(replace_cell(self.source, row, column=column, raw=raw))

    def _drop_row(self, holder: Holder, entry: RowDropped) -> None:
        table, row = _require_row(holder, entry.call)
        self._dropped.add(row.span.start)
        if all(one.span.start in self._dropped for one in table.rows):
            raise UnfitEntryError(
                f"this leaves the table of {entry.ref} without a row; take the table out by hand"
            )
        self.edits.append(Edit(span=self._line_of(row.span), replacement=b""))

    def _add_row(self, holder: Holder, entry: RowAdded) -> None:
        found = _find_row(holder, entry.call)
        if found:
            self._change_row(
                holder, RowChanged(ref=entry.ref, call=entry.call, result=entry.result, line=0)
            )
            return
        table = next((one for one in holder.tables if one.kind is TableKind.CALL), None)
        if table and table.rows:
            last = table.rows[-1].span
            text = f"\n{self._indent_of(last)}{render_row(entry.call, entry.result)}"
            self._insert(last.end, text)
        elif holder in self.spec.requirements:
            row = DraftedRow(call=entry.call, result=entry.result)
            self._insert(holder.span.end, "\n\n" + render_rows((row,), indent="  "))
        else:
            raise UnfitEntryError(f"{entry.ref} has no table that a row can be added to")

    def _confirm(self, holder: Holder) -> None:
        if not holder.tables:
            raise UnfitEntryError(f"{holder.id} has no example table to confirm")
        for table in holder.tables:
            mark = find_drafted_mark(self.source, table)
            if mark:
                self.edits.append(Edit(span=mark, replacement=b""))

    def _change_text(self, holder: Holder, entry: TextChanged) -> None:
        requirement = next((one for one in self.spec.requirements if one is holder), None)
        if requirement is None:
            raise UnfitEntryError(f"only a requirement's text can be changed so, not {holder.id}")
        try:
            text = refuse_marks(tidy_line(entry.text))
        except ValueError as error:
            raise UnfitEntryError(f"the new text of {entry.ref} cannot be taken: {error}") from None
        if " ".join(requirement.text.split()) != text:
            self.edits.append(replace_requirement_text(self.source, requirement, text))

    def _insert(self, offset: int, text: str) -> None:
        newline = "\r\n" if b"\r\n" in self.source.data else "\n"
        data = text.replace("\n", newline).encode()
        self.edits.append(Edit(span=Span(start=offset, end=offset), replacement=data))

    def _line_of(self, span: Span) -> Span:
        """A row's whole line, its line break included."""
        data = self.source.data
        end = data.find(b"\n", span.end)
        start = data.rfind(b"\n", 0, span.start) + 1
        return Span(start=start, end=len(data) if end < 0 else end + 1)

    def _indent_of(self, span: Span) -> str:
        start = self.source.data.rfind(b"\n", 0, span.start) + 1
        line = self.source.data[start : span.end].decode()
        return line[: len(line) - len(line.lstrip())]


def _require_row(holder: Holder, call: str) -> tuple[ExampleTable, CallRow]:
    found = _find_row(holder, call)
    if found is None:
        rows = ", ".join(f"`{_call_of(table, row)}`" for table, row in _list_rows(holder))
        raise UnfitEntryError(
            f"{holder.id} has no row `{call}`; " + (f"it has {rows}" if rows else "it has no rows")
        )
    return found


def _find_row(holder: Holder, call: str) -> tuple[ExampleTable, CallRow] | None:
    """The row of this call, however it is spaced."""
    try:
        wanted = read_call(call)
    except CellError as error:  # pragma: no cover  # the answers' reader took it
        raise UnfitEntryError(error.message) from None
    found = ((table, row) for table, row in _list_rows(holder))
    return next((one for one in found if (one[1].binds, one[1].expression) == wanted), None)


def _list_rows(holder: Holder) -> Iterable[tuple[ExampleTable, CallRow]]:
    return [
        (table, row) for table in holder.tables for row in table.rows if isinstance(row, CallRow)
    ]


def _call_of(table: ExampleTable, row: CallRow) -> str:
    return row.cells[_column(table, "call")].strip("`")


def _column(table: ExampleTable, name: str) -> int:
    names = [cell.strip("`*_ ").casefold() for cell in table.header]
    return names.index(name)
