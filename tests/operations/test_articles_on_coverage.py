"""Articles on coverage: code that no test runs is repaired or refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.operations.building.report import Action
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import DOUBLE, SUMS, Checkout, Part, Sketch, answer
from tests.operations.enforcing import ONCE, enforce, start

if TYPE_CHECKING:
    from pathlib import Path


DEAD = """\
def double(n: int) -> int:
    if n > 1000:
        return -1  # pragma: no cover
    return 2 * n
"""


def test_code_that_no_test_runs_is_repaired(repository: Path) -> None:
    checkout = start(repository, 'check: coverage.floor, scope: "src/**", percent: 100')
    model = ScriptedModel([answer(DEAD), answer(DOUBLE.code)])
    report = checkout.build(model, settings=ONCE)
    assert report.succeeded
    assert "1000" not in checkout.read(DOUBLE.path)
    assert "wants tests to run 100 % of the statements" in model.requests[1].prompt


def test_code_that_tests_still_do_not_run_is_refused(repository: Path) -> None:
    """A comment of the code that asks not to be measured is passed over."""
    checkout = start(repository, "check: coverage.floor, percent: 90")
    before = checkout.look()
    report = checkout.build(ScriptedModel([answer(DEAD), answer(DEAD)]), settings=ONCE)
    (shortfall,) = report.shortfalls
    assert shortfall.about == "001/C1"
    assert "article I wants tests to run 90 % of the statements" in shortfall.message
    assert "(src/sums/doubles.py:" in shortfall.message
    assert checkout.look() == before


def test_an_article_about_coverage_has_fresh_code_measured(sums: Checkout) -> None:
    constitution = enforce('check: coverage.floor, scope: "src/**", percent: 100')
    sums.adopt(replace(SUMS, constitution=constitution))
    report = sums.build()
    assert report.succeeded
    assert {built.action for built in report.components} == {Action.VERIFIED}


def test_what_commands_run_counts(repository: Path) -> None:
    """The component's only test starts it as a process of its own."""
    code = (
        "import sys\n\n\ndef main() -> None:\n    print(sys.argv[1].upper())\n\n\n"
        'if __name__ == "__main__":\n    main()\n'
    )
    shout = Part(
        number=1,
        name="shout",
        interface="def main() -> None: ...",
        code=code,
        start="`shout` → `python -m sums.shout`",
        text="It MUST shout.\n\n"
        '  | Run | Stdout |\n  | --- | --- |\n  | `shout hey` | `"HEY\\n"` |',
    )
    checkout = start(
        repository, "check: coverage.floor, percent: 100", sketch=Sketch(parts=(shout,))
    )
    report = checkout.build(ScriptedModel([answer(code)]), settings=ONCE)
    assert report.shortfalls == ()
    assert report.succeeded
