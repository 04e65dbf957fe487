"""Calls with results in texts of all kinds, as cells of a row; what is none is left alone."""

from __future__ import annotations

import pytest

from headwater.steps.triage.claims import find_claims, read_claim

RAISES = "raises `invalid_argument`"


def find(text: str) -> list[tuple[str, str]]:
    return [(one.call, one.result) for one in find_claims(text, functions=["f", "total", "Entry"])]


@pytest.mark.parametrize(
    ("text", "call", "result"),
    [
        ("f(1) = 2", "`f(1)`", "`2`"),
        ("  assert f(1) == 2", "`f(1)`", "`2`"),
        (">>> assert f('a') == 'b'", '`f("a")`', '`"b"`'),
        ("| `f([])` | `{}` |", "`f([])`", "`{}`"),
        ("| `f(0)` | raises `ValueError` |", "`f(0)`", "raises `ValueError`"),
        ("f(1) → raises invalid_argument", "`f(1)`", "raises `invalid_argument`"),
        ("f(1) -> ≈ 0.33", "`f(1)`", "≈ 0.33"),
        ('f(1) = "a|b"', "`f(1)`", '`"a\\|b"`'),
        ("f(None, x=True) = False", "`f(null, x=true)`", "`false`"),
        ('f({"a": [1, -2]}) = (1, 2)', '`f({"a": [1, -2]})`', "`[1, 2]`"),
        ('total([Entry("a", 1)]) = 1', '`total([Entry("a", 1)])`', "`1`"),
        ("We see that `f(1)` should be 3, not 2.", "`f(1)`", "`3`"),
        ("`f(1)` crashes. It should return 'x'.", "`f(1)`", '`"x"`'),
        ("f(1) must fail with an invalid argument", "`f(1)`", "raises `invalid_argument`"),
        ("f(1) should raise ValueError", "`f(1)`", "raises `ValueError`"),
        ("f(1) returned 5, expected 0", "`f(1)`", "`0`"),
        ("f(1) gives 5 instead of 0", "`f(1)`", "`0`"),
        ("it is `f(1) = 4` that fails", "`f(1)`", "`4`"),
        ("`f(1)` should fail with an\n  invalid argument, and does not", "`f(1)`", RAISES),
        ("`f(1)` is wrong. It\nshould be 2.", "`f(1)`", "`2`"),
    ],
)
def test_a_call_and_what_it_should_come_to(text: str, call: str, result: str) -> None:
    assert find(text) == [(call, result)]


@pytest.mark.parametrize(
    "text",
    [
        "f(1) returns 5",
        "I get f(1) == 5 here",
        "f(1) is 5",
        "f(1) = x",
        "f(1) should be fast",
        "f(1) should be 3px",
        "f(1) should be 1:30",
        "the value of f(1)",
        "f(1) is wrong.\n\nIt should be 2.",
        "f(1) is slow, and g(2) should be 2",
    ],
)
def test_what_happens_now_is_no_claim(text: str) -> None:
    assert find(text) == [("`f(1)`", "")]


@pytest.mark.parametrize(
    "text",
    [
        "def f(x): ...",
        "f(x)",
        "f(1",
        "g(1) = 2",
        "obj.f(1) = 2",
        "f(1 + 1)",
        "f(*[1])",
        "leaf(1)",
        "",
    ],
)
def test_what_cannot_be_called_again_is_none(text: str) -> None:
    assert find(text) == []


def test_a_call_inside_of_a_call_is_its_argument() -> None:
    assert find("f(total(f(1))) = 2") == [("`f(total(f(1)))`", "`2`")]


def test_calls_come_in_the_order_of_the_text() -> None:
    assert find("f(2) = 1\ntotal([]) = 0") == [("`f(2)`", "`1`"), ("`total([])`", "`0`")]


def test_a_row_needs_no_declared_name() -> None:
    claim = read_claim(" average([1, 2]) = 1.5 ")
    assert claim is not None
    assert (claim.function, claim.call, claim.result) == ("average", "`average([1, 2])`", "`1.5`")


@pytest.mark.parametrize("text", ["", "average", "f(1)", "f(1) =", "f(1) = two", "= 3"])
def test_a_row_without_a_call_or_a_result_is_none(text: str) -> None:
    assert read_claim(text) is None
