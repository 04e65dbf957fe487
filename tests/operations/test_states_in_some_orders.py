"""Orders in which edits are adopted, accepted and reverted, beside the model of the states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.operations.pair_states import Held
from tests.operations.test_states_in_any_order import Orders, pair_template

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["pair_template"]  # a fixture


def adopt(number: int, held: Held = Held.RECORDED) -> Callable[[Orders], object]:
    return lambda orders: orders.adopt(number, held)


def accept(number: int, held: Held = Held.RECORDED) -> Callable[[Orders], object]:
    return lambda orders: orders.accept(number, held)


def touch(number: int, held: Held) -> Callable[[Orders], object]:
    return lambda orders: orders.touch_code(number, held)


def say(number: int, version: int) -> Callable[[Orders], object]:
    return lambda orders: orders.say_something_else(number, version)


def revert(orders: Orders) -> object:
    return orders.revert()


def build(orders: Orders) -> object:
    return orders.build(committed=True)


@pytest.mark.parametrize(
    "steps",
    [
        # What was adopted is derived like all else: stale when its text changes.
        [adopt(1, Held.WIDER), say(1, 1), build, touch(1, Held.BROKEN), adopt(1), revert, build],
        # A dependency is adopted while what needs it is stale; its old verification is void.
        [say(2, 1), adopt(1, Held.WIDER), say(2, 0), build],
        # Both, one after the other, each beside the edit of the other.
        [touch(2, Held.WIDER), adopt(1, Held.WIDER), adopt(2), build],
        # Accepted, edited on top, brought back to what was accepted, then adopted.
        [accept(1, Held.WIDER), touch(1, Held.COMMENT), revert, adopt(1), build],
        # Reformatted on top of what was accepted: that ends it.
        [accept(2, Held.WIDER), touch(2, Held.COMMENT), adopt(2), build],
        # What cannot be accepted is not, whatever stands already.
        [accept(1, Held.WIDER), accept(1, Held.COMMENT), revert, accept(2, Held.BROKEN), revert],
        # An edit of code whose requirement changed can be adopted, and not accepted.
        [touch(1, Held.WIDER), say(1, 1), accept(1), adopt(1), build],
    ],
    ids=["stale", "needed", "both", "on-top", "reformatted", "refused", "changed"],
)
def test_an_order(pair_template: Path, steps: list[Callable[[Orders], object]]) -> None:
    orders = type("SomeOrders", (Orders,), {"template": pair_template})()
    orders.begin()
    try:
        for step in steps:
            step(orders)
            orders.states_are_those_of_the_model()
            orders.no_record_names_a_persons_work()
            orders.hand_edits_are_there()
    finally:
        orders.teardown()
