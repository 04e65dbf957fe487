"""Reads an answers file: YAML whose values are taken as they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from headwater.spec.cell_error import CellError
from headwater.spec.model import Place, Problem
from headwater.spec.read_expected import read_expected
from headwater.spec.read_expression import read_call
from headwater.steps.clarify.entries import (
    Answered,
    RowAdded,
    RowChanged,
    RowDropped,
    RowsConfirmed,
    TextChanged,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.steps.clarify.entries import Entry

_FORMS: Mapping[str, str] = {
    "question": "answer",
    "row": "result",
    "add": "result",
    "drop": "",
    "confirm": "",
    "text": "answer",
}
_HINT = (
    "Entries are {question, answer}, {row, result}, {add, result}, {drop}, {confirm} and "
    "{text, answer}; docs/formats.md has an example."
)


class _EntryError(Exception):
    """What is wrong with one entry, and in which line."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def read_entries(text: str, *, path: str) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """The entries that can be read, and what is wrong with the others.

    An answer that is empty leaves its question open and is no entry. Values are text as written:
    `yes`, `3.0` and `0` need no quotes.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        what = getattr(error, "problem", None) or "it cannot be read"
        return (), (_problem(f"expected YAML: {what}", line, path),)
    if root is None:
        return (), ()
    if not isinstance(root, yaml.SequenceNode):
        return (), (_problem("expected a list of answers", 1, path),)
    entries: list[Entry] = []
    problems: list[Problem] = []
    for node in root.value:
        try:
            entries += _read_entry(node)
        except _EntryError as error:
            problems.append(_problem(str(error), error.line, path))
    return tuple(entries), tuple(problems)


def _read_entry(node: yaml.Node) -> Iterator[Entry]:
    line = node.start_mark.line + 1
    fields = _read_fields(node)
    kind = next((name for name in _FORMS if name in fields), "")
    if not kind:
        raise _EntryError("expected an answer or a correction", line)
    allowed = {kind, _FORMS[kind]} - {""}
    strange = sorted(set(fields) - allowed)
    if strange:
        raise _EntryError(f"an entry with `{kind}` has no `{strange[0]}`", line)
    missing = sorted(allowed - set(fields))
    if missing:
        raise _EntryError(f"an entry with `{kind}` needs `{missing[0]}`", line)
    value = fields.get(_FORMS[kind], "")
    if kind == "question":
        if value:
            yield Answered(question=fields[kind], answer=value, line=line)
    elif kind == "text":
        if not value:
            raise _EntryError(f"expected the new text of {fields[kind]}, found none", line)
        yield TextChanged(ref=_local(fields[kind]), text=value, line=line)
    elif kind == "confirm":
        yield RowsConfirmed(ref=_local(fields[kind]), line=line)
    else:
        yield _read_row(kind, fields[kind], value, line)


def _read_row(kind: str, named: str, result: str, line: int) -> Entry:
    ref, colon, call = named.partition(":")
    if not colon or not call.strip():
        raise _EntryError(
            f"expected a ref and a call such as `FR-003: fee(15)`, found {named!r}", line
        )
    ref, call = _local(ref), call.strip().strip("`")
    _check_cell(read_call, call, line)
    if kind == "drop":
        return RowDropped(ref=ref, call=call, line=line)
    result = result.strip("`")
    _check_cell(read_expected, result, line)
    form = RowChanged if kind == "row" else RowAdded
    return form(ref=ref, call=call, result=result, line=line)


def _check_cell(read: object, text: str, line: int) -> None:
    assert callable(read)
    try:
        read(text)
    except CellError as error:
        raise _EntryError(f"`{text}`: {error.message}", line) from None


def _read_fields(node: yaml.Node) -> dict[str, str]:
    """The fields of one entry, each value as it is written, on one line."""
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise _EntryError("expected an entry such as `{question: …, answer: …}`", line)
    fields: dict[str, str] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or not isinstance(value, yaml.ScalarNode):
            raise _EntryError("expected a text as the value of each field", line)
        if key.value in fields:
            raise _EntryError(f"the field `{key.value}` is there twice", line)
        fields[key.value] = " ".join(_written(value).split())
    return fields


def _written(value: yaml.ScalarNode) -> str:
    empty = value.tag == "tag:yaml.org,2002:null" and value.style is None
    return "" if empty and value.value != "null" else str(value.value)


def _local(ref: str) -> str:
    """The id of a ref: an answers file is about one feature."""
    return ref.strip().rpartition("/")[2]


def _problem(message: str, line: int, path: str) -> Problem:
    return Problem(
        code="answers-unreadable", message=message, place=Place(path=path, line=line), hint=_HINT
    )
