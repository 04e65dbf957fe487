"""Stories with one value changed at a time, and what they come to in the real sandbox."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pytest

from headwater.graph.make_units import make_units
from headwater.operations.standing.survey import take_survey
from headwater.steps.probing.pool import Pool
from headwater.steps.probing.probe import CodeVersion, Probed, Prober
from headwater.steps.probing.stories import vary_stories
from headwater.targets.outcome import Outcome, Printed
from tests.operations.adopting_till import CODE, TILL, start_till
from tests.operations.builders import TARGETS, make_workbench

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from headwater.graph.units import TestUnit
    from headwater.operations.standing.survey import Survey


@pytest.fixture
def till(repository: Path) -> Survey:
    """The till, not built."""
    start_till(repository)
    return take_survey(repository, targets=TARGETS)


def list_units(survey: Survey) -> tuple[TestUnit, ...]:
    loaded = survey.reading.load("001")
    index, interfaces = survey.reading.index, loaded.interfaces
    units, _ = make_units(loaded.feature, index=index, interfaces=interfaces)
    return tuple(units)


def vary(survey: Survey, *numbers: int) -> list[TestUnit]:
    return list(islice(vary_stories(list_units(survey), pool=Pool(numbers=numbers)), 60))


def compare(survey: Survey, now: str, units: Sequence[TestUnit]) -> dict[str, Probed]:
    """What stories come to in the code of the till, and in other code."""
    components = survey.reading.load_components(["001/C1"])
    prober = Prober(feature="001-till", errors=frozenset(), workbench=make_workbench())
    before, after = (CodeVersion(files={TILL: code}, components=components) for code in (CODE, now))
    probed = prober.compare(units, before=before, now=after)
    return {one.unit.key: one for one in probed}


def test_a_story_comes_first_as_it_is_and_then_with_one_value_changed(till: Survey) -> None:
    keys = [unit.key for unit in vary(till, 7)]

    assert keys[:2] == ["purse = Purse(10); purse.pay(4)", "till 10 4; till 3 4"]
    assert {"purse = Purse(10); purse.pay(7)", "purse = Purse(11); purse.pay(4)"} <= set(keys)
    assert {"till 10 7; till 3 4", "till 10 4; till 3 5"} <= set(keys)
    assert len(keys) == len(set(keys))


def test_single_calls_are_no_stories(till: Survey) -> None:
    assert [unit for unit in vary(till) if unit.lone_call] == []


def test_every_row_is_told_up_to_the_one_that_differs(till: Survey) -> None:
    now = CODE.replace("return self.coins", "return self.coins if coins != 5 else -1")
    probed = compare(till, now, vary(till))

    five = probed["purse = Purse(10); purse.pay(5)"]
    assert (five.last, five.call) == (1, "purse = Purse(10); purse.pay(5)")
    assert [one and one.cell for one in (five.before, five.now)] == ["5", "-1"]
    assert five.states_now
    assert not probed["purse = Purse(10); purse.pay(4)"].differs


def test_commands_tell_what_they_print_and_a_row_before_it_is_left_out(till: Survey) -> None:
    now = CODE.replace('print(left, "coins")', 'print(left, "coins" if left != 1 else "coin")')
    probed = compare(till, now, vary(till, 5))

    first, second = probed["till 5 4; till 3 4"], probed["till 10 4; till 5 4"]
    assert (first.call, second.call) == ("till 5 4", "till 10 4; till 5 4")
    for shown in (first, second):
        assert shown.before is not None
        assert shown.now is not None
        assert shown.before.printed == Printed(stdout="1 coins\n", stderr="", exit_code=0)
        assert shown.now.printed == Printed(stdout="1 coin\n", stderr="", exit_code=0)


def test_a_command_that_ends_in_a_traceback_is_an_accident(till: Survey) -> None:
    now = CODE.replace("    left = ", "    [][0]\n    left = ")
    probed = compare(till, now, vary(till)[:2])["till 10 4; till 3 4"]

    assert isinstance(probed.now, Outcome)
    assert (probed.now.accident, probed.now.printed) == ("IndexError", None)
    assert not probed.states_now
