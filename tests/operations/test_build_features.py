"""Builds of several features: one by name, each after those that it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.operations.building.report import Action
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.build_actions import FRESH, actions
from tests.operations.builders import (
    FOLDER,
    SUMS,
    Checkout,
    Sketch,
    answer,
    answer_all,
    start_checkout,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_one_feature_can_be_named(sums: Checkout) -> None:
    for name in ("001", "sums", "001-sums", FOLDER):
        assert actions(sums.build(feature=name)) == FRESH
    with pytest.raises(HeadwaterError, match="no feature '002'") as refused:
        sums.build(feature="002")
    assert "001-sums" in refused.value.hint


def test_features_are_built_one_after_the_other(sums: Checkout) -> None:
    """The second feature depends on a component of the first, which is derived already."""
    sums.write("specs/002-more/spec.md", SECOND_SPEC)
    sums.write("specs/002-more/plan.md", SECOND_PLAN)
    sums.commit()
    code = "def eightfold(n: int) -> int:\n    return double(quadruple(n))\n"
    model = ScriptedModel({"implement 002/C1": [answer(code)]})
    report = sums.build(model)
    assert report.succeeded
    assert actions(report) == {**FRESH, "002/C1": Action.GENERATED}
    assert "from sums.doubles import double" in sums.read("src/more/eightfolds.py")
    sums.adopt(SUMS.change(1, text="A number MUST be doubled at once."))
    new = "def double(n: int) -> int:\n    return n + n\n"
    report = sums.build(ScriptedModel({"implement 001/C1": [answer(new)]}))
    assert actions(report)["002/C1"] is Action.VERIFIED


def test_a_feature_comes_after_those_that_it_needs_whatever_its_number(repository: Path) -> None:
    one = Sketch(parts=SUMS.parts[:2])
    checkout = start_checkout(repository, one)
    checkout.write("specs/000-more/spec.md", SECOND_SPEC)
    checkout.write("specs/000-more/plan.md", SECOND_PLAN)
    checkout.commit()
    code = "def eightfold(n: int) -> int:\n    return double(quadruple(n))\n"
    report = checkout.build(ScriptedModel({**answer_all(one), "implement 000/C1": [answer(code)]}))
    assert report.succeeded
    assert list(actions(report)) == ["001/C1", "001/C2", "000/C1"]


def test_a_feature_that_needs_an_underived_one_says_so(repository: Path) -> None:
    checkout = start_checkout(repository, SUMS)
    checkout.write("specs/002-more/spec.md", SECOND_SPEC)
    checkout.write("specs/002-more/plan.md", SECOND_PLAN)
    checkout.commit()
    before = checkout.look()
    with pytest.raises(HeadwaterError, match="002/C1 depends on 001/C1") as refused:
        checkout.build(feature="002")
    assert "`headwater build 001`" in refused.value.hint
    assert checkout.look() == before


SECOND_SPEC = """\
# Feature Specification: More

## Requirements

- **FR-001**: A number MUST be multiplied by eight.

  | Call | Result |
  | --- | --- |
  | `eightfold(2)` | `16` |
"""
SECOND_PLAN = """\
# Implementation Plan: More

## Technical Context

**Target**: python

## Components

### C1: eightfolds

**File**: `src/more/eightfolds.py`
**Implements**: FR-001
**Depends on**: 001/C1, 001/C2
**Responsibility**: Multiply by eight.

**Interface**:

```python
def eightfold(n: int) -> int: ...
```
"""
