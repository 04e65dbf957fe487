"""From what rows show to signatures: names, types, records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headwater.graph.declarations import NEUTRAL_ERRORS, is_builtin_error
from headwater.steps.drafting.asking import Question
from headwater.steps.drafting.narrowing import choose_from, narrow
from headwater.steps.plan.forms import TextMeaning
from headwater.steps.plan.name_parameters import has_texts, name_parameters
from headwater.steps.plan.settle_objects import Records, settle_objects
from headwater.steps.plan.shapes import FORMS, find_form, rewrite_shape
from headwater.steps.plan.wording import quote_duties, quote_lines
from headwater.targets.sketch import Function, Kind, NamedType, Parameter, Shape, join_shapes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.steps.plan.before import Before
    from headwater.steps.plan.interview import Interview
    from headwater.steps.plan.vocabulary import Operation, UsedType, Vocabulary


@dataclass(frozen=True, kw_only=True, slots=True)
class Signatures:
    """What the interfaces of a plan declare together, by name.

    Attributes:
        functions, types: with their shapes settled.
        errors: each error that is no language's own, to the functions that raise it.
    """

    functions: Mapping[str, Function]
    types: Mapping[str, NamedType]
    errors: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Settler:
    """Settles one vocabulary.

    Attributes:
        before: the draft before, whose names are kept.
        settled: functions that stay as they are written there, so that nothing is asked of them.
    """

    vocabulary: Vocabulary
    interview: Interview
    before: Before
    settled: frozenset[str] = frozenset()

    def settle(self) -> Signatures:
        """Every function and type of the vocabulary."""
        records = settle_objects(
            self.vocabulary, interview=self.interview, before=self.before.records
        )
        functions = {
            name: self._settle_function(one, records)
            for name, one in self.vocabulary.operations.items()
        }
        types = {
            name: self._settle_type(one, records) for name, one in self.vocabulary.types.items()
        }
        for name, fields in records.fields.items():
            if name not in types:
                made = tuple(Parameter(name=key, shape=shape) for key, shape in fields)
                types[name] = NamedType(name=name, fields=made)
        return Signatures(functions=functions, types=types, errors=self._find_errors())

    def _settle_function(self, operation: Operation, records: Records) -> Function:
        result = records.settle(operation.result)
        if result.kind is Kind.TEXT:
            texts = operation.result_texts
            result = self._settle_text(operation, f"the result of `{operation.name}`", texts)
        return Function(
            name=operation.name,
            parameters=self._settle_parameters(operation, records),
            result=replace(result, optional=operation.result.optional),
        )

    def _settle_parameters(self, operation: Operation, records: Records) -> tuple[Parameter, ...]:
        names = name_parameters(operation, interview=self.interview, before=self.before.parameters)
        parameters = []
        for name, slot in zip(names, operation.slots, strict=True):
            shape = records.settle(slot.shape)
            if has_texts(slot):
                what = f"`{name}` of `{operation.name}`"
                shape = replace(
                    self._settle_text(operation, what, slot.texts), optional=shape.optional
                )
            parameters.append(Parameter(name=name, shape=shape, required=slot.required))
        return tuple(parameters)

    def _settle_type(self, used: UsedType, records: Records) -> NamedType:
        known = dict(records.fields.get(used.name, ()))
        for slot, key in zip(used.maker.slots, known, strict=False):
            slot.name = key
        fields = tuple(
            replace(one, shape=join_shapes(one.shape, known[one.name]))
            if one.name in known and one.shape.kind not in FORMS
            else one
            for one in self._settle_parameters(used.maker, records)
        )
        names = {one.name for one in fields}
        return NamedType(
            name=used.name,
            fields=fields,
            attributes=tuple(
                Parameter(name=name, shape=records.settle(shape))
                for name, shape in used.attributes.items()
                if used.methods or name not in names
            ),
            methods=tuple(self._settle_function(one, records) for one in used.methods.values()),
        )

    def _settle_text(self, operation: Operation, what: str, texts: Sequence[str]) -> Shape:
        """A text, or what it stands for where each has the form of that, and a model agrees."""
        form = find_form(list(texts))
        if form is None or operation.name in self.settled:
            return Shape(kind=Kind.TEXT)
        question = Question(
            template="plan/meaning",
            values={
                "what": what,
                "samples": quote_lines("samples", list(dict.fromkeys(texts))[:4]),
                "requirement": quote_duties(operation.refs, self.interview.duties, words=60),
                "kind": form.value,
            },
            kind=narrow(TextMeaning, kind=choose_from(("text", form.value))),
            about=what.replace("`", ""),
            tokens=30,
        )
        answer = self.interview.ask(
            question, otherwise="Taken as a text", about=what.replace("`", "")
        )
        return Shape(kind=form if answer and answer.kind == form.value else Kind.TEXT)

    def _find_errors(self) -> dict[str, tuple[str, ...]]:
        raised: dict[str, tuple[str, ...]] = {}
        for operation in self.vocabulary.list_callables():
            for error in operation.errors:
                if error not in NEUTRAL_ERRORS and not is_builtin_error(error):
                    raised[error] = (*raised.get(error, ()), operation.name)
        return raised


def take_texts_as_texts(signatures: Signatures) -> Signatures:
    """The same signatures without richer types: for rows that proved not to fit those."""

    def flatten(shape: Shape) -> Shape:
        return replace(shape, kind=Kind.TEXT) if shape.kind in FORMS else shape

    def change(function: Function) -> Function:
        return replace(
            function,
            parameters=tuple(map(flatten_one, function.parameters)),
            result=rewrite_shape(function.result, flatten),
        )

    def flatten_one(parameter: Parameter) -> Parameter:
        return replace(parameter, shape=rewrite_shape(parameter.shape, flatten))

    types = {
        name: replace(
            one,
            fields=tuple(map(flatten_one, one.fields)),
            attributes=tuple(map(flatten_one, one.attributes)),
            methods=tuple(map(change, one.methods)),
        )
        for name, one in signatures.types.items()
    }
    functions = {name: change(one) for name, one in signatures.functions.items()}
    return replace(signatures, functions=functions, types=types)
