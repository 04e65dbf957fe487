"""Calls in emitted tests: names and types followed through interfaces, errors in their meaning."""

from __future__ import annotations

from textwrap import dedent

import pytest

from headwater.errors import HeadwaterError
from tests.targets.builders import component, emit

HEADER = "| Call | Result |\n| --- | --- |\n"
ROMAN = component(
    "class TooBig(ValueError): ...\ndef to_roman(number: int) -> str: ...\n"
    "def from_roman(text: str) -> int: ...\ndef ratio(a: float, b: float) -> float: ...\n",
    path="src/roman/numerals.py",
)


def test_names_that_two_components_declare_are_told_apart() -> None:
    one = component("def parse(text: str) -> int: ...", path="src/one.py")
    two = component("def parse(text: str) -> int: ...", path="lib/two.py", number=2)
    tables = HEADER + '| `C1.parse("1")` | `1` |\n| `C2.parse("2")` | `2` |\n'
    text = emit(tables, one, two).text
    assert "from lib.two import parse as c2_parse\nfrom one import parse as c1_parse\n" in text
    assert 'pytest.param(c1_parse, ("1",), 1, id=' in text
    assert 'pytest.param(c2_parse, ("2",), 2, id=' in text


def test_types_are_followed_into_the_component_that_declares_them() -> None:
    one = component(
        "from dataclasses import dataclass\n@dataclass\nclass Entry:\n"
        "    id: str\n    n: float = 0\n",
        path="src/shop/entries.py",
    )
    two = component(
        "from shop.entries import Entry as Item\ndef size(item: Item) -> int: ...\n"
        "def find(id: str) -> Item: ...\n",
        path="src/shop/cart.py",
        number=2,
    )
    tables = HEADER + ('| `size({"id": "a", "n": 1})` | `1` |\n| `find("a").n` | `1` |\n')
    text = emit(tables, one, two).text
    assert 'check(lambda: size(Entry(id="a", n=1.0)), 1)' in text
    assert 'check(lambda: find("a").n, 1.0)' in text
    assert "from shop.cart import find, size\nfrom shop.entries import Entry\n" in text


def test_a_declared_name_that_the_tests_use_themselves_gets_another() -> None:
    item = component("def check(text: str) -> bool: ...\ndef date(day: int) -> int: ...")
    text = emit(HEADER + '| `check("1")` | `true` |\n| `date(1)` | `1` |\n', item).text
    assert "from demo import check as c1_check, date as c1_date\n" in text
    assert 'pytest.param(c1_check, ("1",), True, id=' in text


def test_a_bound_name_hides_nothing() -> None:
    item = component("def account(id: str) -> str: ...")
    text = emit(
        HEADER + '| `account = account("a")` | — |\n| `class = account("b")` | — |\n', item
    ).text
    assert 'account_ = check(lambda: account("a"), ANYTHING)' in text


@pytest.mark.parametrize(
    ("call", "result", "reason"),
    [
        ("nothing(1)", "`1`", "no interface declares `nothing`"),
        ("C7.f(1)", "`1`", "no interface declares `C7.f`"),
        ("thing.run(1)", "`1`", "no row binds `thing`, and no interface declares it"),
        ("f(1, 2, 3)", "`1`", "`f` takes 2 arguments"),
        ("f(1)", "`1`", "`f` needs `b`"),
        ("f(1, c=2)", "`1`", "`f` has no parameter `c`"),
        (
            "f(1, 2)",
            "raises Strange",
            "no interface declares `Strange`, nor is it one of invalid_argument",
        ),
        ("g()", "`/(?=a)/`", "looks around, which RE2 does not do"),
        ("g()", r"`/(a)\1/`", "refers back to a group"),
        ("g()", "`/a++/`", "possessive"),
    ],
)
def test_a_row_that_cannot_be_a_test_is_an_error_at_its_place(
    call: str, result: str, reason: str
) -> None:
    item = component("def f(a: int, b: int) -> int: ...\ndef g() -> str: ...")
    with pytest.raises(HeadwaterError) as caught:
        emit(f"{HEADER}| `{call}` | {result} |\n", item)
    assert caught.value.message.startswith(f"specs/001-demo/spec.md:9:1: `{call}`: ")
    assert reason in caught.value.message


@pytest.mark.parametrize(
    ("error", "written"),
    [
        ("invalid_argument", "raises(ValueError)"),
        ("ValueError", "raises(ValueError)"),
        ("not_found", "raises(LookupError, FileNotFoundError)"),
        ("KeyError", "raises(LookupError, FileNotFoundError)"),
        ("already_exists", "raises(FileExistsError)"),
        ("out_of_range", "raises(IndexError, OverflowError)"),
        ("IndexError", "raises(IndexError, OverflowError)"),
        ("unsupported", "raises(NotImplementedError)"),
        ("timeout", "raises(TimeoutError)"),
        ("ZeroDivisionError", "raises(ZeroDivisionError)"),
        ("TypeError", "raises(TypeError)"),
        ("TooBig", "raises(TooBig)"),
    ],
)
def test_errors_have_their_meaning_in_python(error: str, written: str) -> None:
    text = emit(f"{HEADER}| `to_roman(1)` | raises {error} |\n", ROMAN).text
    assert f"pytest.param((1,), {written}, id=" in text


MANY = component(
    dedent(
        """\
        from collections.abc import Awaitable
        from dataclasses import dataclass
        from decimal import Decimal
        from enum import Enum
        from typing import Any, Optional, Self

        LIMIT: Decimal = Decimal(3)
        OTHER = 3

        class Kind(Enum):
            FREE = "free"
            def next(self) -> Self: ...

        @dataclass
        class Base:
            id: str
            def rename(self, id: str) -> Self: ...

        @dataclass
        class Entry(Base):
            kind: Kind = Kind.FREE
            @property
            def price(self) -> Decimal: ...
            note = ""

        class Store:
            def find(self, id: str) -> Optional[Entry]: ...
            def wait(self, id: str) -> Awaitable[Entry]: ...
            def any(self, **options: Decimal) -> Any: ...

        def store(*, size: Decimal = 3, name: str) -> Store: ...
        def price(kind: Kind, limit: Decimal) -> Decimal: ...
        """
    )
)


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (
            '`store(name="a").find("b").price` | `1`',
            'check(lambda: store(name="a").find("b").price, Decimal("1"))',
        ),
        (
            '`store(name="a").wait("b").price` | `1`',
            'check(lambda: store(name="a").wait("b").price, Decimal("1"))',
        ),
        (
            '`store(name="a").find("b").rename("c").kind.next()` | `"free"`',
            'check(lambda: store(name="a").find("b").rename("c").kind.next(), "free")',
        ),
        (
            '`store(name="a").any(size=1)` | `1`',
            'check(lambda: store(name="a").any(size=1), number(1))',
        ),
        ("`price(Kind.FREE, LIMIT)` | `1`", 'check(lambda: price(Kind.FREE, LIMIT), Decimal("1"))'),
        ('`price("free", OTHER)` | `1`', 'check(lambda: price(Kind.FREE, OTHER), Decimal("1"))'),
        ('`Kind.FREE.next()` | `"free"`', 'check(lambda: Kind.FREE.next(), "free")'),
        (
            '`Entry("a", kind="free").note` | `1`',
            'check(lambda: Entry("a", kind=Kind.FREE).note, number(1))',
        ),
        (
            '`Entry("a", kind={"of": [LIMIT]}).id` | `"a"`',
            'check(lambda: Entry("a", kind={"of": [LIMIT]}).id, "a")',
        ),
        (
            '`C1.Entry.make("a").size(1)` | `2`',
            'check(lambda: Entry.make("a").size(1), number(2))',
        ),
        (
            '`store(name="a").close(1).done` | —',
            'check(lambda: store(name="a").close(1).done, ANYTHING)',
        ),
    ],
)
def test_types_are_followed_through_members(row: str, line: str) -> None:
    if "of" in row:
        with pytest.raises(HeadwaterError, match="is no member of `Kind`"):
            emit(f"{HEADER}| {row} |\n", MANY)
    else:
        assert f"    {line}\n" in emit(f"{HEADER}| {row} |\n", MANY).text


def test_a_call_that_lacks_a_named_argument_is_an_error() -> None:
    with pytest.raises(HeadwaterError, match="`store` needs `name`"):
        emit(f"{HEADER}| `store(size=1)` | — |\n", MANY)
