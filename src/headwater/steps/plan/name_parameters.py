"""What parameters are called: as rows name them, by their type, or as a model says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.steps.drafting.asking import Question
from headwater.steps.drafting.narrowing import list_of, narrow
from headwater.steps.plan.forms import ParameterNames, SnakeName
from headwater.steps.plan.wording import quote_duties, quote_rows
from headwater.targets.sketch import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.steps.plan.interview import Interview
    from headwater.steps.plan.vocabulary import Operation, Slot
    from headwater.targets.interface import Target
    from headwater.targets.sketch import Shape

_PLAIN = {
    Kind.TEXT: "text",
    Kind.INTEGER: "number",
    Kind.NUMBER: "value",
    Kind.BOOLEAN: "flag",
    Kind.LIST: "items",
    Kind.MAP: "values",
}


def name_parameters(
    operation: Operation, *, interview: Interview, before: Mapping[str, tuple[str, ...]]
) -> list[str]:
    """One name for every parameter of a function, in order, all different.

    Those of the draft `before` are kept where there are as many: a new name would change the
    interface for nothing.
    """
    kept = before.get(operation.name, ())
    if len(kept) == len(operation.slots):
        return _tell_apart([slot.name for slot in operation.slots], kept)
    names = [slot.name or _name_by_type(slot.shape) for slot in operation.slots]
    fixed = [slot.name for slot in operation.slots]
    if all(names):
        return _tell_apart(fixed, names)
    answered = _ask(operation, names, interview)
    plain = [_PLAIN.get(slot.shape.kind, "value") for slot in operation.slots]
    chosen = [known or new for known, new in zip(names, answered or plain, strict=True)]
    return _tell_apart(fixed, chosen)


def _ask(operation: Operation, known: Sequence[str], interview: Interview) -> list[str] | None:
    count = len(operation.slots)

    def check(answer: ParameterNames) -> list[str]:
        names = [known or new for known, new in zip(known, answer.names, strict=True)]
        faults = find_name_faults(names, interview.target)
        if operation.name in names:
            faults.append(f"`{operation.name}` is what comes out; say what goes in")
        return faults

    question = Question(
        template="plan/parameters",
        values={
            "examples": quote_rows(operation.examples),
            "requirement": quote_duties(operation.refs, interview.duties, words=60),
            "count": str(count),
        },
        kind=narrow(ParameterNames, names=list_of(SnakeName, least=count, most=count)),
        about=operation.name,
        check=check,
        tokens=120,
    )
    otherwise = "Parameters are named by their types alone"
    answer = interview.ask(question, otherwise=otherwise, about=operation.name)
    return answer.names if answer else None


def find_name_faults(names: Sequence[str], target: Target) -> list[str]:
    """What is wrong with names of parameters, a sentence each."""
    faults = [f"`{name}` is no name there can be" for name in names if not target.is_name(name)]
    if len(set(names)) < len(names):
        faults.append("two parameters have the same name")
    return faults


def _name_by_type(shape: Shape) -> str:
    """`Entry` → `entry`, a list of them → `entries`; empty for other values."""
    if shape.kind is Kind.NAMED:
        return make_snake(shape.name)
    if shape.kind is Kind.LIST and shape.item and shape.item.kind is Kind.NAMED:
        return make_plural(make_snake(shape.item.name))
    return ""


def make_snake(name: str) -> str:
    """`LogEntry` → `log_entry`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def make_plural(noun: str) -> str:
    """`entry` → `entries`; good enough for names."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def _tell_apart(fixed: Sequence[str], names: Sequence[str]) -> list[str]:
    """Names of which no two are the same; `fixed` are those that rows give, empty for none.

    Others that are the same are counted: `text_1`, `text_2`.
    """
    told: list[str] = []
    for position, (known, name) in enumerate(zip(fixed, names, strict=True)):
        rest = {*fixed, *names[:position], *names[position + 1 :]}
        number = names[: position + 1].count(name)
        told.append(known or (f"{name}_{number}" if name in rest else name))
    return told


def has_texts(slot: Slot) -> bool:
    """Whether a parameter is a text, and rows show which."""
    return slot.shape.kind is Kind.TEXT and bool(slot.texts)
