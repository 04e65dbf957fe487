"""What is known of code, whatever its language.

The graph needs to name and digest code but knows no language; a target implements `Syntax`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.spec.model import Component, Problem


class DeclaredKind(Enum):
    """What an interface declares under a name."""

    FUNCTION = "function"
    TYPE = "type"
    ERROR = "error"
    CONSTANT = "constant"


@dataclass(frozen=True, kw_only=True, slots=True)
class Declared:
    """One name of an interface; `members` are a type's methods and attributes.

    `parameters` are a function's (or a type's constructor's) parameter names, in order.
    `reached` tells that using it runs derived code: false for what a stub has whole, such as a
    record type without methods, a constant, an error.

    What follows sharpens the checks that come before any model call; a target that leaves it out
    turns those errors into warnings. `required` are the parameters without a default; `variadic`
    tells that more arguments than `parameters` are taken; `bases` are a type's or an error's
    bases by their simple names, through which members are inherited and `raises` matches.
    """

    name: str
    kind: DeclaredKind
    members: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    reached: bool = True
    required: tuple[str, ...] | None = None
    variadic: bool = False
    bases: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeInterface:
    """What a component's interface block declares, and what is wrong with the block.

    `digest` is that of its normalised syntax: comments, docstrings and layout do not count.
    """

    names: tuple[Declared, ...]
    digest: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Used:
    """Something that code uses (a module imported, a function called), and its line."""

    name: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class MeasuredFunction:
    """A function with its line, its lines in all, and its cyclomatic complexity (McCabe 1976)."""

    name: str
    complexity: int
    lines: int
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CodedType:
    """A type that code declares, with its bases and members by their simple names."""

    name: str
    bases: tuple[str, ...]
    members: tuple[str, ...]
    line: int


class RiskKind(Enum):
    """What is known to go wrong in any language; the value says it to people."""

    SHELL = "starts a shell"
    EVALUATION = "runs text as code"
    DESERIALISATION = "makes objects of data that may come from anyone"
    WEAK_HASH = "uses a broken hash"
    UNVERIFIED_TLS = "trusts any server"
    BUILT_SQL = "builds SQL out of values"


@dataclass(frozen=True, kw_only=True, slots=True)
class Risk:
    """A line that is unsafe; `what` is the call or the text that makes it so."""

    kind: RiskKind
    what: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeFacts:
    """What rules judge code by. Call names are resolved through imports (`os.system`).

    Attributes:
        path: in the repository.
        imports: modules by their full names; a name from a module may be one too, and is both.
        calls: functions by the names that the code means.
        functions: all of them, methods and inner ones too.
        module: what other files import this one by; empty where that is not known.
        exports: names of other modules that this one passes on: its own name to the full one.
        standard: first parts of imported names that come with the language.
        types: those that it declares.
        risks: what is unsafe whatever the program is for.
        lines: how many it has.
    """

    path: str
    imports: tuple[Used, ...] = ()
    calls: tuple[Used, ...] = ()
    functions: tuple[MeasuredFunction, ...] = ()
    module: str = ""
    exports: Mapping[str, str] = field(default_factory=dict)
    standard: frozenset[str] = frozenset()
    types: tuple[CodedType, ...] = ()
    risks: tuple[Risk, ...] = ()
    lines: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """How many statements a file has, and the lines of those that no test ran."""

    statements: int
    missed: tuple[int, ...]

    @property
    def percent(self) -> float:
        """Of statements that tests ran; 100 of a file without any."""
        ran = self.statements - len(self.missed)
        return 100 * ran / self.statements if self.statements else 100.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Definition:
    """A function or class of a file; a method's name is `Wallet.pay`.

    `first` and `last` are its lines, from 1. `names` are the simple names that its own code uses,
    without what is defined inside it. The code outside all definitions is one too, with an empty
    name and both lines 0.
    """

    name: str
    kind: DeclaredKind
    first: int
    last: int
    names: frozenset[str]

    @property
    def simple_name(self) -> str:
        """The last part of its name."""
        return self.name.rpartition(".")[2]


class Syntax(Protocol):
    """One language, as far as the graph must understand it. Implemented by targets."""

    def read_interface(self, component: Component) -> CodeInterface:
        """Read a component's interface block; problems carry places in the plan."""
        ...

    def digest_body(self, code: str) -> str:
        """Digest of a derived file's normalised syntax; of its text when it does not parse."""
        ...

    def digest_interface(self, code: str) -> str:
        """Digest of what a derived file offers to others: signatures, types, constants, errors."""
        ...

    def read_facts(self, code: str, *, path: str) -> CodeFacts:
        """What rules need to know of a derived file."""
        ...

    def read_definitions(self, code: str) -> Sequence[Definition]:
        """Every function and class of a file, in the order of the text; none where it is broken."""
        ...
