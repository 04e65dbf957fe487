"""What names mean in a component's interface: its own declarations, its imports, other components.

A `Typed` is a type expression together with the interface whose names it uses, so that types can
be followed from one component into another.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.targets.python.declarations import Declarations, read_declarations
from headwater.targets.python.layout import module_name, slug, split_ref

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.spec.model import Component

STANDARD = {
    "Decimal": "decimal",
    "Fraction": "fractions",
    "UUID": "uuid",
    "date": "datetime",
    "time": "datetime",
    "datetime": "datetime",
    "timedelta": "datetime",
    "Path": "pathlib",
}
"""Standard types that a literal may become, with their modules."""

SUPPORT = (
    "ANYTHING",
    "check",
    "check_call",
    "check_run",
    "given",
    "matching",
    "near",
    "number",
    "raises",
)
"""What emitted tests import from their support module."""

RESERVED = {
    *STANDARD,
    *SUPPORT,
    *("COMMANDS", "Probe", "probe"),
    *("pytest", "arguments", "expected", "function", "tmp_path"),
    *("float", "frozenset", "iter", "set", "test"),
}
"""Names that an emitted test file uses itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """One component's interface as a scope; `imports` maps a local name to its full one."""

    ref: str
    module: str
    declarations: Declarations
    imports: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Typed:
    """A type expression and the scope that its names belong to."""

    scope: Scope
    node: ast.expr


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """The scopes of all components that a test file may use, by ref.

    With `plain`, names stay as declared even where two clash: for people and models, not for files.
    """

    scopes: Mapping[str, Scope] = field(default_factory=dict)
    plain: bool = False

    def local_name(self, scope: Scope, name: str) -> str:
        """What a test file calls a declared name: with its component's id where two clash."""
        if self.plain:
            return name
        clash = name in RESERVED or len(list(self.declaring(name))) > 1
        return f"{slug(split_ref(scope.ref)[1])}_{name}" if clash else name

    @property
    def local_names(self) -> set[str]:
        """What a test file calls every declared name."""
        return {
            self.local_name(scope, name)
            for scope in self.scopes.values()
            for name in scope.declarations.nodes
        }

    def find(self, module: str) -> Scope | None:
        """The scope of the component whose file is this module."""
        return next((scope for scope in self.scopes.values() if scope.module == module), None)

    def declaring(self, name: str) -> Iterator[Scope]:
        """The scopes that declare `name`."""
        return (scope for scope in self.scopes.values() if name in scope.declarations.nodes)


def read_world(components: Mapping[str, Component]) -> World:
    """The interfaces of `components` (by ref) as scopes."""
    return World(scopes={ref: _read_scope(ref, item) for ref, item in components.items()})


def _read_scope(ref: str, component: Component) -> Scope:
    declarations = read_declarations(component)
    imports: dict[str, str] = {}
    for node in declarations.imports:
        prefix = f"{node.module}." if isinstance(node, ast.ImportFrom) and node.module else ""
        for alias in node.names:
            if alias.asname or prefix:
                imports[alias.asname or alias.name] = prefix + alias.name
            else:
                root = alias.name.partition(".")[0]
                imports[root] = root
    module = module_name(component.files[0]) if component.files else ""
    return Scope(ref=ref, module=module, declarations=declarations, imports=imports)
