"""The calls that examples are written with: names, parameters, results and errors."""

from __future__ import annotations

import keyword
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field

from headwater.steps.drafting.asking import Question, ask
from headwater.steps.drafting.narrowing import choose_from, narrow_items
from headwater.steps.specify.context import show_requirements

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.steps.specify.context import Context
    from headwater.steps.specify.draft import DraftedRequirement

MOST_OPERATIONS = 4
_Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=30)]
# Names that no target language leaves free.
_TAKEN_WORDS = (
    "any bool break byte case catch chan class const default defer delete do enum export extends"
    " fallthrough false final float func function go goto implements int interface let map new nil"
    " null object package private protected public range self select static str string struct"
    " super switch this throw true type typeof undefined var void"
)
_TAKEN = frozenset(_TAKEN_WORDS.split()) | frozenset(word.lower() for word in keyword.kwlist)


class ValueType(Enum):
    """The JSON types of parameters and results."""

    INTEGER = "integer"
    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    INTEGERS = "list of integers"
    NUMBERS = "list of numbers"
    TEXTS = "list of texts"
    OBJECT = "object"


class NeutralError(Enum):
    """The errors that every target knows (docs/formats.md)."""

    INVALID_ARGUMENT = "invalid_argument"
    NOT_FOUND = "not_found"
    ALREADY_EXISTS = "already_exists"
    OUT_OF_RANGE = "out_of_range"
    UNSUPPORTED = "unsupported"
    TIMEOUT = "timeout"


class ParameterPart(BaseModel):
    """A parameter, in the order of the call."""

    name: _Name
    type: ValueType


class OperationPart(BaseModel):
    """An operation; `shows` are the requirements that its calls can show."""

    name: _Name
    parameters: Annotated[list[ParameterPart], Field(max_length=4)]
    result: ValueType
    errors: Annotated[list[NeutralError], Field(max_length=3)]
    shows: list[str]


class OperationsAnswer(BaseModel):
    """All operations of a feature; none where nothing can be called with plain values."""

    operations: Annotated[list[OperationPart], Field(max_length=MOST_OPERATIONS)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Operation:
    """An operation of the feature; `parameters` are names and types in the order of the call."""

    name: str
    parameters: tuple[tuple[str, ValueType], ...]
    result: ValueType
    errors: tuple[str, ...]
    shows: tuple[str, ...]

    @property
    def signature(self) -> str:
        """`park_fee(minutes: integer) -> number`, as prompts show it."""
        given = ", ".join(f"{name}: {kind.value}" for name, kind in self.parameters)
        errors = f", or fails with {' or '.join(self.errors)}" if self.errors else ""
        return f"{self.name}({given}) -> {self.result.value}{errors}"


def draft_operations(
    context: Context, requirements: Sequence[DraftedRequirement]
) -> tuple[Operation, ...]:
    """The operations that examples can call, each name once.

    None is no failure: then nothing has examples, and a note says so.

    Raises:
        ModelError: a model could not be reached, or refused.
    """
    ids = [one.id for one in requirements if one.id.startswith("FR")]
    if not ids:
        return ()
    question = Question(
        template="specify/operations",
        values={
            "idea": context.show_idea(),
            "known": context.show_known(),
            "requirements": show_requirements(requirements),
        },
        kind=narrow_items(
            OperationsAnswer,
            "operations",
            OperationPart,
            shows=list[choose_from(ids)],  # type: ignore[misc]
        ),
        about="operations",
        check=_find_faults,
    )
    answer = context.ledger.add(ask(question, drafter=context.drafter)).value
    found = tuple(_make(part) for part in answer.operations) if answer else ()
    if not found:
        context.notes.append(
            "There are no example tables: nothing was found that can be called with plain values. "
            "Add them where you can."
        )
    return found


def _find_faults(answer: OperationsAnswer) -> Sequence[str]:
    faults = []
    seen: set[str] = set()
    for part in answer.operations:
        names = [parameter.name for parameter in part.parameters]
        if part.name in seen:
            faults.append(f"the operation {part.name} is there twice")
        seen.add(part.name)
        taken = sorted(_TAKEN.intersection([part.name, *names]))
        if taken:
            faults.append(f"`{taken[0]}` is a word of programming languages; choose another name")
        if len(set(names)) != len(names):
            faults.append(f"a parameter of {part.name} is there twice")
    return faults


def _make(part: OperationPart) -> Operation:
    return Operation(
        name=part.name,
        parameters=tuple((each.name, each.type) for each in part.parameters),
        result=part.result,
        errors=tuple(dict.fromkeys(error.value for error in part.errors)),
        shows=tuple(dict.fromkeys(part.shows)),
    )
