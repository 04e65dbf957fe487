"""Articles that a drafted plan keeps, would break, or has an exception from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.errors import UsageError
from headwater.operations.building.refusals import ProblemsError
from headwater.operations.check import check
from tests.operations.builders import CONSTITUTION_PATH, TARGETS, Checkout
from tests.operations.planning_parking import ANSWERS, PLAN, change_spec, draft, start_parking

if TYPE_CHECKING:
    from pathlib import Path


FORBIDS = """\
# Constitution

### I. Works alone

```yaml
enforce:
  - {check: imports.forbidden, scope: "src/**", modules: [decimal]}
```

### II. Be kind

Nobody checks this.
"""


@pytest.fixture
def checkout(repository: Path) -> Checkout:
    return start_parking(repository)


def adopt_article(checkout: Checkout) -> dict[str, object]:
    """An article that no interface with `Decimal` keeps, and answers that ask for one."""
    checkout.write(CONSTITUTION_PATH, FORBIDS)
    change_spec(checkout, "`show_fee(2)` |", '`show_fee("2.10")` |')
    change_spec(checkout, "`show_fee(4)` |", '`show_fee("4.10")` |')
    return ANSWERS | {"meaning fee of show_fee": {"kind": "decimal"}}


def test_a_plan_that_would_break_an_article_is_refused(checkout: Checkout) -> None:
    answers = adopt_article(checkout)
    before = checkout.look()
    with pytest.raises(ProblemsError) as raised:
        draft(checkout, answers)
    problem = raised.value.problems[0]
    assert "decimal" in problem.message
    assert '--except I="…"' in problem.hint
    assert checkout.look() == before


def test_an_exception_with_a_reason_lets_it_and_is_written_down(checkout: Checkout) -> None:
    answers = adopt_article(checkout)
    report = draft(checkout, answers, exceptions={"I": "Money must be exact."})
    text = checkout.read(PLAN)
    assert "| I. Works alone | imports.forbidden | exception, see Complexity Tracking |" in text
    assert "| II. Be kind | — | prose: for the reviewer |" in text
    assert "| article I | Money must be exact. |" in text
    assert report.findings == ()
    assert check(checkout.root, targets=TARGETS).findings == ()


def test_a_constitution_that_cannot_be_read_is_refused(checkout: Checkout) -> None:
    checkout.write(CONSTITUTION_PATH, FORBIDS.replace("imports.forbidden", "imports.forbiden"))
    checkout.commit()
    with pytest.raises(ProblemsError, match="no plan was drafted") as raised:
        draft(checkout, None)
    assert raised.value.problems[0].place.path == CONSTITUTION_PATH


def test_an_exception_that_is_not_needed_is_said_to_be_none(checkout: Checkout) -> None:
    checkout.write(CONSTITUTION_PATH, FORBIDS)
    checkout.commit()
    report = draft(checkout, exceptions={"I": "To be safe."})
    assert any("No exception from article I is needed" in note for note in report.notes)
    assert "Complexity Tracking" not in checkout.read(PLAN)
    with pytest.raises(UsageError, match="article IX"):
        draft(checkout, None, exceptions={"IX": "x"})
