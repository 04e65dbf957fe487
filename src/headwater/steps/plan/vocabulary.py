"""The words of a spec's examples: functions, types and commands, with the values they go with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.targets.sketch import UNKNOWN, join_shapes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.spec.model import Spec
    from headwater.targets.sketch import Shape


@dataclass(kw_only=True, slots=True)
class Slot:
    """A parameter as rows show it.

    Attributes:
        name: where a row names it; else empty.
        shape: of all its values.
        texts: the texts among its values, in order.
        required: no call leaves it out, nor one before it.
    """

    name: str = ""
    shape: Shape = UNKNOWN
    texts: list[str] = field(default_factory=list)
    required: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """An argument as a row gives it; `text` where it is one."""

    shape: Shape
    text: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SeenCall:
    """The arguments of one call."""

    positional: tuple[Given, ...]
    named: Mapping[str, Given]


@dataclass(kw_only=True, slots=True)
class Operation:
    """A function, a method or a type's constructor that rows call.

    Attributes:
        name: as rows write it.
        slots: its parameters, in order; made of the calls by `find_slots`.
        result: the shape of what it gives.
        errors: the names that its rows say it raises.
        refs: ids whose rows are about it, in order; a call inside another's row only counts for a
            function that has no row of its own.
        result_texts: the texts among its results.
        inside: ids in whose rows it is called at all.
        examples: those rows, `call → result`.
        calls: of it, wherever they stand.
    """

    name: str
    slots: list[Slot] = field(default_factory=list)
    result: Shape = UNKNOWN
    result_texts: list[str] = field(default_factory=list)
    errors: dict[str, None] = field(default_factory=dict)
    refs: dict[str, None] = field(default_factory=dict)
    inside: dict[str, None] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)
    calls: list[SeenCall] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class UsedType:
    """A type whose values rows make or use."""

    name: str
    maker: Operation
    methods: dict[str, Operation] = field(default_factory=dict)
    attributes: dict[str, Shape] = field(default_factory=dict)

    def note_attribute(self, name: str, shape: Shape) -> None:
        """One more value of an attribute."""
        self.attributes[name] = join_shapes(self.attributes.get(name, UNKNOWN), shape)


@dataclass(kw_only=True, slots=True)
class Command:
    """A program that Run rows start: its first word, whose rows do, and the rows."""

    word: str
    refs: dict[str, None] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class Vocabulary:
    """All that the rows of a spec name, each in the order of the text."""

    operations: dict[str, Operation] = field(default_factory=dict)
    types: dict[str, UsedType] = field(default_factory=dict)
    commands: dict[str, Command] = field(default_factory=dict)

    def list_callables(self) -> Iterator[Operation]:
        """Functions, then constructors and methods of types."""
        yield from self.operations.values()
        for used in self.types.values():
            yield used.maker
            yield from used.methods.values()


def list_duties(spec: Spec) -> dict[str, str]:
    """What components have to see to: id to text, of every requirement and scenario that holds.

    Non-functional requirements are measured on the whole program, so no component has them.
    """
    duties = {scenario.id: scenario.text for story in spec.stories for scenario in story.scenarios}
    duties |= {
        one.id: one.text
        for one in spec.requirements
        if not one.retired and not one.id.startswith("NFR")
    }
    return {ref: " ".join(text.split()) for ref, text in duties.items()}
