"""The text of emitted tests: plain to read, and the same for the same examples."""

from __future__ import annotations

from textwrap import dedent, indent
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from tests.targets.builders import FEATURE, TARGET, component, emit, run_tool, units_of

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "| Call | Result |\n| --- | --- |\n"


ROMAN = component(
    "class TooBig(ValueError): ...\ndef to_roman(number: int) -> str: ...\n"
    "def from_roman(text: str) -> int: ...\ndef ratio(a: float, b: float) -> float: ...\n",
    path="src/roman/numerals.py",
)


def keys(tables: str) -> list[str]:
    return [unit.key for unit in units_of(tables, ROMAN)]


def body(text: str) -> str:
    """An emitted file below its imports."""
    return text[text.index("\n\n\n") + 3 :]


def test_rows_of_one_function_are_one_table() -> None:
    tables = HEADER + (
        '| `to_roman(4)` | `"IV"` |\n| `to_roman(0)` | raises `ValueError` |\n'
        '| `to_roman(9999)` | raises TooBig "9999 is too big" |\n| `to_roman(6)` | `/^V\\w/` |\n'
        "| `to_roman(number=7)` | — |\n"
    )
    first, second, third, fourth, fifth = keys(tables)
    test_file = emit(tables, ROMAN)
    assert test_file.text == dedent(
        f'''\
        # Derived from specs/001-demo/spec.md by headwater; edit the spec, not this file.

        import pytest
        from support_001_demo import ANYTHING, check_call, given, matching, raises

        from roman.numerals import TooBig, to_roman


        @pytest.mark.parametrize(
            ("arguments", "expected"),
            [
                pytest.param((4,), "IV", id="{first}"),
                pytest.param((0,), raises(ValueError), id="{second}"),
                pytest.param((9999,), raises(TooBig, message="9999 is too big"), id="{third}"),
                pytest.param((6,), matching(r"^V\\w"), id="{fourth}"),
                pytest.param(given(number=7), ANYTHING, id="{fifth}"),
            ],
        )
        def test_fr_001(arguments, expected):
            """FR-001."""
            check_call(to_roman, arguments, expected)
        '''
    )
    assert test_file.path == "tests/001_demo/test_c1.py"
    assert test_file.tests[first] == f"tests/001_demo/test_c1.py::test_fr_001[{first}]"
    assert list(test_file.tests) == [first, second, third, fourth, fifth]


def test_rows_of_several_functions_name_theirs() -> None:
    tables = HEADER + '| `to_roman(4)` | `"IV"` |\n| `ratio(1, 3)` | ≈ `0.333` |\n'
    one, two = keys(tables)
    text = emit(tables, ROMAN).text
    assert f'pytest.param(to_roman, (4,), "IV", id="{one}"),' in text
    assert f'pytest.param(ratio, (1.0, 3.0), near("0.333", "0.0005"), id="{two}"),' in text
    assert "    check_call(function, arguments, expected)\n" in text


def test_what_is_no_plain_call_is_a_function_of_its_own() -> None:
    tables = (
        HEADER + '| `from_roman(to_roman(4))` | `4` |\n| `to_roman(from_roman("X"))` | `"X"` |\n'
    )
    one, two = (key.rpartition("-")[2] for key in keys(tables))
    assert body(emit(tables, ROMAN).text) == dedent(
        f'''\
        def test_fr_001_{one}():
            """FR-001."""
            check(lambda: from_roman(to_roman(4)), 4)


        def test_fr_001_{two}():
            """FR-001."""
            check(lambda: to_roman(from_roman("X")), "X")
        '''
    )


def test_a_sequence_is_statements_in_order() -> None:
    account = component(
        dedent(
            """\
            from decimal import Decimal
            from enum import Enum
            class Kind(Enum):
                FREE = "free"
            class Account:
                balance: Decimal
                def __init__(self, id: str, *, kind: Kind) -> None: ...
                def deposit(self, amount: Decimal, *more: Decimal) -> "Account": ...
                @classmethod
                def open(cls, id: str) -> "Account | None": ...
                @staticmethod
                def parse(text: str) -> Kind: ...
                def me(self) -> Self: ...
            def total(accounts: list[Account], extra: dict[str, Decimal]) -> Decimal: ...
            """
        )
    )
    tables = HEADER + (
        '| `acct = Account("a-1", kind="free")` | — |\n'
        "| `acct.deposit(5, 2)` | — |\n"
        "| `acct.deposit(5).me().balance` | `17.50` |\n"
        '| `other = Account.open("b")` | — |\n'
        "| `other.balance` | `0` |\n"
        '| `total([acct, other], {"a": acct.balance})` | `17.5` |\n'
        '| `Account.parse("x")` | `"free"` |\n'
    )
    text = body(emit(tables, account).text)
    assert text.partition('"""FR-001."""\n')[2] == indent(
        dedent(
            """\
            acct = check(lambda: Account("a-1", kind=Kind.FREE), ANYTHING)
            check(lambda: acct.deposit(Decimal("5"), Decimal("2")), ANYTHING)
            check(lambda: acct.deposit(Decimal("5")).me().balance, Decimal("17.50"))
            other = check(lambda: Account.open("b"), ANYTHING)
            check(lambda: other.balance, Decimal("0"))
            check(lambda: total([acct, other], {"a": acct.balance}), Decimal("17.5"))
            check(lambda: Account.parse("x"), "free")
            """
        ),
        "    ",
    )


def test_command_lines_run_in_order_in_one_folder() -> None:
    item = component(
        "def main() -> int: ...",
        path="src/wallet/cli.py",
        commands={"wallet": ("python", "-m", "wallet.cli")},
    )
    tables = (
        "| Run | Stdin | Stdout | Stderr | Exit |\n| --- | --- | --- | --- | --- |\n"
        '| `wallet add \'a b\'` | `"5"` | `"ok"` | — | 0 |\n'
        '| `wallet list` | — | `/a b/` | `""` | — |\n'
    )
    [unit] = units_of(tables, item)
    name = f"test_fr_001_{unit.key.rpartition('-')[2]}"
    assert emit(tables, item).text == dedent(
        f'''\
        # Derived from specs/001-demo/spec.md by headwater; edit the spec, not this file.

        from support_001_demo import check_run, matching


        COMMANDS = {{
            "wallet": "python -m wallet.cli",
        }}


        def {name}(tmp_path):
            """FR-001."""
            check_run(COMMANDS, "wallet add 'a b'", tmp_path, stdin="5", stdout="ok", exit_code=0)
            check_run(COMMANDS, "wallet list", tmp_path, stdout=matching("a b"), stderr="")
        '''
    )


def test_a_command_that_no_component_has_is_an_error() -> None:
    tables = "| Run | Exit |\n| --- | --- |\n| `wallet` | 0 |\n"
    with pytest.raises(HeadwaterError, match="says what `wallet` starts"):
        emit(tables, ROMAN)


def test_rows_of_another_feature_say_so_in_the_name() -> None:
    units = units_of(HEADER + '| `to_roman(4)` | `"IV"` |\n', ROMAN)
    test_file = TARGET.emit_tests(
        "tests/002_other/test_c1.py", units=units, written=[], components={"001/C1": ROMAN}
    )
    assert "def test_001_fr_001(" in test_file.text
    assert "from support_002_other import check_call\n" in test_file.text


def test_emitted_files_are_formatted_as_the_target_formats(tmp_path: Path) -> None:
    """Nothing but line breaks of long rows is left to the formatter."""
    tables = (
        HEADER
        + '| `to_roman(4)` | `"IV"` |\n\n'
        + HEADER
        + ('| `a = to_roman(4)` | `"IV"` |\n| `from_roman(a)` | `4` |\n')
    )
    files = {**TARGET.emit_support(FEATURE), "tests/test_c1.py": emit(tables, ROMAN).text}
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    run_tool(TARGET.format_command(list(files)), tmp_path)
    assert {path: (tmp_path / path).read_text(encoding="utf-8") for path in files} == files


def test_folders_and_files_are_named_after_the_feature() -> None:
    assert TARGET.test_folder("001-wallet-app") == "tests/001_wallet_app"
    assert TARGET.test_path("001-wallet", "C1") == "tests/001_wallet/test_c1.py"
    assert TARGET.test_path("001-wallet", "") == "tests/001_wallet/test_feature.py"
    assert list(TARGET.emit_support("001-wallet")) == [
        "tests/001_wallet/conftest.py",
        "tests/001_wallet/support_001_wallet.py",
        "tests/001_wallet/expectations_001_wallet.py",
        "tests/001_wallet/forms_001_wallet.py",
    ]
    assert not any("headwater.targets" in text for text in TARGET.emit_support(FEATURE).values())
