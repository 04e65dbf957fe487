"""A project with code that passes all its examples: right about some things, wrong about others.

FR-001 decides `average([])`, which the code gets wrong. FR-002 says nothing of a number below zero.
FR-003 is silent on spaces.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.operations.triage.report import TriagePorts, TriageRequest
from headwater.operations.triage.trace import triage
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import (
    Checkout,
    Part,
    Sketch,
    answer_all,
    make_draft_ports,
    make_workbench,
    start_checkout,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from headwater.llm.interface import Model
    from headwater.operations.triage.report import TriageReport

AVERAGE = Part(
    number=1,
    name="averages",
    interface="def average(numbers: list[int]) -> float: ...",
    code="def average(numbers: list[int]) -> float:\n    return sum(numbers) / len(numbers)\n",
    rows=(("average([2, 4])", "3"), ("average([5])", "5")),
    text="An average MUST be the sum divided by the count. "
    "The average of an empty list MUST be an invalid argument.",
)
ROOT = Part(
    number=2,
    name="shares",
    interface="def share(part: int, whole: int) -> int: ...",
    code="def share(part: int, whole: int) -> int:\n    return round(100 * part / whole)\n",
    rows=(("share(1, 4)", "25"), ("share(3, 4)", "75")),
    text="A share MUST be given in percent, rounded to whole numbers.",
)
LABEL = Part(
    number=3,
    name="labels",
    interface="def label(text: str) -> str: ...",
    code="def label(text: str) -> str:\n    return text.upper()\n",
    rows=(('label("ab")', '"AB"'), ('label("cd")', '"CD"')),
    text="A label MUST be written in capital letters.",
)
STATS = Sketch(parts=(AVERAGE, ROOT, LABEL))

TRACEBACK = """\
Traceback (most recent call last):
  File "/home/ada/report.py", line 7, in <module>
    print(average([]))
          ^^^^^^^^^^^
  File "/home/ada/site/src/sums/averages.py", line 5, in average
    return sum(numbers) / len(numbers)
           ~~~~~~~~~~~~~^~~~~~~~~~~~~~
ZeroDivisionError: division by zero
"""


def start_stats(root: Path, sketch: Sketch = STATS) -> Checkout:
    """The project, committed and built."""
    checkout = start_checkout(root, sketch)
    assert checkout.build(ScriptedModel(answer_all(sketch))).succeeded
    return checkout


def script(answers: Mapping[str, Sequence[object]]) -> ScriptedModel:
    """A model that answers by purpose, values as JSON."""
    return ScriptedModel(
        {
            purpose: [one if isinstance(one, str | Exception) else json.dumps(one) for one in each]
            for purpose, each in answers.items()
        }
    )


def make_ports(*models: Model) -> TriagePorts:
    """Models, languages and the real sandbox; without a model none may be asked."""
    return TriagePorts(
        drafting=replace(make_draft_ports(*models), seed=0),
        open_workbench=lambda _: make_workbench(),
    )


def trace(
    checkout: Checkout,
    *models: Model,
    text: str = "",
    test: str = "",
    example: str = "",
    component: str = "",
) -> TriageReport:
    """Trace a failure in one of its forms."""
    request = TriageRequest(text=text, test=test, example=example, component=component)
    return triage(checkout.root, request, ports=make_ports(*models))
