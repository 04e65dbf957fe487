"""Candidates against the interface that the plan declares."""

from __future__ import annotations

import pytest

from tests.targets.builders import TARGET, component

INTERFACE = """\
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

LIMIT: int = 3

class WalletError(Exception): ...
class Overdrawn(WalletError): ...

class Colour(Enum):
    RED = "red"

@dataclass(frozen=True)
class Entry:
    id: str
    amount: Decimal = Decimal(0)

@dataclass
class Busy:
    id: str
    def __eq__(self, other: object) -> bool: ...

class Account:
    def __init__(self, id: str) -> None: ...
    @property
    def balance(self) -> Decimal: ...
    async def close(self) -> None: ...

def add(a: int, b: int | None = None, *, names: list[str]) -> int: ...
"""
GOOD = '''\
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import List, Optional

LIMIT = 3

class WalletError(Exception):
    """Any."""
class Overdrawn(WalletError):
    pass

class Colour(Enum):
    RED = "red"

@dataclass(frozen=True)
class Entry:
    id: str
    amount: Decimal = Decimal(0)
    def double(self): return self.amount * 2

@dataclass
class Busy:
    id: str

class Account:
    def __init__(self, id: "str") -> None:
        self.id = id
    @property
    def balance(self) -> Decimal:
        return Decimal(0)
    async def close(self) -> None:
        pass

def add(a: int, b: Optional[int] = None, *, names: List[str]) -> int:
    return a
'''


def check(code: str) -> list[tuple[str, str, int]]:
    found = TARGET.check_file(component(INTERFACE), code, path="src/demo.py")
    assert all(problem.place.path == "src/demo.py" for problem in found)
    return [(problem.code, problem.message, problem.place.line) for problem in found]


def test_the_declared_interface_passes_however_its_types_are_spelled() -> None:
    assert check(GOOD) == []


def test_a_syntax_error_is_located() -> None:
    [problem] = TARGET.check_file(component(INTERFACE), "x = 1\ndef f(:\n", path="src/demo.py")
    assert (problem.code, problem.place.line) == ("syntax-error", 2)
    assert problem.message.startswith("line 2 does not parse: ")


def test_a_null_byte_is_a_syntax_error() -> None:
    assert [code for code, _, _ in check("x = '\0'")] == ["syntax-error"]


@pytest.mark.parametrize(
    ("old", "new", "kind", "message", "line"),
    [
        ("def add(", "def plus(", "interface-missing", "`def add(", 1),
        ("LIMIT = 3", "LIMIT = 4", "interface-differs", "`LIMIT: int = 3` expected", 6),
        ("LIMIT = 3", "def LIMIT(): pass", "interface-differs", "`LIMIT: int = 3` expected", 6),
        ("b: Optional[int]", "b: int", "interface-differs", "`def add(a: int, b: int | None", 35),
        ("*, names", "*names", "interface-differs", "`def add(", 35),
        ("a: int,", "x: int,", "interface-differs", "`def add(", 35),
        ("= None, *", "= 0, *", "interface-differs", "`def add(", 35),
        ("-> int:", ":", "interface-differs", "`def add(", 35),
        (
            "Overdrawn(WalletError)",
            "Overdrawn(Exception)",
            "interface-differs",
            "class `Overdrawn` is to derive from `WalletError`",
            10,
        ),
        (
            "class Account:",
            "Account = dict\nclass Other:",
            "interface-differs",
            "`Account` is to be a class",
            26,
        ),
        (
            "    async def close",
            "    def close",
            "interface-differs",
            "`async def close(self) -> None` expected in class `Account`",
            32,
        ),
        (
            "    async def close",
            "    async def stop",
            "interface-missing",
            "class `Account` lacks `async def close(self) -> None`",
            26,
        ),
        ("    @property\n", "", "interface-differs", "`def balance(self) -> Decimal` expected", 29),
        (
            "@dataclass(frozen=True)\n",
            "",
            "interface-differs",
            "class `Entry` is to have @dataclass(frozen=True)",
            16,
        ),
        ('RED = "red"', 'BLUE = "red"', "interface-missing", "class `Colour` lacks `RED`", 13),
        (
            'RED = "red"',
            'RED = "rot"',
            "interface-differs",
            "`Colour.RED` differs from `'red'`",
            13,
        ),
        (
            "    amount: Decimal = Decimal(0)",
            "    amount: float = 0",
            "interface-differs",
            "`Entry.amount` differs",
            17,
        ),
    ],
)
def test_a_difference_is_named_and_located(
    old: str, new: str, kind: str, message: str, line: int
) -> None:
    assert old in GOOD
    [(found, text, at)] = check(GOOD.replace(old, new))
    assert (found, at) == (kind, line)
    assert text.startswith(message)


def test_fields_in_another_order_are_a_difference() -> None:
    item = component(
        "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\n    y: int\n"
    )
    code = "from dataclasses import dataclass\n@dataclass\nclass P:\n    y: int\n    x: int\n"
    [problem] = TARGET.check_file(item, code, path="src/demo.py")
    assert problem.message == "class `P` has its fields in another order"


def test_a_method_that_is_an_attribute_is_a_difference() -> None:
    item = component("class A:\n    def run(self) -> int: ...\n")
    [problem] = TARGET.check_file(item, "class A:\n    run = 3\n", path="src/demo.py")
    assert problem.message == "`def run(self) -> int` is to be a function in class `A`"


def test_the_implementation_of_overloads_is_free() -> None:
    item = component("from typing import overload\n@overload\ndef f(a: int) -> int: ...\n")
    assert not TARGET.check_file(item, "def f(a): return a\n", path="src/demo.py")


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("int | str | None", "Optional[Union[str, int]]"),
        ("int | None", "None | int"),
        ("dict[str, list[int]]", "Dict[str, List[int]]"),
        ("datetime.date", "date"),
        ("typing.Sequence[int]", "'Sequence[int]'"),
        ("Callable[[int, str], None]", "typing.Callable[[int, str], None]"),
        ("Literal['a', 'b']", "typing.Literal['a', 'b']"),
        ("tuple[int, ...]", "Tuple[int, ...]"),
        ("'not a type'", "'not a type'"),
    ],
)
def test_types_are_the_same_however_they_are_spelled(declared: str, written: str) -> None:
    item = component(f"def f(a: {declared}) -> None: ...")
    code = f"def f(a: {written}) -> None: ...\n"
    assert TARGET.check_file(item, code, path="src/demo.py") == []


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("int | None", "int"),
        ("Literal['a']", "Literal['b']"),
        ("list[int]", "list[str]"),
        ("Callable[[int], str]", "Callable[[str], str]"),
        ("int", "'int or so'"),
    ],
)
def test_other_types_are_a_difference(declared: str, written: str) -> None:
    item = component(f"def f(a: {declared}) -> None: ...")
    code = f"def f(a: {written}) -> None: ...\n"
    [problem] = TARGET.check_file(item, code, path="src/demo.py")
    assert problem.code == "interface-differs"


def test_variadic_parameters_count() -> None:
    item = component("def f(*a: int, **b: str) -> None: ...")
    assert TARGET.check_file(item, "def f(*a: int, **b: str) -> None: ...", path="x.py") == []
    assert TARGET.check_file(item, "def f(*a: int) -> None: ...", path="x.py")
