"""The functions and classes of a Python file, and the names that each uses."""

from __future__ import annotations

from headwater.graph.facts import DeclaredKind
from headwater.targets.python.definitions import read_definitions

CODE = """\
import sys

LIMIT = top()


@cached
def pay(amount):
    if amount > LIMIT:
        raise TooMuch(sys.argv)

    def inner():
        return deep()

    return inner()


class Wallet(Base):
    size: Size

    async def pay(self):
        return self.take(1)


if sys.argv:

    def late():
        pass
"""


def test_every_definition_has_its_lines_and_its_own_names() -> None:
    found = {one.name: one for one in read_definitions(CODE)}

    assert {name: (one.first, one.last) for name, one in found.items()} == {
        "": (0, 0),
        "pay": (6, 14),
        "pay.inner": (11, 12),
        "Wallet": (17, 21),
        "Wallet.pay": (20, 21),
        "late": (26, 27),
    }
    assert found["Wallet"].kind is DeclaredKind.TYPE
    assert found["Wallet"].names == {"Base", "size", "Size"}
    assert found["Wallet.pay"].names == {"self", "take"}
    assert found["Wallet.pay"].simple_name == "pay"
    assert found["pay"].names == {"cached", "amount", "LIMIT", "TooMuch", "sys", "argv", "inner"}
    assert found["pay.inner"].names == {"deep"}
    assert found[""].names == {"LIMIT", "top", "sys", "argv", "cached"}


def test_code_that_does_not_parse_defines_nothing() -> None:
    assert read_definitions("def f(:\n") == ()
