"""Reads the vocabulary of a spec out of its rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.spec.examples import (
    ArrayOf,
    Attribute,
    Call,
    CallRow,
    Equals,
    Literal,
    Name,
    ObjectOf,
    Raises,
    RunRow,
)
from headwater.steps.plan.find_slots import find_slots
from headwater.steps.plan.shapes import find_expected_shape, find_shape, shape_object
from headwater.steps.plan.vocabulary import (
    Command,
    Given,
    Operation,
    SeenCall,
    UsedType,
    Vocabulary,
)
from headwater.targets.sketch import UNKNOWN, Kind, Shape, join_shapes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.spec.examples import ExampleTable, Expected, Expression
    from headwater.spec.model import Spec

# What a call gives may be known only from a later row, so that rows are read until nothing changes;
# a spec that nests deeper than this keeps an unknown shape.
_PASSES = 4

# What **Command** of a component can name.
_PROGRAM = r"\w[\w.+-]*"


def read_vocabulary(spec: Spec) -> Vocabulary:
    """Every function, type and command of a spec's rows, with the shapes of all values."""
    results: dict[str, Shape] = {}
    for _ in range(_PASSES):
        reader = _Reader(results=results)
        for ref, table in list_tables(spec):
            reader.read_table(ref, table)
        found = reader.settle_results()
        if found == results:
            break
        results = found
    return reader.vocabulary


def list_tables(spec: Spec) -> Iterator[tuple[str, ExampleTable]]:
    """Every example table that holds, with the id of what it belongs to."""
    for story in spec.stories:
        yield from ((story.id, table) for table in story.tables)
        for scenario in story.scenarios:
            yield from ((scenario.id, table) for table in scenario.tables)
    for requirement in spec.requirements:
        if not requirement.retired:
            yield from ((requirement.id, table) for table in requirement.tables)


@dataclass(kw_only=True, slots=True)
class _Reader:
    """One pass; `results` are the shapes that the pass before found."""

    results: Mapping[str, Shape]
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    bound: dict[str, Shape] = field(default_factory=dict)
    makers: dict[str, str] = field(default_factory=dict)
    ref: str = ""

    def settle_results(self) -> dict[str, Shape]:
        """What every function gives; one whose values have members gives a type of its own."""
        for name, one in self.vocabulary.operations.items():
            known = self.results.get(name, UNKNOWN)
            if known.kind is Kind.NAMED and one.result.kind is not Kind.NAMED:
                one.result = known
            one.refs = one.refs or one.inside
        for one in self.vocabulary.list_callables():
            one.slots = find_slots(one.calls)
        return {name: one.result for name, one in self.vocabulary.operations.items()}

    def read_table(self, ref: str, table: ExampleTable) -> None:
        self.bound, self.makers, self.ref = {}, {}, ref
        for row in table.rows:
            if isinstance(row, CallRow):
                self._read_call_row(ref, row)
            else:
                self._read_run_row(ref, row)

    def _read_run_row(self, ref: str, row: RunRow) -> None:
        if row.words and re.fullmatch(_PROGRAM, row.words[0]):
            commands = self.vocabulary.commands
            command = commands.setdefault(row.words[0], Command(word=row.words[0]))
            command.refs[ref] = None
            command.examples.append(" → ".join(cell for cell in row.cells if cell))

    def _read_call_row(self, ref: str, row: CallRow) -> None:
        shape = self._visit(row.expression)
        operation = self._find_called(row.expression)
        if operation:
            operation.refs[ref] = None
            operation.examples.append(" → ".join(row.cells[:2]))
            _take_expected(operation, row.expected)
        elif isinstance(row.expression, Attribute):
            owner = self._find_owner(row.expression.of)
            if owner:
                owner.note_attribute(row.expression.name, find_expected_shape(row.expected))
                owner.maker.refs[ref] = None
        if row.binds:
            self.bound[row.binds] = shape
            if operation and operation.name in self.vocabulary.operations:
                self.makers[row.binds] = operation.name

    def _visit(self, expression: Expression) -> Shape:
        """Note every call in it; its own shape, as far as it is known."""
        match expression:
            case Literal(value=value):
                return find_shape(value)
            case Name(name=name):
                return self.bound.get(name, UNKNOWN)
            case ArrayOf(items=items):
                item = UNKNOWN
                for each in items:
                    item = join_shapes(item, self._visit(each))
                return Shape(kind=Kind.LIST, item=item)
            case ObjectOf(items=pairs):
                return shape_object({key: self._visit(each) for key, each in pairs})
            case Attribute(of=of, name=name):
                self._visit(of)
                owner = self._find_owner(of)
                if owner:
                    owner.note_attribute(name, UNKNOWN)
                return owner.attributes[name] if owner else UNKNOWN
            case Call():
                return self._visit_call(expression)

    def _visit_call(self, call: Call) -> Shape:
        seen = SeenCall(
            positional=tuple(map(self._give, call.arguments)),
            named={name: self._give(value) for name, value in call.named},
        )
        operation = self._find_called(call)
        if isinstance(call.function, Attribute):
            self._visit(call.function.of)
        if operation is None:
            return UNKNOWN
        operation.calls.append(seen)
        operation.inside[self.ref] = None
        if operation.name in self.vocabulary.types:
            return Shape(kind=Kind.NAMED, name=operation.name)
        return self.results.get(operation.name, operation.result)

    def _give(self, value: Expression) -> Given:
        text = value.value if isinstance(value, Literal) else None
        return Given(shape=self._visit(value), text=text if isinstance(text, str) else None)

    def _find_called(self, expression: Expression) -> Operation | None:
        """The function, constructor or method that a call is of; made where it is new."""
        if not isinstance(expression, Call):
            return None
        function = expression.function
        if isinstance(function, Attribute):
            owner = self._find_owner(function.of)
            name = function.name
            return owner.methods.setdefault(name, Operation(name=name)) if owner else None
        if function.name[:1].isupper():
            return self._find_type(function.name).maker
        operations = self.vocabulary.operations
        return operations.setdefault(function.name, Operation(name=function.name))

    def _find_owner(self, expression: Expression) -> UsedType | None:
        """The type of the value whose member is used."""
        shape = self.bound.get(expression.name) if isinstance(expression, Name) else None
        if isinstance(expression, Call):
            shape = self._peek(expression)
        if shape and shape.kind is Kind.NAMED:
            return self._find_type(shape.name)
        if isinstance(expression, Name) and expression.name in self.makers:
            name = _name_type(expression.name)
            maker = self.vocabulary.operations[self.makers[expression.name]]
            maker.result = Shape(kind=Kind.NAMED, name=name)
            return self._find_type(name)
        return None

    def _peek(self, call: Call) -> Shape:
        if isinstance(call.function, Attribute):
            return UNKNOWN
        name = call.function.name
        known = self.results.get(name, UNKNOWN)
        return Shape(kind=Kind.NAMED, name=name) if name[:1].isupper() else known

    def _find_type(self, name: str) -> UsedType:
        types = self.vocabulary.types
        return types.setdefault(name, UsedType(name=name, maker=Operation(name=name)))


def _take_expected(operation: Operation, expected: Expected) -> None:
    if isinstance(expected, Raises):
        operation.errors[expected.error.rpartition(".")[2]] = None
    if isinstance(expected, Equals) and isinstance(expected.value.value, str):
        operation.result_texts.append(expected.value.value)
    operation.result = join_shapes(operation.result, find_expected_shape(expected))


def _name_type(bound: str) -> str:
    """`my_account` → `MyAccount`."""
    return "".join(part.capitalize() for part in re.split(r"[\W_]+", bound) if part)
