"""Which tests run a function, told from names."""

from __future__ import annotations

import pytest

from headwater.graph.exercise import find_definition, find_users, list_names, runs_any
from headwater.graph.facts import DeclaredKind, Definition
from tests.graph.examples import call, member, row, run_row


def define(name: str, *names: str, first: int = 1, last: int = 9) -> Definition:
    return Definition(
        name=name,
        kind=DeclaredKind.FUNCTION,
        first=first,
        last=last,
        names=frozenset(names),
    )


WALLET = define("Wallet", first=1, last=9)
MAKE = define("Wallet.__init__", "_check", first=2, last=4)
PAY = define("Wallet.pay", "_check", first=5, last=9)
CHECK = define("_check", first=11, last=12)
MAIN = define("main", "Wallet", "pay")
START = define("", "main", first=0, last=0)
DEFINITIONS = {
    "001/C1": (define("", first=0, last=0), WALLET, MAKE, PAY, CHECK),
    "001/C2": (START, MAIN),
    "001/C3": (define("other", "pay"),),
}
DEPENDENCIES = {"001/C1": (), "001/C2": ("001/C1",), "001/C3": ()}


def users_of(definition: Definition) -> dict[str, set[str]]:
    found = find_users(
        definition, owner="001/C1", definitions=DEFINITIONS, dependencies=DEPENDENCIES
    )
    return {component: {one.name for one in own} for component, own in found.items()}


@pytest.mark.parametrize(
    ("line", "name"), [(1, "Wallet"), (3, "Wallet.__init__"), (9, "Wallet.pay"), (12, "_check")]
)
def test_the_innermost_definition_holds_a_line(line: int, name: str) -> None:
    found = find_definition(DEFINITIONS["001/C1"], line)

    assert found is not None
    assert found.name == name
    assert find_definition(DEFINITIONS["001/C1"], 10) is None


def test_names_are_followed_within_a_component_and_into_those_that_depend_on_it() -> None:
    """`other` names `pay` too, but its component does not depend on the wallet."""
    assert users_of(CHECK) == {
        "001/C1": {"_check", "Wallet.__init__", "Wallet.pay"},
        "001/C2": {"main", ""},
    }


def test_who_names_a_class_runs_what_makes_its_objects() -> None:
    assert users_of(MAKE) == {"001/C1": {"Wallet.__init__"}, "001/C2": {"main", ""}}


@pytest.mark.parametrize(
    ("names", "component", "starts", "runs"),
    [
        ({"Wallet"}, "001/C1", False, True),
        ({"pay"}, "001/C1", False, True),
        ({"total"}, "001/C1", False, False),
        ({"pay"}, "001/C3", False, False),
        ({"main"}, "001/C2", False, True),
        (set(), "001/C2", True, True),
        (set(), "001/C2", False, False),
        (set(), "001/C1", True, False),
    ],
)
def test_a_test_runs_what_it_names_or_starts(
    names: set[str], component: str, starts: bool, runs: bool
) -> None:
    users = find_users(CHECK, owner="001/C1", definitions=DEFINITIONS, dependencies=DEPENDENCIES)

    assert runs_any(frozenset(names), (component,), users, starts=starts) is runs


def test_rows_name_functions_methods_attributes_and_arguments() -> None:
    rows = (
        row(call("Wallet", call("money", 3)), binds="mine"),
        row(call(member("mine", "pay"), 1)),
        row(member("mine", "balance")),
        run_row("wallet pay"),
    )

    assert list_names(rows) == {"Wallet", "money", "mine", "pay", "balance"}
