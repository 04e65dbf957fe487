"""What a person says in an answers file: answers to questions, and corrections of the spec."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """`{question: q-1f9a03, answer: at midnight}`; the question by its id or its text."""

    question: str
    answer: str
    line: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class RowChanged:
    """`{row: "FR-003: fee(15)", result: "0"}`."""

    ref: str
    call: str
    result: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RowAdded:
    """`{add: "FR-003: fee(16)", result: "3.0"}`."""

    ref: str
    call: str
    result: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RowDropped:
    """`{drop: "FR-003: fee(16)"}`."""

    ref: str
    call: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RowsConfirmed:
    """`{confirm: FR-003}`: its drafted rows are right."""

    ref: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TextChanged:
    """`{text: FR-004, answer: "new text"}`."""

    ref: str
    text: str
    line: int


Correction = RowChanged | RowAdded | RowDropped | RowsConfirmed | TextChanged
Entry = Answered | Correction
