"""What `confirm`, `status`, `check` and `build` print of items that rest on what has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.operations.planning_garage import SPEC, edit, start_garage

if TYPE_CHECKING:
    from tests.cli.projects import Project


@pytest.fixture
def garage(empty: Project) -> Project:
    """A garage that is drafted, in which the first requirement has changed since."""
    checkout = start_garage(empty.root)
    edit(checkout, SPEC, "A started hour MUST cost 2.", "A started hour MUST cost 3.")
    return empty


def test_status_and_check_say_what_is_suspect(garage: Project) -> None:
    status = garage.run("status").stdout
    assert "  D1 suspect: 001/FR-001 changed since it was drafted\n" in status
    assert "4 items of plans and task lists suspect; `headwater check`" in status
    found = garage.run("check").stdout
    assert "warning[item-suspect]: 001/C1 is suspect: 001/FR-001 changed" in found
    assert "`headwater confirm 001/C1`" in found


def test_confirm_prints_what_was_kept_and_why_it_was_suspect(garage: Project) -> None:
    finished = garage.run("confirm", "001/D1", "001/D2")
    first, second, third = finished.stdout.splitlines()
    assert finished.code == 0
    assert first == "001/D1: confirmed; 001/FR-001 changed since it was drafted"
    assert second == "001/D2: nothing to confirm, it is not suspect"
    assert third.startswith("Committed as ")


def test_confirm_as_json(garage: Project) -> None:
    document = garage.run("confirm", "C1", "--feature", "001", "--json").document
    assert document["confirmed"] == [
        {"ref": "001/C1", "why": "001/FR-001 changed since it was drafted"}
    ]
    assert document["unchanged"] == []


def test_confirm_of_a_whole_feature_twice(garage: Project) -> None:
    assert garage.run("confirm", "--feature", "001").code == 0
    finished = garage.run("confirm", "--feature", "001")
    assert finished.stdout == "Nothing to confirm: nothing is suspect.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ((), 2, "expected refs to confirm, or --feature"),
        (("001/D7",), 1, "there is no decision, component or task `001/D7`"),
        (("D1", "--feature", "009"), 1, "there is no feature '009'"),
    ],
)
def test_confirm_refuses_what_it_cannot_mean(
    garage: Project, arguments: tuple[str, ...], code: int, message: str
) -> None:
    finished = garage.run("confirm", *arguments)
    assert finished.code == code
    assert message in finished.stderr


def test_settings_make_a_build_refuse(garage: Project) -> None:
    garage.write("headwater.toml", "[build]\nblock_suspect = true\n")
    finished = garage.run("build", "--yes", "--model", garage.script([]))
    assert finished.code == 1
    assert "build.block_suspect refuses components that are suspect: 001/C1" in finished.stderr
    assert "headwater confirm 001/C1" in finished.stderr
