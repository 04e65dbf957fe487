"""A garage with two components, two decisions and tasks: how it is drafted, edited and judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.operations.checking.suspect_items import find_suspect_items
from headwater.operations.plan import PlanRequest, plan
from headwater.operations.standing.survey import take_survey
from headwater.operations.tasks import tasks
from headwater.policies.quotes import digest_words
from tests.operations.builders import CONSTITUTION_PATH, TARGETS, Checkout
from tests.operations.planning_parking import make_ports
from tests.steps.plan.builders import make_model

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from headwater.operations.drafting.report import DraftReport
    from headwater.testing.scripted_model import ScriptedModel

FOLDER = "specs/001-garage"
SPEC, PLAN, TASKS = (f"{FOLDER}/{name}.md" for name in ("spec", "plan", "tasks"))
LOCK = f"{FOLDER}/headwater.lock"
POLICY = "policies/code.md"
QUOTE = "Code must not run text that it was given."
TEXT = """\
# Feature Specification: Garage

## Clarifications

### Session 2026-01-02

- Q: Does FR-003 count broken places? → A: No.

## Requirements

### Functional Requirements

- **FR-001**: A started hour MUST cost 2.

  | Call | Result |
  | --- | --- |
  | `park_fee(30)` | `2` |
  | `park_fee(61)` | `4` |

- **FR-002**: A fee MUST be shown with two decimals.

  | Call | Result |
  | --- | --- |
  | `show_fee(2)` | `"2.00"` |

- **FR-003**: The garage MUST tell how many places are free.

  | Call | Result |
  | --- | --- |
  | `count_free(10, 4)` | `6` |

- **FR-004**: The garage MUST tell on which level a place is.

  | Call | Result |
  | --- | --- |
  | `find_level(12)` | `1` |

## Assumptions

- Nobody stays longer than a day (FR-001). (open)
- Visitors are patient.
"""
CONSTITUTION = f"""\
# Garage Constitution

## Core Principles

### I. Input is data

- Code must not run text that it was given.
  **Source**: {POLICY} l. 3 (sha256:{digest_words(QUOTE)})

```yaml
enforce:
  - {{check: calls.forbidden, scope: "src/garage/places.py", calls: [eval]}}
```
"""
OPTIONS = {
    "context": "Fees are money.",
    "options": [
        {"name": "Whole euros", "good": "exact", "bad": "coarse", "package": ""},
        {"name": "Floats", "good": "short", "bad": "inexact", "package": ""},
    ],
}
CHOICE = {"rationale": "Fees are whole.", "option": 1}
ANSWERS: dict[str, object] = {
    "components components": {
        "components": [
            {"name": "fees", "functions": ["park_fee", "show_fee"]},
            {"name": "places", "functions": ["count_free", "find_level"]},
        ]
    },
    "parameters park_fee": {"names": ["minutes"]},
    "parameters show_fee": {"names": ["fee"]},
    "parameters count_free": {"names": ["places", "taken"]},
    "parameters find_level": {"names": ["place"]},
    "meaning the result of show_fee": {"kind": "text"},
    "duty fees": {"does": "Compute and show a fee", "calls": []},
    "duty places": {"does": "Count places and find them", "calls": []},
    "topics choices": {
        "choices": [
            {"title": "How money is kept", "serves": ["FR-001"]},
            {"title": "How places are numbered", "serves": ["FR-003"]},
        ]
    },
    "options D1": OPTIONS,
    "choice D1": CHOICE,
    "options D2": OPTIONS,
    "choice D2": CHOICE,
}


def start_garage(root: Path, *, drafted: bool = True) -> Checkout:
    """A repository with the spec, its constitution and policy; with plan and tasks if `drafted`."""
    checkout = Checkout(root=root)
    checkout.write(".gitignore", ".headwater/\n")
    checkout.write(SPEC, TEXT)
    checkout.write(CONSTITUTION_PATH, CONSTITUTION)
    checkout.write(POLICY, f"# Code\n\n{QUOTE}\n")
    checkout.commit()
    if drafted:
        draft_plan(checkout)
        draft_tasks(checkout)
    return checkout


def draft_plan(
    checkout: Checkout,
    answers: Mapping[str, object] = ANSWERS,
    *,
    again: bool = False,
    model: ScriptedModel | None = None,
) -> DraftReport:
    """Plan the garage with these answers, or with a model that is looked at afterwards."""
    ports = make_ports(model or make_model(answers))
    return plan(checkout.root, PlanRequest(again=again), ports=ports)


def draft_tasks(checkout: Checkout, *, again: bool = False) -> DraftReport:
    return tasks(checkout.root, "", ports=make_ports(), again=again)


def edit(checkout: Checkout, path: str, old: str, new: str) -> None:
    """Replace a text that stands in a file once, and commit that."""
    text = checkout.read(path)
    assert text.count(old) == 1, f"{text.count(old)} times {old!r} in {path}"
    checkout.write(path, text.replace(old, new))
    checkout.commit()


def list_suspects(checkout: Checkout) -> dict[str, str]:
    """What is suspect now, by its id, with why."""
    survey = take_survey(checkout.root, targets=TARGETS)
    return {one.ref.rpartition("/")[2]: one.why for one in find_suspect_items(survey)}
