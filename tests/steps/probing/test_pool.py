"""Values out of the lines of code that a difference is about."""

from __future__ import annotations

from decimal import Decimal

from headwater.steps.probing.pool import Pool, gather_pool, list_changed_lines

BEFORE = 'def fee(n):\n    if n > 7:\n        return "low"\n    return 3\n'
NOW = "def fee(n):\n    if n > 19.5:\n        return 'high'\n    return 3\n"


def test_the_pool_holds_what_stands_in_lines_that_differ() -> None:
    found = gather_pool(list_changed_lines(BEFORE, NOW))

    assert found == Pool(numbers=(7, Decimal("19.5")), texts=("low", "high"))
    assert list_changed_lines(BEFORE, BEFORE) == []


def test_digits_in_a_name_are_no_number() -> None:
    assert gather_pool(["x1 + y.2 < 30"]) == Pool(numbers=(30,))
