"""Mutants of Python code: which changes are made, where, and what is left alone."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest

from headwater.targets.python.mutants import make_mutants
from headwater.targets.python.syntax import digest_body

CODE = """\
LIMIT = 60


def fee(minutes: int, rate: int = 5) -> int:
    if minutes < 15:
        return 0
    total = 0
    for started in range(minutes // 15):
        total += rate
    return total
"""


def list_changes(body: str) -> list[tuple[str, str]]:
    """What becomes what in a function with this body."""
    code = f"def f(a, b):\n{indent(dedent(body), '    ')}\n"
    return [(one.before, one.after) for one in make_mutants(code, path="f.py", most=100)]


@pytest.mark.parametrize(
    ("body", "changes"),
    [
        ("return a < b", {("a < b", "a <= b"), ("a < b", "a >= b")}),
        ("return a >= b", {("a >= b", "a > b"), ("a >= b", "a < b")}),
        ("return a == b", {("a == b", "a != b")}),
        ("return a in b", {("a in b", "a not in b")}),
        ("return a is b", {("a is b", "a is not b")}),
        ("return a < b < 1", {("a < b < 1", "a <= b < 1"), ("a < b < 1", "a < b <= 1")}),
        ("return a + 7", {("a + 7", "a - 7"), ("7", "8"), ("7", "6")}),
        ("return a // b", {("a // b", "a / b")}),
        ("return a and b", {("a and b", "a or b")}),
        ("return not b", {("not b", "b")}),
        ("return a if b else 0", {("a if b else 0", "a if not b else 0"), ("0", "-1")}),
        ("return True", {("True", "False")}),
        ("return 1.5", {("1.5", "2.5")}),
        ('return "yes"', {("'yes'", "''")}),
        ('return ""', {("''", "'mutant'")}),
        ('return f"{a}!"', {("'!'", "''")}),
        ("return [x for x in a if x]", {("return [x for x in a if x]", "return None")}),
        ("a += b", {("a += b", "a -= b"), ("a += b", "pass")}),
        ("a.sort()", {("a.sort()", "pass")}),
        ("a[0] = b", {("a[0] = b", "pass"), ("0", "1")}),
        ("raise KeyError(a)", {("raise KeyError(a)", "raise RuntimeError(a)")}),
        ("raise RuntimeError", {("raise RuntimeError", "raise LookupError")}),
        ("raise KeyError(a)", {("raise KeyError(a)", "pass")}),
        (
            "try:\n    a()\nexcept (OSError, KeyError):\n    raise",
            {("except (OSError, KeyError):", "except RuntimeError:")},
        ),
        ("while a:\n    break", {("break", "continue"), ("while a:", "while not a:")}),
        ("for x in a:\n    continue", {("continue", "break")}),
    ],
)
def test_makes_every_kind_of_change(body: str, changes: set[tuple[str, str]]) -> None:
    assert changes <= set(list_changes(body))


@pytest.mark.parametrize(
    "body",
    [
        '"""Only says what it does."""',
        "return None",
        "return",
        "x = a",
        'x: "text" = a',
    ],
)
def test_leaves_alone_what_makes_no_difference_that_rows_could_tell(body: str) -> None:
    assert list_changes(body) == []


def test_the_text_of_an_error_stays_and_what_is_computed_in_it_does_not() -> None:
    changes = list_changes('raise KeyError("gone", f"at {a}", b + 1)')

    assert not [before for before, _ in changes if before in {"'gone'", "'at '"}]
    assert ("b + 1", "b - 1") in changes


def test_signatures_and_what_stands_outside_of_functions_is_the_plans() -> None:
    code = """\
    from dataclasses import dataclass

    LIMIT = 60

    @dataclass
    class Entry:
        minutes: int = 5

        def fits(self, most: int = 7) -> bool:
            def inner(least: int = 8) -> int:
                return least
            return self.minutes < most

    if __name__ == "__main__":
        print("started")
    """
    mutants = make_mutants(dedent(code), path="entry.py", most=100)

    assert {one.before for one in mutants} == {
        "return least",
        "return self.minutes < most",
        "self.minutes < most",
    }


def test_each_is_one_located_change_in_a_file_that_parses() -> None:
    mutants = make_mutants(CODE, path="src/fee.py", most=100)

    compile(mutants[0].code, "fee.py", "exec")
    assert [one.line for one in mutants] == sorted(one.line for one in mutants)
    bound = next(one for one in mutants if one.after == "minutes <= 15")
    assert (bound.path, bound.line, bound.before) == ("src/fee.py", 5, "minutes < 15")
    assert digest_body(bound.code) == digest_body(CODE.replace("minutes < 15", "minutes <= 15"))


def test_no_two_are_the_same_and_none_is_the_file() -> None:
    mutants = make_mutants(CODE, path="fee.py", most=100)

    digests = [digest_body(one.code) for one in mutants]
    assert len({*digests, digest_body(CODE)}) == len(mutants) + 1
    assert make_mutants(CODE, path="fee.py", most=100) == mutants


def test_with_little_room_every_statement_has_one_before_any_has_two() -> None:
    lines = [one.line for one in make_mutants(CODE, path="fee.py", most=6)]

    assert lines == [5, 6, 7, 8, 9, 10]
    assert make_mutants(CODE, path="fee.py", most=0) == ()


def test_a_bound_is_tried_before_a_whole_result() -> None:
    code = "def f(n):\n    return n // 60\n"

    (first,) = make_mutants(code, path="f.py", most=1)

    assert (first.before, first.after) == ("60", "61")


def test_a_test_reaches_a_change_by_the_lines_of_its_statement() -> None:
    code = "def f(a):\n    return (\n        a\n        + 1\n    )\n"

    (one,) = [one for one in make_mutants(code, path="f.py", most=9) if one.after == "2"]

    assert (one.line, one.first, one.last) == (4, 2, 5)


def test_the_head_of_a_block_does_not_reach_into_it() -> None:
    (one,) = [
        one for one in make_mutants(CODE, path="f.py", most=99) if one.after == "minutes <= 15"
    ]

    assert (one.first, one.last) == (5, 5)


def test_code_that_does_not_parse_has_none() -> None:
    assert make_mutants("def f(:\n", path="f.py", most=9) == ()
