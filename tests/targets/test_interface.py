"""Interface blocks: what they declare, and what does not belong into them."""

from __future__ import annotations

import pytest

from headwater.graph.facts import Declared, DeclaredKind
from tests.targets.builders import PLAN, TARGET, component

BLOCK = '''\
"""A wallet."""
from __future__ import annotations
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT: int = 3
_HIDDEN = 1
Money = Decimal
Row: TypeAlias = dict[str, int]

class Overdrawn(ValueError):
    """Not enough money."""
    def __init__(self, missing: Decimal, *details: str) -> None: ...

class WalletError(Exception): ...
class Unknown(WalletError): pass

class Colour(Enum):
    RED = "red"
    GREEN = "green"

@dataclass(frozen=True)
class Entry:
    id: str
    amount: Decimal = Decimal(0)

@dataclass
class Late(Entry):
    days: int = 0

@dataclass
class Busy:
    id: str
    def work(self) -> None: ...

class Point(NamedTuple):
    x: int
    y: int

class Options(TypedDict):
    name: str

class Reader(Protocol):
    def read(self) -> str: ...

class Account:
    balance: Decimal
    def __init__(self, id: str, *, limit: int = 0) -> None: ...
    def deposit(self, amount: Decimal) -> None:
        """Put money in."""
        ...
    @staticmethod
    def parse(text: str) -> Account: ...
    def _secret(self) -> None: ...

def add(a: int, b: int = 0, *rest: int, flag: bool) -> int: ...
async def fetch(url: str, /) -> Iterator[str]: ...
'''


def read() -> dict[str, Declared]:
    found = TARGET.read_interface(component(BLOCK))
    assert found.problems == ()
    return {declared.name: declared for declared in found.names}


def test_every_public_name_has_its_kind() -> None:
    kinds = {name: declared.kind for name, declared in read().items()}
    types = "Money Row Colour Entry Late Busy Point Options Reader Account"
    expected = dict.fromkeys(types.split(), DeclaredKind.TYPE)
    expected |= dict.fromkeys(["Overdrawn", "WalletError", "Unknown"], DeclaredKind.ERROR)
    expected |= dict.fromkeys(["add", "fetch"], DeclaredKind.FUNCTION)
    assert kinds == expected | {"LIMIT": DeclaredKind.CONSTANT}


def test_only_what_runs_derived_code_is_reached() -> None:
    reached = {name for name, declared in read().items() if declared.reached}
    assert reached == {"Busy", "Account", "add", "fetch"}


def test_functions_tell_their_parameters() -> None:
    add = read()["add"]
    assert add.parameters == ("a", "b", "flag")
    assert add.required == ("a", "flag")
    assert add.variadic
    assert read()["fetch"].required == ("url",)


def test_types_tell_members_and_what_constructs_them() -> None:
    declared = read()
    assert declared["Account"].members == ("balance", "deposit", "parse")
    assert declared["Account"].parameters == ("id", "limit")
    assert declared["Account"].required == ("id",)
    assert declared["Colour"].members == ("RED", "GREEN")
    assert declared["Late"].parameters == ("id", "amount", "days")
    assert declared["Late"].required == ("id",)
    assert declared["Late"].bases == ("Entry",)
    assert declared["Overdrawn"].variadic
    assert declared["Unknown"].bases == ("WalletError",)
    assert declared["Reader"].required is None


@pytest.mark.parametrize(
    ("code", "kind", "line"),
    [
        ("def f() -> int:\n    return 1", "interface-body", 12),
        ("def f() -> int: pass", "interface-body", 11),
        ("class A:\n    def f(self) -> int:\n        raise ValueError", "interface-body", 13),
        ("class A:\n    print()", "interface-body", 12),
        ("class A:\n    class B:\n        print()", "interface-body", 13),
        ("X = 1\nprint(X)", "interface-body", 12),
        ("F = lambda: 1", "interface-body", 11),
        ("N: int", "interface-constant", 11),
        ("if True:\n    import os", "interface-body", 11),
        ("from os import *", "interface-import", 11),
        ("def f() -> int: ...\ndef f() -> str: ...", "interface-duplicate", 12),
        ("X = 1\ndef f(:", "interface-syntax", 12),
    ],
)
def test_what_does_not_belong_is_located_in_the_plan(code: str, kind: str, line: int) -> None:
    [problem] = TARGET.read_interface(component(code)).problems
    assert (problem.code, problem.place.path, problem.place.line) == (kind, PLAN, line)
    assert problem.hint


def test_overloads_may_repeat_a_name() -> None:
    code = "from typing import overload\n@overload\ndef f(a: int) -> int: ...\n"
    assert not TARGET.read_interface(
        component(f"{code}@overload\ndef f(a: str) -> str: ...")
    ).problems


def test_a_block_of_another_language_is_refused() -> None:
    [problem] = TARGET.read_interface(component("X = 1", language="go")).problems
    assert problem.code == "interface-language"


def test_a_file_that_hides_the_standard_library_is_refused() -> None:
    found = TARGET.read_interface(component("X = 1", path="src/queue.py"))
    assert [problem.code for problem in found.problems] == ["interface-module"]
    assert not TARGET.read_interface(component("X = 1", path="src/shop/queue.py")).problems


def test_layout_comments_and_order_do_not_change_the_digest() -> None:
    one = component("def f(a: int) -> int: ...\nX = 1\n")
    other = component(
        '# A comment\nX   =  1\n\n\ndef f(a: int) -> int:\n    """Text."""\n    ...\n'
    )
    changed = component("def f(a: int, b: int) -> int: ...\nX = 1\n")
    digests = [TARGET.read_interface(item).digest for item in (one, other, changed)]
    assert digests[0] == digests[1] != digests[2]


def test_a_test_opens_with_an_import_of_what_is_public() -> None:
    item = component("_X = 1\ndef b() -> int: ...\ndef a() -> int: ...", path="src/shop/cart.py")
    opening = TARGET.open_test("test_x", components=[item])
    assert "from shop.cart import a, b\n" in opening
    assert "def test_x(" in opening
