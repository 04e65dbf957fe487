"""What the objects in a spec's rows are: records with a name, or mappings from text to values."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from headwater.steps.drafting.asking import Question
from headwater.steps.drafting.narrowing import choose_from, narrow
from headwater.steps.plan.forms import ObjectMeaning
from headwater.steps.plan.shapes import rewrite_shape
from headwater.steps.plan.wording import quote_duties, quote_rows
from headwater.targets.sketch import Kind, Shape, join_items, join_shapes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.steps.plan.interview import Interview
    from headwater.steps.plan.vocabulary import Operation, UsedType, Vocabulary

Keys = tuple[str, ...]


@dataclass(kw_only=True, slots=True)
class Records:
    """Named records by the keys of their objects, sorted; what is not among them is a mapping."""

    names: dict[Keys, str] = field(default_factory=dict)
    fields: dict[str, tuple[tuple[str, Shape], ...]] = field(default_factory=dict)

    def settle(self, shape: Shape) -> Shape:
        """A shape without objects in it."""
        return rewrite_shape(shape, self._settle_one)

    def _settle_one(self, shape: Shape) -> Shape:
        if shape.kind is not Kind.OBJECT:
            return shape
        name = self.names.get(_find_keys(shape))
        if name:
            return Shape(kind=Kind.NAMED, name=name, optional=shape.optional)
        return Shape(kind=Kind.MAP, item=join_items(shape), optional=shape.optional)


def settle_objects(
    vocabulary: Vocabulary, *, interview: Interview, before: Mapping[Keys, str]
) -> Records:
    """Decide about every kind of object, once each.

    One whose values are, in order, what a type's constructor takes is that type. One that was a
    record in the draft `before` still is.
    """
    records = Records()
    for keys, (shape, operation) in _find_objects(vocabulary).items():
        made = _find_made(shape, vocabulary, taken=records.fields)
        if not all(map(interview.target.is_name, keys)):
            continue
        name = made.name if made else before.get(keys, "")
        name = name or _ask(shape, operation, vocabulary.types, interview)
        if name and name not in records.fields:
            records.names[keys] = name
            records.fields[name] = shape.fields
    records.fields = {
        name: tuple((key, records.settle(shape)) for key, shape in fields)
        for name, fields in records.fields.items()
    }
    return records


def _find_objects(vocabulary: Vocabulary) -> dict[Keys, tuple[Shape, Operation]]:
    """Every kind of object by its keys, with the first function that takes or gives one."""
    found: dict[Keys, tuple[Shape, Operation]] = {}
    for operation in vocabulary.list_callables():
        shapes = (operation.result, *(slot.shape for slot in operation.slots))
        for shape in (inner for each in shapes for inner in _walk(each)):
            keys = _find_keys(shape)
            known, first = found.get(keys, (shape, operation))
            found[keys] = (join_shapes(known, shape), first)
    return found


def _walk(shape: Shape) -> Iterator[Shape]:
    if shape.item:
        yield from _walk(shape.item)
    for _, inner in shape.fields:
        yield from _walk(inner)
    if shape.kind is Kind.OBJECT:
        yield replace(shape, optional=False)


def _find_keys(shape: Shape) -> Keys:
    return tuple(sorted(key for key, _ in shape.fields))


def _find_made(
    shape: Shape, vocabulary: Vocabulary, *, taken: Mapping[str, object]
) -> UsedType | None:
    """The type whose constructor takes just these values, in this order."""
    for used in vocabulary.types.values():
        slots = used.maker.slots
        if used.name in taken or used.methods or len(slots) != len(shape.fields):
            continue
        pairs = zip(slots, shape.fields, strict=True)
        if all(
            join_shapes(slot.shape, inner).kind is not Kind.ANY and slot.name in ("", key)
            for slot, (key, inner) in pairs
        ):
            return used
    return None


def _ask(
    shape: Shape,
    operation: Operation,
    taken: Mapping[str, object],
    interview: Interview,
) -> str:
    """The record's name; empty for a mapping."""

    def check(answer: ObjectMeaning) -> list[str]:
        return [f"there is a type `{answer.name}` already"] if answer.name in taken else []

    question = Question(
        template="plan/record",
        values={
            "what": f"a value of `{operation.name}`",
            "samples": quote_rows([json.dumps(_show(shape)), *operation.examples]),
            "requirement": quote_duties(operation.refs, interview.duties, words=60),
        },
        kind=narrow(ObjectMeaning, kind=choose_from(("record", "mapping"))),
        about=operation.name,
        check=check,
        tokens=60,
    )
    looks_like_record = len({inner.kind for _, inner in shape.fields}) > 1
    fallback = _name_record(operation.name, taken) if looks_like_record else ""
    answer = interview.ask(
        question,
        otherwise="Objects are taken as what they look like, records or mappings",
        about=operation.name,
    )
    if answer is None:
        return fallback
    return answer.name if answer.kind == "record" else ""


def _show(shape: Shape) -> dict[str, str]:
    return {key: inner.kind.value for key, inner in shape.fields}


def _name_record(function: str, taken: Mapping[str, object]) -> str:
    """`parse_entry` → `Entry`, `split` → `SplitValue`."""
    words = function.split("_")
    name = words[-1].capitalize() if len(words) > 1 else f"{words[0].capitalize()}Value"
    return f"{name}Value" if name in taken else name
