"""Failures of commands: run again, judged by rows and requirements, and put into a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.altered_code import alter_code
from headwater.errors import HeadwaterError
from headwater.operations.building.report import Action
from headwater.operations.triage.report import Verdict
from headwater.operations.triage.trace import go_on
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.adopting_till import CODE, SPEC_PATH, STORY, build_till
from tests.operations.builders import answer
from tests.operations.triage.stats import make_ports, script, trace

if TYPE_CHECKING:
    from pathlib import Path

    from tests.operations.builders import Checkout

SILENT = {"triage/ruling 001/FR-002 1": [{"ruling": "silent"}]}
STAYS = {"change/sentence 001/FR-002": [{"choice": "none"}]}


def test_code_that_breaks_the_row_of_a_command_is_wrong(till: Checkout) -> None:
    alter_code(till.root, "001/C1", CODE.replace('"coins")', '"coin")'))
    report = trace(till, text='`till 10 4` should print "6 coins".')
    assert (report.component, report.verdict) == ("001/C1", Verdict.GENERATION)
    assert 'printed "6 coin\\n" on stdout' in report.evidence[-1].text


def test_a_command_that_does_what_is_reported_as_right(till: Checkout) -> None:
    report = trace(till, example='till 10 3 = "7 coins\\n", exit 0')
    assert report.verdict is Verdict.ABSENT
    assert report.actual == 'printed "7 coins\\n" on stdout, and exited with 0'


def test_a_row_of_the_same_command_stands_against_the_report(till: Checkout) -> None:
    report = trace(till, example='till 10 4 = "6 coins.\\n"')
    assert report.verdict is Verdict.OTHERWISE
    assert '`till 10 4` → `"6 coins\\n"` → `0`, and the code keeps it' in report.evidence[-1].text


def test_what_no_row_shows_is_judged_by_requirements(till: Checkout) -> None:
    quote = "print what is left"
    model = script(
        {
            "triage/ruling 001/FR-002 1": [{"ruling": "first", "quote": quote}],
            "triage/ruling 001/FR-002 2": [{"ruling": "second", "quote": quote}],
        }
    )
    report = trace(till, model, example='till 10 9 = "1 coin\\n"')
    assert report.verdict is Verdict.GENERATION
    prompt = model.requests[0].prompt
    assert 'First: it prints `"1 coin\\n"`.' in prompt
    assert 'Second: it prints "1 coins\\n" on stdout, and exits with 0.' in prompt


def test_a_gap_becomes_a_table_of_its_own_and_is_built(till: Checkout) -> None:
    report = trace(till, script({**SILENT, **STAYS}), example='till 10 9 = "1 coin\\n"')
    assert report.verdict is Verdict.GAP
    assert report.change is not None
    go_on(till.root, report, ports=make_ports())
    table = (
        '  | Run | Stdout | Exit |\n  | --- | --- | --- |\n  | `till 10 9` | `"1 coin\\n"` | — |'
    )
    assert table in till.read(SPEC_PATH)

    right = CODE.replace('"coins")', '"coins" if left != 1 else "coin")')
    built = till.build(ScriptedModel({"implement 001/C1": [answer(right)]}))
    assert built.succeeded
    assert [one.action for one in built.components] == [Action.GENERATED]


def test_a_command_of_which_nobody_says_what_is_right_is_a_question(till: Checkout) -> None:
    report = trace(till, text="$ till 10\nexpected two numbers")
    assert report.verdict is Verdict.GAP
    assert report.question == (
        'What should `till 10` come to? It printed "expected two numbers\\n" on stderr, and '
        "exited with 2. Say `headwater triage --example 'till 10 = …'`."
    )


def test_a_traceback_that_a_command_ends_in_here_too(till: Checkout) -> None:
    text = (
        "$ till ten 4\nTraceback (most recent call last):\n"
        '  File "/home/ada/till/src/till/cli.py", line 17, in main\n'
        "    left = Purse(int(sys.argv[1])).pay(int(sys.argv[2]))\n"
        "ValueError: invalid literal for int() with base 10: 'ten'\n\n"
        "It should exit with code 2.\n"
    )
    report = trace(till, script({**SILENT, **STAYS}), text=text)
    assert (report.verdict, report.expected) == (Verdict.GAP, "exit `2`")
    assert "ValueError" in report.actual


def test_no_requirement_demands_a_crash(till: Checkout) -> None:
    present = {"ruling": "second", "quote": "print what is left"}
    model = script({"triage/ruling 001/FR-002 1": [present], **STAYS})
    report = trace(till, model, example="till ten 4 = exit 2")
    assert report.verdict is Verdict.GAP
    assert "an accident, which no requirement demands" in report.evidence[-1].text


def test_a_command_that_no_component_declares(till: Checkout) -> None:
    with pytest.raises(HeadwaterError, match="expected a call and its result"):
        trace(till, example='shop 1 = "2\\n"')


def test_a_scenario_gains_a_table_of_its_own(repository: Path) -> None:
    till = build_till(repository, spec=STORY, implements="US1.1, US1.2")
    report = trace(till, silent_of("US1.1", "US1.2"), example=r'till 10 9 = "1 coin\n"')
    assert report.change is not None
    go_on(till.root, report, ports=make_ports())
    added = (
        "\n\n   | Run | Stdout | Exit |\n   | --- | --- | --- |\n"
        r'   | `till 10 9` | `"1 coin\n"` | — |'
    )
    assert till.read(SPEC_PATH).replace(added, "") == STORY


def silent_of(*items: str) -> ScriptedModel:
    return script({f"triage/ruling 001/{one} 1": [{"ruling": "silent"}] for one in items})
