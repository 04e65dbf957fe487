"""Emitted tests against real code: what passes, what fails and what is said of it."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from tests.targets.builders import component, emit, outcomes, run_tests

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.spec.model import Component
    from headwater.targets.interface import TestFile

HEADER = "| Call | Result |\n| --- | --- |\n"


RUN_HEADER = "| Run | Stdin | Stdout | Stderr | Exit |\n| --- | --- | --- | --- | --- |\n"


PASSED = ("passed", "")


def judge(tmp_path: Path, test_file: TestFile, code: str) -> list[tuple[str, str]]:
    return outcomes(run_tests(tmp_path, test_file, {"src/demo.py": dedent(code)}))


def test_every_kind_of_result_is_judged(tmp_path: Path) -> None:
    item = component(
        "class Bad(ValueError): ...\ndef f(case: str) -> float: ...\ndef t(case: str) -> str: ...\n"
    )
    tables = HEADER + (
        '| `f("one")` | `1` |\n| `f("two")` | `1` |\n| `f("near")` | ≈ `0.333` |\n'
        '| `f("far")` | ≈ `0.333` |\n| `f("nan")` | ≈ `0` ± `9` |\n| `f("bad")` | raises Bad |\n'
        '| `f("bad")` | raises ValueError |\n'.replace('"bad"', '"bad2"')
        + '| `f("bad3")` | raises Bad "no: bad3" |\n| `f("bad4")` | raises Bad "yes" |\n'
        '| `f("none")` | raises Bad |\n| `f("key")` | raises Bad |\n| `f("key2")` | `1` |\n'
        '| `f("key3")` | — |\n| `f("one2")` | — |\n| `t("abc")` | `/^a.c$/` |\n'
        '| `t("axx")` | `/^a.c$/` |\n| `f("exit")` | `1` |\n'
        '| `f("key4")` | raises KeyError "gone" |\n'
    )
    code = """
        class Bad(ValueError): pass
        def t(case): return case
        def f(case):
            if case.startswith("bad"): raise Bad(f"no: {case}")
            if case == "key4": raise KeyError("gone")
            if case.startswith("key"): raise KeyError(case)
            if case == "exit": raise SystemExit(3)
            return {"one": 1, "two": 2.5, "near": 0.3333, "far": 0.3337, "nan": float("nan"),
                    "none": None, "one2": 1}[case]
    """
    assert judge(tmp_path, emit(tables, item), code) == [
        PASSED,
        ("failed", 'f("two") returned 2.5, expected 1.0'),
        PASSED,
        ("failed", 'f("far") returned 0.3337, expected 0.333 ± 0.0005'),
        ("failed", 'f("nan") returned nan, expected 0 ± 9'),
        PASSED,
        PASSED,
        PASSED,
        ("failed", 'f("bad4") raised Bad("no: bad4"), expected Bad("yes")'),
        ("failed", 'f("none") returned None, expected Bad'),
        ("failed", 'f("key") raised KeyError("key"), expected Bad'),
        ("failed", 'f("key2") raised KeyError("key2") at src/demo.py:7, expected 1.0'),
        ("failed", 'f("key3") raised KeyError("key3") at src/demo.py:7, expected no error'),
        PASSED,
        PASSED,
        ("failed", 't("axx") returned "axx", expected a match of /^a.c$/'),
        ("failed", 'f("exit") raised SystemExit(3) at src/demo.py:8, expected 1.0'),
        PASSED,
    ]


def test_a_sequence_stops_at_its_first_failure(tmp_path: Path) -> None:
    item = component(
        "class Account:\n    balance: int\n    def __init__(self, id: str) -> None: ...\n"
        "    async def deposit(self, amount: int) -> int: ...\n"
    )
    tables = HEADER + (
        '| `a = Account("x")` | — |\n| `a.deposit(5)` | `5` |\n| `a.balance` | `6` |\n'
        "| `a.deposit(-1)` | raises ValueError |\n"
    )
    code = """
        class Account:
            def __init__(self, id): self.balance = 0
            async def deposit(self, amount):
                self.balance += amount
                return self.balance
    """
    assert judge(tmp_path, emit(tables, item), code) == [
        ("failed", "a.balance returned 5, expected 6")
    ]


def test_a_step_that_binds_says_what_it_raised(tmp_path: Path) -> None:
    item = component("def make(id: str) -> int: ...\ndef use(a: int) -> int: ...\n")
    tables = HEADER + '| `a = make("x")` | — |\n| `use(a)` | `5` |\n'
    code = "\ndef make(id):\n    raise OSError('no disk')\n\ndef use(a): return a\n"
    assert judge(tmp_path, emit(tables, item), code) == [
        ("failed", 'make("x") raised OSError("no disk") at src/demo.py:3, expected no error')
    ]


def test_awaitables_iterators_and_records_are_compared_by_their_json_form(tmp_path: Path) -> None:
    item = component(
        dedent(
            """\
            from collections.abc import AsyncIterator, Iterator
            from dataclasses import dataclass
            from datetime import datetime
            from decimal import Decimal
            from enum import Enum
            class Colour(Enum):
                RED = "red"
            @dataclass
            class Entry:
                id: str
                colour: Colour
                at: datetime
                price: Decimal
            async def find(id: str) -> Entry: ...
            def count(n: int) -> Iterator[int]: ...
            def stream(n: int) -> AsyncIterator[int]: ...
            def tags() -> set[str]: ...
            """
        )
    )
    tables = HEADER + (
        '| `find("a")` | `{"id": "a", "colour": "red", "at": "2026-01-02T03:04:05Z",'
        ' "price": 1.5}` |\n'
        "| `count(3)` | `[0, 1, 2]` |\n| `stream(2)` | `[0, 1]` |\n"
        '| `tags()` | `["b", "a"]` |\n| `count(2)` | `[0, 2]` |\n'
    )
    interface = item.interface.partition("async def")[0]
    code = interface + dedent(
        """
        from datetime import timezone
        async def find(id):
            at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc)
            return Entry(id, Colour.RED, at, Decimal("1.50"))
        def count(n):
            yield from range(n)
        async def stream(n):
            for i in range(n):
                yield i
        def tags():
            return {"a", "b"}
        """
    )
    assert outcomes(run_tests(tmp_path, emit(tables, item), {"src/demo.py": code})) == [
        PASSED,
        PASSED,
        PASSED,
        PASSED,
        ("failed", "count(2) returned [0, 1], expected [0, 2]"),
    ]


def command(code: str = "") -> tuple[Component, dict[str, str]]:
    item = component(
        "def main() -> int: ...",
        path="src/shop/cli.py",
        commands={"shop": ("python", "-m", "shop.cli")},
    )
    return item, {"src/shop/cli.py": dedent(code)}


SHOP = """
    import sys
    from pathlib import Path
    from shop.names import NAME
    def main():
        match sys.argv[1:]:
            case ["add", name]:
                with Path("items").open("a") as items: items.write(name + "\\n")
            case ["list"]:
                sys.stdout.write(Path("items").read_text())
            case ["echo"]:
                sys.stdout.write(sys.stdin.read().upper())
                sys.stderr.write(NAME)
            case ["crash"]:
                print("half")
                raise ValueError("boom")
            case ["env"]:
                import os
                print(len([n for n in os.environ if "SECRET" in n]))
        return 0
    raise SystemExit(main())
"""


def test_command_lines_share_a_folder_and_see_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package without `__init__.py` is found, and no secret of the environment is."""
    monkeypatch.setenv("MY_SECRET", "x")
    item, files = command(SHOP)
    tables = RUN_HEADER + (
        '| `shop add \'a b\'` | — | `""` | `""` | 0 |\n| `shop list` | — | `"a b\\n"` | — | 0 |\n'
        '| `shop echo` | `"hé"` | `"HÉ"` | `/^shop$/` | — |\n'
        '| `shop env` | — | `"0\\n"` | — | — |\n'
    )
    files["src/shop/names.py"] = "NAME = 'shop'\n"
    assert outcomes(run_tests(tmp_path, emit(tables, item), files)) == [PASSED]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ('| `shop list` | — | `"b"` | — | — |', 'expected "b"'),
        (
            '| `shop echo` | `"a"` | `"B"` | — | 0 |',
            '`shop echo` printed "A" on stdout, expected "B"',
        ),
        (
            '| `shop echo` | `"a"` | — | `/x/` | 0 |',
            '`shop echo` printed "shop" on stderr, expected a match of /x/',
        ),
        (
            "| `shop echo` | — | — | — | 2 |",
            "`shop echo` exited with 0, expected 2",
        ),
        (
            "| `shop crash` | — | — | — | 0 |",
            "`shop crash` exited with 1, expected 0 (ValueError: boom)",
        ),
        (
            '| `shop crash` | — | `"all"` | — | — |',
            'on stdout, expected "all" (it ended with ValueError: boom)',
        ),
    ],
)
def test_a_command_line_that_fails_says_what_it_did(tmp_path: Path, row: str, message: str) -> None:
    item, files = command(SHOP)
    files["src/shop/names.py"] = "NAME = 'shop'\n"
    [(verdict, found)] = outcomes(run_tests(tmp_path, emit(RUN_HEADER + row, item), files))
    assert verdict == "failed"
    assert message in found


def test_a_command_may_be_a_file_of_the_project(tmp_path: Path) -> None:
    item = component("", path="tool.py", commands={"tool": ("python", "tool.py", "--quiet")})
    tables = "| Run | Stdout |\n| --- | --- |\n| `tool x` | `\"['--quiet', 'x']\\n\"` |\n"
    code = "import sys\nprint(sys.argv[1:])\n"
    assert outcomes(run_tests(tmp_path, emit(tables, item), {"tool.py": code})) == [PASSED]
