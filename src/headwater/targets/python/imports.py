"""Puts a file's imports right: adds those that it forgot, drops those that it does not use."""

from __future__ import annotations

import ast
import builtins
import re
from typing import TYPE_CHECKING

from headwater.targets.python.source import (
    LineEdit,
    apply_line_edits,
    first_line,
    is_docstring,
    last_line,
    parse_source,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ImportNode = ast.Import | ast.ImportFrom

_MODULES = (
    *("abc", "argparse", "asyncio", "base64", "bisect", "calendar", "collections", "contextlib"),
    *("copy", "csv", "dataclasses", "datetime", "decimal", "enum", "fractions", "functools"),
    *("hashlib", "heapq", "io", "itertools", "json", "logging", "math", "operator", "os", "random"),
    *("re", "secrets", "shlex", "statistics", "string", "struct", "sys", "tempfile", "textwrap"),
    *("time", "unicodedata", "uuid", "zlib"),
)
_NAMES = {
    "abc": "ABC abstractmethod",
    "collections": "Counter OrderedDict defaultdict deque namedtuple",
    "collections.abc": "Callable Iterable Iterator Mapping Sequence Generator MutableMapping "
    "MutableSequence Hashable Collection Awaitable AsyncIterator",
    "contextlib": "contextmanager suppress",
    "copy": "deepcopy",
    "dataclasses": "dataclass field asdict replace",
    "datetime": "date timedelta timezone UTC",
    "decimal": "Decimal InvalidOperation ROUND_HALF_UP ROUND_HALF_EVEN ROUND_DOWN ROUND_UP",
    "enum": "Enum IntEnum StrEnum Flag auto unique",
    "fractions": "Fraction",
    "functools": "cache lru_cache partial reduce wraps total_ordering cached_property",
    "heapq": "heappush heappop heapify",
    "itertools": "chain combinations combinations_with_replacement count cycle groupby "
    "permutations product zip_longest accumulate pairwise islice takewhile dropwhile starmap",
    "math": "ceil floor sqrt gcd lcm prod isqrt isclose hypot factorial log10 log2 inf nan",
    "operator": "itemgetter attrgetter",
    "pathlib": "Path PurePath PurePosixPath",
    "string": "ascii_lowercase ascii_uppercase ascii_letters digits punctuation",
    "typing": "Any ClassVar Dict Final FrozenSet Generic List Literal NamedTuple NewType NoReturn "
    "Optional Protocol Self Set Tuple Type TypeAlias TypedDict TypeVar Union cast overload",
    "uuid": "UUID uuid4",
}


def add_missing_imports(code: str, *, offered: Sequence[ImportNode]) -> str:
    """The code with an import for every undefined name that `offered` or the library has.

    Args:
        code: a module that parses.
        offered: the interface's own imports, which come before what is merely well known.
    """
    tree = parse_source(code)
    if tree is None or _has_star(tree):
        return code
    undefined = find_undefined(tree)
    lines = {_find_offer(name, offered) or find_well_known(name, tree) for name in undefined}
    lines.discard("")
    if not lines:
        return code
    at = import_line(tree)
    edit = LineEdit(first=at, last=at - 1, text="\n".join(sorted(lines)))
    return apply_line_edits(code, [edit])


def drop_unused_imports(code: str) -> str:
    """The code without top-level imports that nothing in it names, not even a text."""
    tree = parse_source(code)
    if tree is None:
        return code
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            used.update(re.findall(r"\w+", node.value))
    edits = []
    for node in _top_imports(tree):
        kept = [alias for alias in node.names if alias.name == "*" or bound_name(alias) in used]
        if len(kept) < len(node.names):
            edits.append(_rewrite(node, kept))
    return apply_line_edits(code, edits) if edits else code


def is_well_known_star(node: ast.ImportFrom) -> bool:
    """`from typing import *` and the like, whose names `add_missing_imports` knows one by one."""
    return node.level == 0 and node.module in _NAMES and node.names[0].name == "*"


def bound_name(alias: ast.alias) -> str:
    """The name that an import binds."""
    return alias.asname or alias.name.partition(".")[0]


def import_line(tree: ast.Module) -> int:
    """The line before which imports go: after the docstring and `__future__`, else the first."""
    line = 1
    for node in tree.body:
        is_future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
        if not (is_future or (line == 1 and is_docstring(node))):
            break
        line = last_line(node) + 1
    return line


def end_of_imports(tree: ast.Module) -> int:
    """The line after the imports that open a module, or the one where they would stand."""
    line = import_line(tree)
    for node in tree.body:
        if first_line(node) < line:
            continue
        if not isinstance(node, ImportNode):
            break
        line = last_line(node) + 1
    return line


def bound_names(tree: ast.Module) -> set[str]:
    """Every name that a module binds anywhere, in whatever scope."""
    return set(_find_bound(tree))


def find_undefined(tree: ast.Module) -> set[str]:
    """Names that a module uses and never binds, in whatever scope."""
    used = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    return used - bound_names(tree) - set(dir(builtins)) - {"__file__", "__name__", "__doc__"}


def _find_bound(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.alias):
            yield bound_name(node)
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name
        elif isinstance(node, ast.MatchMapping) and node.rest:
            yield node.rest


def _find_offer(name: str, offered: Sequence[ImportNode]) -> str:
    for node in offered:
        for alias in node.names:
            if bound_name(alias) == name:
                kept = _copy_with(node, [alias])
                return ast.unparse(kept)
    return ""


def find_well_known(name: str, tree: ast.Module) -> str:
    """The import of a name that the standard library is known for; empty when it is none."""
    if name == "datetime":
        return _choose_datetime(tree)
    if name in _MODULES:
        return f"import {name}"
    for module, names in _NAMES.items():
        if name in names.split():
            return f"from {module} import {name}"
    return ""


def _choose_datetime(tree: ast.Module) -> str:
    """`datetime.date(…)` means the module, `datetime.now()` the class."""
    inner = {"date", "time", "datetime", "timedelta", "timezone", "UTC"}
    taken = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "datetime"
    }
    is_module = bool(taken & (inner - {"date", "time"})) or (bool(taken) and taken <= inner)
    return "import datetime" if is_module else "from datetime import datetime"


def _has_star(tree: ast.Module) -> bool:
    return any(alias.name == "*" for node in _top_imports(tree) for alias in node.names)


def _top_imports(tree: ast.Module) -> Iterator[ImportNode]:
    for node in tree.body:
        is_future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
        if isinstance(node, ImportNode) and not is_future:
            yield node


def _rewrite(node: ImportNode, kept: list[ast.alias]) -> LineEdit:
    text = ast.unparse(_copy_with(node, kept)) if kept else ""
    return LineEdit(first=node.lineno, last=last_line(node), text=text)


def _copy_with(node: ImportNode, names: list[ast.alias]) -> ImportNode:
    if isinstance(node, ast.Import):
        return ast.Import(names=names)
    return ast.ImportFrom(module=node.module, names=names, level=node.level)
