"""Stubs: every test is red against one, for the right reason, and nothing hides it."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

from headwater.graph.units import WrittenTest
from headwater.spec.model import Place
from tests.targets.builders import TARGET, component, emit, outcomes, run_tests

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "| Call | Result |\n| --- | --- |\n"
STUB = ("stub", "the stub was reached")

WALLET = component(
    dedent(
        '''\
        """A wallet."""
        from __future__ import annotations
        from dataclasses import dataclass
        from decimal import Decimal
        from enum import Enum
        from typing import NamedTuple, overload

        LIMIT = 3

        class Overdrawn(ValueError):
            """Too little."""

        class Colour(Enum):
            RED = "red"

        @dataclass(frozen=True)
        class Entry:
            id: str
            n: int = 0

        @dataclass(frozen=True)
        class Money:
            amount: int
            def double(self) -> Money: ...

        ZERO = Money(0)

        class Account:
            def __init__(self, id: str) -> None: ...
            @property
            def balance(self) -> int: ...
            async def close(self) -> bool: ...

        class Plain:
            def run(self) -> int:
                """Run."""

        def add(a: int, b: int = LIMIT) -> int: ...
        async def fetch(id: str) -> Entry: ...
        @overload
        def size(a: int) -> int: ...
        @overload
        def size(a: str) -> int: ...
        '''
    ),
    path="src/shop/wallet.py",
    commands={"wallet": ("python", "-m", "shop.wallet")},
)


def judge(tmp_path: Path, tables: str, *written: WrittenTest) -> list[tuple[str, str]]:
    test_file = emit(tables, WALLET, written=written)
    return outcomes(run_tests(tmp_path, test_file, TARGET.emit_stub(WALLET)))


def test_whatever_runs_derived_code_reaches_the_stub(tmp_path: Path) -> None:
    tables = HEADER + (
        '| `add(1)` | `1` |\n| `add(2)` | raises ValueError |\n| `fetch("a")` | — |\n'
        '| `size("a")` | `1` |\n| `Money(1)` | — |\n| `ZERO.double()` | — |\n'
        '| `Account("a")` | — |\n| `Plain().run()` | `1` |\n'
        "| `Plain().run()` | raises Overdrawn |\n"
    )
    assert judge(tmp_path, tables) == [STUB] * 9


def test_what_the_interface_has_whole_works(tmp_path: Path) -> None:
    """Rows that touch only declared types pass; that is why they are exempt from the red check."""
    tables = HEADER + ('| `Entry("a")` | `{"id": "a", "n": 0}` |\n| `Entry("a", n=2).n` | `2` |\n')
    assert judge(tmp_path, tables) == [("passed", "")] * 2


def test_neither_an_exit_code_nor_an_empty_output_hides_a_stub(tmp_path: Path) -> None:
    tables = "| Run | Exit |\n| --- | --- |\n| `wallet` | 1 |\n| `wallet x` | — |\n"
    assert judge(tmp_path, tables) == [STUB]


def written(code: str) -> WrittenTest:
    return WrittenTest(
        key="US1.1-w",
        ref="001/US1.1",
        code=f"def test_us1_1():\n{code}",
        touches=("001/C1",),
        owner="001/C1",
        place=Place(path="specs/001-demo/spec.md", line=7),
    )


def test_a_written_test_that_hides_every_exception_reaches_it(tmp_path: Path) -> None:
    test = written(
        "    try:\n        add(1)\n    except Exception:\n        pass\n    assert True\n"
    )
    assert judge(tmp_path, "", test) == [STUB]


def test_a_written_test_that_passes_against_the_stub_says_so(tmp_path: Path) -> None:
    hides_all = "    try:\n        add(1)\n    except BaseException:\n        pass\n"
    assert judge(tmp_path, "", written(hides_all)) == [("passed", "passed against the stub")]


def test_an_assertion_after_the_stub_was_hidden_is_still_the_stub(tmp_path: Path) -> None:
    hides_all = "    x = 0\n    try:\n        x = add(1)\n    except BaseException:\n        pass\n"
    assert judge(tmp_path, "", written(f"{hides_all}    assert x\n")) == [STUB]


def test_a_written_test_that_never_calls_the_code_passes_plainly(tmp_path: Path) -> None:
    assert judge(tmp_path, "", written("    assert 1 + 1 == 2\n")) == [("passed", "")]


def test_one_tests_mark_is_not_the_next_ones(tmp_path: Path) -> None:
    tables = HEADER + '| `add(1)` | `1` |\n| `Entry("a")` | — |\n'
    assert judge(tmp_path, tables) == [STUB, ("passed", "")]


def test_a_stub_lies_where_the_component_does() -> None:
    assert list(TARGET.emit_stub(WALLET)) == ["src/shop/wallet.py"]


def test_a_stub_forgets_no_import_of_the_library() -> None:
    item = component('PRICE = Decimal("1")\ndef f(when: date) -> Decimal: ...\n')
    [text] = TARGET.emit_stub(item).values()
    assert "from decimal import Decimal\n" in text
    assert "from datetime import date\n" in text
