"""A repository under an article with checks, and short ways to check and build it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.operations.building.refusals import ProblemsError
from headwater.operations.check import check
from headwater.steps.settings import SearchSettings
from tests.operations.builders import (
    DOUBLE,
    SUMS,
    TARGETS,
    Checkout,
    Sketch,
    make_workbench,
    start_checkout,
)

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.operations.standing.placed_problem import PlacedProblem
    from headwater.spec.model import Problem

SMALL = replace(SUMS, parts=(DOUBLE,))
ONCE = SearchSettings(held_out_share=0, attempts=1)
TWICE = SearchSettings(held_out_share=0, attempts=2)


def enforce(*checks: str) -> str:
    """A constitution whose article I asks for these checks; the first stands on line 7."""
    listed = "".join(f"  - {{{check}}}\n" for check in checks)
    return f"# Constitution\n\n### I. Care\n\n```yaml\nenforce:\n{listed}```\n"


def start(root: Path, *checks: str, sketch: Sketch = SMALL) -> Checkout:
    """A repository with a sketch, nothing derived, under an article with these checks."""
    return start_checkout(root, replace(sketch, constitution=enforce(*checks)))


def find(checkout: Checkout, code: str = "") -> list[PlacedProblem]:
    report = check(checkout.root, targets=TARGETS, open_workbench=lambda _: make_workbench())
    return [one for one in report.findings if one.code == code or not code]


def refuse(checkout: Checkout) -> list[Problem]:
    """Build, which must be refused before any model is asked, and change nothing."""
    before = checkout.look()
    with pytest.raises(ProblemsError) as refused:
        checkout.build()
    assert checkout.look() == before
    return list(refused.value.problems)
