"""The text of emitted tests: plain to read, and the same for the same examples."""

from __future__ import annotations

import ast
from textwrap import dedent, indent
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.graph.units import WrittenTest
from headwater.spec.model import Place
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
        '| `wallet add \'a b\'` | `"5\\n"` | `"ok\\n"` | — | 0 |\n'
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
            check_run(COMMANDS, "wallet + 'a b'", tmp_path, stdin="5\\n", stdout="ok\\n", exit_code=0)
            check_run(COMMANDS, "wallet list", tmp_path, stdout=matching("a b"), stderr="")
        '''
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


def test_a_command_that_no_component_has_is_an_error() -> None:
    tables = "| Run | Exit |\n| --- | --- |\n| `wallet` | 0 |\n"
    with pytest.raises(HeadwaterError, match="says what `wallet` starts"):
        emit(tables, ROMAN)


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


def test_rows_of_another_feature_say_so_in_the_name() -> None:
    units = units_of(HEADER + '| `to_roman(4)` | `"IV"` |\n', ROMAN)
    test_file = TARGET.emit_tests(
        "tests/002_other/test_c1.py", units=units, written=[], components={"001/C1": ROMAN}
    )
    assert "def test_001_fr_001(" in test_file.text
    assert "from support_002_other import check_call\n" in test_file.text


def written(code: str, key: str = "FR-002-w") -> WrittenTest:
    return WrittenTest(
        key=key,
        ref="001/FR-002",
        code=code,
        touches=("001/C1",),
        owner="001/C1",
        place=Place(path="specs/001-demo/spec.md", line=7),
    )


def test_written_tests_stand_as_given_with_what_they_use_imported() -> None:
    code = "def test_fr_002():\n    with pytest.raises(TooBig):\n        to_roman(4000)\n"
    test_file = emit("", ROMAN, written=[written(code)])
    assert test_file.text == dedent(
        """\
        # Derived from specs/001-demo/spec.md by headwater; edit the spec, not this file.

        import pytest

        from roman.numerals import TooBig, to_roman


        # written by model
        def test_fr_002():
            with pytest.raises(TooBig):
                to_roman(4000)
        """
    )
    assert test_file.tests == {"FR-002-w": "tests/001_demo/test_c1.py::test_fr_002"}


def test_a_written_test_whose_name_is_taken_gets_another() -> None:
    code = "def test_fr_002():\n    assert to_roman(4) == 'IV'\n"
    test_file = emit("", ROMAN, written=[written(code), written(code, key="FR-002-abcd")])
    assert test_file.tests == {
        "FR-002-w": "tests/001_demo/test_c1.py::test_fr_002",
        "FR-002-abcd": "tests/001_demo/test_c1.py::test_fr_002_abcd",
    }


def test_a_written_test_sees_the_declared_name_where_it_clashes() -> None:
    item = component("def check(text: str) -> bool: ...")
    code = "def test_fr_002():\n    assert check('1')\n"
    text = emit(HEADER + '| `check("1")` | `true` |\n', item, written=[written(code)]).text
    assert "def test_fr_002():\n    from demo import check\n    assert check('1')\n" in text
    ast.parse(text)


def test_a_written_test_that_does_not_parse_is_an_error_at_its_ref() -> None:
    with pytest.raises(
        HeadwaterError, match=r"specs/001-demo/spec.md:7: .* written for 001/FR-002"
    ):
        emit("", ROMAN, written=[written("def test_fr_002(:")])


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
