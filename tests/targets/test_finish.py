"""Candidates put in order: no repair is spent on form."""

from __future__ import annotations

import ast
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.targets.builders import TARGET, component

if TYPE_CHECKING:
    from headwater.spec.model import Component

INTERFACE = dedent(
    """\
    from dataclasses import dataclass
    from decimal import Decimal as Money

    LIMIT: int = 3

    class WalletError(Exception): ...

    class Overdrawn(WalletError): ...

    @dataclass(frozen=True)
    class Entry:
        id: str
        amount: Money = Money(0)

    @dataclass(frozen=True)
    class Busy:
        id: str
        def run(self, times: int = 1) -> int: ...

    def add(a: int, b: Money | None = None) -> Entry: ...
    """
)


ITEM = component(INTERFACE, path="src/shop/wallet.py")


PLAIN = component("def f(text: str) -> int: ...")


def finish(code: str, *, item: Component = PLAIN) -> str:
    return TARGET.finish_file(item, dedent(code))


def test_what_was_forgotten_is_put_in() -> None:
    code = """\
        def add(a, b=None):
            # keep this
            if a > LIMIT:
                raise Overdrawn(math.floor(a))
            return Entry(str(a))


        class Busy:
            def run(self, times):
                return times
        """
    assert finish(code, item=ITEM) == dedent(
        """\
        from dataclasses import dataclass
        from decimal import Decimal as Money
        import math

        __all__ = ["Busy", "Entry", "LIMIT", "Overdrawn", "WalletError", "add"]

        LIMIT: int = 3


        class WalletError(Exception): ...


        class Overdrawn(WalletError): ...


        @dataclass(frozen=True)
        class Entry:
            id: str
            amount: Money = Money(0)

        def add(a: int, b: Money | None=None) -> Entry:
            # keep this
            if a > LIMIT:
                raise Overdrawn(math.floor(a))
            return Entry(str(a))


        @dataclass(frozen=True)
        class Busy:
            def run(self, times: int=1) -> int:
                return times
        """
    )


def test_a_finished_candidate_keeps_to_the_interface() -> None:
    code = "def add(a, b): return 1\nclass Busy:\n    id: str\n    def run(self, times): return 1\n"
    finished = finish(code, item=ITEM)
    assert TARGET.check_file(ITEM, finished, path="src/shop/wallet.py") == []


def test_what_is_declared_whole_wins_over_another_version() -> None:
    code = "LIMIT = 9\nclass Entry:\n    name: str\n\nclass Overdrawn(Exception):\n    pass\n"
    finished = finish(code, item=ITEM)
    assert "LIMIT: int = 3" in finished
    assert "LIMIT = 9" not in finished
    assert "@dataclass(frozen=True)\nclass Entry:\n    id: str\n" in finished
    assert "class Overdrawn(WalletError): ..." in finished


def test_a_declared_type_with_code_of_its_own_is_left() -> None:
    code = "class Entry:\n    def __init__(self, id): self.id = id\n"
    assert "self.id = id" in finish(code, item=ITEM)


def test_what_rests_on_the_candidates_own_names_comes_after_them() -> None:
    item = component(
        "class Money:\n    def double(self) -> int: ...\nZERO = Money()\nONE = [ZERO]\n"
    )
    code = "class Money:\n    def double(self):\n        return 2\n"
    finished = TARGET.finish_file(item, code)
    assert finished.index("class Money") < finished.index("ZERO = ") < finished.index("ONE = ")
    assert TARGET.finish_file(item, finished) == finished


def test_types_that_come_from_elsewhere_are_not_declared_twice() -> None:
    code = "from shop.types import Entry, LIMIT\n\ndef add(a, b): return Entry(LIMIT)\n"
    finished = finish(code, item=ITEM)
    assert "from shop.types import Entry, LIMIT" in finished
    assert "class Entry" not in finished


@pytest.mark.parametrize(
    ("header", "restored"),
    [
        ("def f(text):", "def f(text: str) -> int:"),
        ("def f(text: bytes) -> str:", "def f(text: str) -> int:"),
        ("def f(\n    text,  # what\n):", "def f(text: str) -> int:"),
        ("def f(text='a:b'):", "def f(text: str) -> int:"),
        ("def f(text: 'str') -> int:", "def f(text: 'str') -> int:"),
        ("def f(other):", "def f(other):"),
        ("def f(text, more):", "def f(text, more):"),
        ("async def f(text):", "async def f(text):"),
    ],
)
def test_a_signature_of_the_same_shape_is_restored(header: str, restored: str) -> None:
    assert f"{restored}\n    return 1\n" in finish(f"{header}\n    return 1\n")


def test_a_signature_on_one_line_with_its_body_is_restored() -> None:
    assert "def f(text: str) -> int: return {1: 2}[1]\n" in finish(
        "def f(text): return {1: 2}[1]\n"
    )


def test_fences_are_taken_off() -> None:
    assert finish("Here:\n```python\ndef f(text):\n    return 1\n```\n").startswith(
        '__all__ = ["f"]'
    )


@pytest.mark.parametrize("code", ["def f(:\n", "", "\n\n", "I cannot do that, sorry."])
def test_what_does_not_parse_or_is_nothing_stays(code: str) -> None:
    assert TARGET.finish_file(PLAIN, code) == code


def test_line_ends_are_one_kind() -> None:
    assert "\r" not in finish("def f(text):\r\n    return 1\r\n")


PARTS = st.sampled_from(
    [
        '"""A module."""',
        "from __future__ import annotations",
        "import os, re",
        "from typing import List, Optional",
        "from shop.wallet import Entry",
        "__all__ = ['x', 'os']",
        "__all__ += ['y']",
        "LIMIT = 9",
        "LIMIT: int = 3",
        "class Overdrawn(Exception): pass",
        "class Entry:\n    id: int",
        "class Entry:\n    def m(self): return re",
        "@dataclass\nclass Busy:\n    id: str\n    def run(self, times): return 2",
        "def add(a, b): return math.pi",
        "def add(\n    a: List[int],\n    b: int,\n): return Decimal(a)",
        "# a comment",
        "print(add(1, 2))",
        "x = 1; y = 2",
        'if __name__ == "__main__":\n    main()',
        "def main(): return re.sub(LIMIT)",
        "",
    ]
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)
@given(st.lists(PARTS, max_size=9), st.booleans())
def test_finishing_twice_is_finishing_once(parts: list[str], program: bool) -> None:
    commands = {"shop": ("python", "-m", "shop.wallet")} if program else {}
    item = component(INTERFACE, path="src/shop/wallet.py", commands=commands)
    code = "\n".join(parts)
    once = TARGET.finish_file(item, code)
    assert TARGET.finish_file(item, once) == once
    try:
        ast.parse(code)
    except SyntaxError:
        return
    ast.parse(once)


def test_copies_of_what_a_dependency_offers_give_way_to_the_import() -> None:
    offering = component("def total(rows: list[int]) -> int: ...", path="src/sums.py", number=2)
    own = component("def report(rows: list[int]) -> str: ...")
    code = (
        "from typing import *\n\n\n"
        "def total(rows: List[int]) -> int:\n    return 0\n\n\n"
        "def report(rows: list[int]) -> str:\n    return str(total(rows))\n"
    )

    finished = TARGET.finish_file(own, code, dependencies=[offering])

    assert "def total" not in finished
    assert "import *" not in finished
    assert "from sums import total\n" in finished
    compile(finished, "report.py", "exec")
