"""Writes a sketched interface as a Python block: imports, errors, types, signatures."""

from __future__ import annotations

import keyword
import re
import sys
from typing import TYPE_CHECKING

from headwater.graph.order import sort_topologically
from headwater.targets.python.layout import module_name
from headwater.targets.sketch import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headwater.targets.sketch import Function, InterfaceSketch, NamedType, Parameter, Shape

_SCALARS = {
    Kind.UNKNOWN: "object",
    Kind.ANY: "object",
    Kind.NOTHING: "None",
    Kind.BOOLEAN: "bool",
    Kind.INTEGER: "int",
    Kind.NUMBER: "float",
    Kind.TEXT: "str",
    Kind.DECIMAL: "Decimal",
    Kind.DATE: "date",
    Kind.TIME: "time",
    Kind.MOMENT: "datetime",
}
_IMPORTED = {"Decimal": "decimal", "date": "datetime", "time": "datetime", "datetime": "datetime"}
_LINE = 99


def write_interface(sketch: InterfaceSketch) -> str:
    """The block, as a formatter would leave it, without a line break at its end."""
    parts = [f"class {name}(Exception): ..." for name in sketch.errors]
    parts += [_write_type(one) for one in _order(sketch.types)]
    parts += [_write_function(one) for one in sketch.functions]
    imports = "\n\n".join(filter(None, ("\n".join(_write_imports(sketch)), _borrow(sketch))))
    return "\n\n\n".join([*([imports] if imports else []), *parts])


def write_shape(shape: Shape) -> str:
    """A shape as a type expression: `dict[str, int] | None`."""
    if shape.kind is Kind.NAMED:
        text = shape.name
    elif shape.kind is Kind.LIST:
        text = f"list[{write_shape(shape.item)}]" if shape.item else "list[object]"
    elif shape.kind is Kind.MAP:
        text = f"dict[str, {write_shape(shape.item)}]" if shape.item else "dict[str, object]"
    else:
        text = _SCALARS.get(shape.kind, "dict[str, object]")
    return f"{text} | None" if shape.optional and text not in ("None", "object") else text


def is_name(text: str) -> bool:
    """Whether something may be called so: an identifier that hides nothing of the language's."""
    legal = text.isascii() and text.isidentifier() and not text.startswith("_")
    return legal and not (keyword.iskeyword(text) or keyword.issoftkeyword(text))


def plan_file(package: str, name: str) -> str:
    """`src/wallet/ledger.py`; a package that the standard library has is told apart."""
    folder = re.sub(r"\W+", "_", package.lower()).strip("_") or "app"
    if folder in sys.stdlib_module_names or not is_name(folder):
        folder = f"app_{folder}"
    return f"src/{folder}/{name}.py"


def start_command(path: str) -> str:
    """`python -m wallet.cli`, for `src/wallet/cli.py`."""
    return f"python -m {module_name(path)}"


def _order(types: Iterable[NamedType]) -> list[NamedType]:
    """Types after those that they are made of."""
    by_name = {one.name: one for one in types}
    needs = {one.name: sorted(one.names & by_name.keys()) for one in by_name.values()}
    order = sort_topologically(needs)
    return [by_name[name] for name in (*order, *(n for n in by_name if n not in order))]


def _write_type(named: NamedType) -> str:
    if named.is_record and named.fields:
        lines = ["@dataclass(frozen=True)", f"class {named.name}:"]
        # What may be left out comes last, as the language wants it.
        ordered = sorted(named.fields, key=lambda field: not field.required)
        return "\n".join([*lines, *(f"    {_write_parameter(field)}" for field in ordered)])
    attributes = [f"    {_write_parameter(one)}" for one in named.attributes]
    methods = [_write_method("__init__", named.fields, "None")] if named.fields else []
    methods += [
        _write_method(one.name, one.parameters, write_shape(one.result)) for one in named.methods
    ]
    parts = ["\n".join(attributes)] if attributes else []
    return f"class {named.name}:\n" + "\n\n".join([*parts, *methods] or ["    ..."])


def _write_method(name: str, parameters: Iterable[Parameter], result: str) -> str:
    return _write_signature(name, ["self", *map(_write_parameter, parameters)], result, "    ")


def _write_function(function: Function) -> str:
    parameters = [_write_parameter(one) for one in function.parameters]
    return _write_signature(function.name, parameters, write_shape(function.result), "")


def _write_signature(name: str, parameters: list[str], result: str, indent: str) -> str:
    line = f"{indent}def {name}({', '.join(parameters)}) -> {result}: ..."
    if len(line) <= _LINE:
        return line
    inner = "".join(f"{indent}    {one},\n" for one in parameters)
    return f"{indent}def {name}(\n{inner}{indent}) -> {result}: ..."


def _write_parameter(parameter: Parameter) -> str:
    text = f"{parameter.name}: {write_shape(parameter.shape)}"
    if parameter.required:
        return text
    return f"{text} = None" if text.endswith(("None", "object")) else f"{text} | None = None"


def _write_imports(sketch: InterfaceSketch) -> Iterator[str]:
    if any(one.is_record and one.fields for one in sketch.types):
        yield "from dataclasses import dataclass"
    used = set(re.findall(r"\w+", " ".join(_list_types(sketch))))
    for module in sorted(set(_IMPORTED.values())):
        names = sorted(name for name in used if _IMPORTED.get(name) == module)
        if names:
            yield f"from {module} import {', '.join(names)}"


def _borrow(sketch: InterfaceSketch) -> str:
    lines = (
        f"from {module_name(path)} import {', '.join(sorted(names))}"
        for path, names in sketch.borrowed.items()
        if names
    )
    return "\n".join(sorted(lines))


def _list_types(sketch: InterfaceSketch) -> Iterator[str]:
    functions = (*sketch.functions, *(method for one in sketch.types for method in one.methods))
    for function in functions:
        yield write_shape(function.result)
        yield from (write_shape(one.shape) for one in function.parameters)
    for named in sketch.types:
        yield from (write_shape(one.shape) for one in (*named.fields, *named.attributes))
