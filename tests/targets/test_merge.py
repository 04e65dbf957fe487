"""Modules put together from the best functions of several candidates."""

from __future__ import annotations

import pytest

from tests.targets.builders import TARGET

BASE = "import re\n\nLIMIT = 3\n\ndef f():\n    return 1\n\ndef g():\n    return LIMIT\n"


def take(donor: str, *names: str) -> str:
    return TARGET.take_functions(BASE, donor=donor, names=names)


def test_a_function_comes_with_what_it_uses() -> None:
    donor = (
        "import math\n\nSIZE = 2\n\ndef _half(n):\n    return n / SIZE\n\n"
        "@cache\ndef f():\n    # better\n    return math.floor(_half(4))\n\n"
        "def g():\n    return 9\n"
    )
    mixed = take(donor, "f")
    assert "@cache\ndef f():\n    # better\n    return math.floor(_half(4))\n" in mixed
    assert "import math" in mixed
    assert mixed.index("SIZE = 2") < mixed.index("def _half") < mixed.index("def f")
    assert "return LIMIT" in mixed
    assert "return 9" not in mixed


@pytest.mark.parametrize(
    "donor",
    [
        "def f(:\n",
        "def h():\n    return 2\n",
        "f = 3\n",
        "LIMIT = 4\n\ndef f():\n    return LIMIT\n",
    ],
)
def test_what_does_not_fit_together_is_left(donor: str) -> None:
    assert take(donor, "f") == BASE


def test_a_helper_that_both_have_alike_comes_once() -> None:
    mixed = take("LIMIT = 3\n\ndef f():\n    return LIMIT + 1\n", "f")
    assert mixed.count("LIMIT = 3") == 1
    assert "return LIMIT + 1" in mixed
