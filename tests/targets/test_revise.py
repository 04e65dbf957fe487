"""An interface block brought to what edited code declares; the rest of it stays to the byte."""

from __future__ import annotations

import pytest

from headwater.targets.python.check import check_file
from headwater.targets.python.revise import revise_interface
from tests.targets.builders import component

INTERFACE = '''\
from decimal import Decimal

LIMIT = 3  # as agreed


def pay(amount: Decimal) -> Decimal: ...


class Account:
    """Holds money."""

    name: str

    def close(self) -> None: ...
'''
CODE = """\
from decimal import Decimal

LIMIT = 3


def pay(amount: Decimal) -> Decimal:
    return amount


class Account:
    name: str

    def close(self) -> None:
        self._closed = True

    def _hide(self) -> None: ...
"""


def revise(code: str) -> str:
    """The revised block, to which the code must keep."""
    planned = component(interface=INTERFACE)
    revised = revise_interface(planned, code)
    if revised != INTERFACE:
        assert check_file(component(interface=revised), code, path=planned.files[0]) == []
    return revised


@pytest.mark.parametrize("code", [CODE, "def broken(:\n", CODE + "\n\ndef more() -> int: ...\n"])
def test_what_keeps_to_the_block_or_does_not_parse_leaves_it(code: str) -> None:
    assert revise(code) == INTERFACE


def test_a_signature_that_changed_is_taken_over_and_all_else_stays() -> None:
    revised = revise(CODE.replace("pay(amount: Decimal)", "pay(amount: Decimal, tip: int = 0)"))
    assert revised == INTERFACE.replace(
        "def pay(amount: Decimal) -> Decimal: ...",
        "def pay(amount: Decimal, tip: int=0) -> Decimal:\n    ...",
    )


def test_a_constant_with_another_value() -> None:
    assert "LIMIT = 4\n" in revise(CODE.replace("LIMIT = 3", "LIMIT = 4"))


def test_a_class_shows_its_public_members_only() -> None:
    revised = revise(CODE.replace("def close(self)", "def close(self, now: bool)"))
    assert "def close(self, now: bool) -> None:" in revised
    assert "_hide" not in revised
    assert "_closed" not in revised


def test_a_name_that_is_gone_goes_and_what_came_in_its_place_comes() -> None:
    code = CODE.replace("def pay(", "def settle(") + "\n\ndef _private() -> int:\n    return 1\n"
    revised = revise(code)
    assert "def pay(" not in revised
    assert "def settle(amount: Decimal) -> Decimal:" in revised
    assert "_private" not in revised
