"""Tests that a model wrote, as they stand in emitted files."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest

from headwater.errors import HeadwaterError
from headwater.graph.units import WrittenTest
from headwater.spec.model import Place
from tests.targets.builders import component, emit

HEADER = "| Call | Result |\n| --- | --- |\n"
ROMAN = component(
    "class TooBig(ValueError): ...\ndef to_roman(number: int) -> str: ...\n"
    "def from_roman(text: str) -> int: ...\ndef ratio(a: float, b: float) -> float: ...\n",
    path="src/roman/numerals.py",
)


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


def test_a_written_test_may_forget_an_import_of_the_library() -> None:
    code = "def test_fr_002():\n    assert math.floor(ratio(Decimal(1), json)) == Counter()\n"
    text = emit("", ROMAN, written=[written(code)]).text
    imports = "from collections import Counter\nimport json\nimport math\n"
    assert f"{imports}from decimal import Decimal\n\nfrom roman.numerals import ratio\n" in text


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


def test_a_written_tests_own_variable_imports_nothing() -> None:
    other = component("def total() -> int: ...", path="src/unbuilt.py", number=2)
    code = "def test_fr_002():\n    total = to_roman(4)\n    assert total == 'IV'\n"
    assert "unbuilt" not in emit("", ROMAN, other, written=[written(code)]).text
