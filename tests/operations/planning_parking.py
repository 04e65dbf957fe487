"""A spec of parking fees, the answers of a model that plans it well, and short ways to plan."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from headwater.engine.progress import SilentObserver
from headwater.operations.drafting.ports import DraftPorts
from headwater.operations.plan import PlanRequest, plan
from headwater.steps.drafting.drafter import Drafter
from headwater.steps.drafting.settings import DraftSettings
from tests.operations.builders import TARGETS, Checkout
from tests.steps.plan.builders import make_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from headwater.operations.drafting.report import DraftReport
    from headwater.testing.scripted_model import ScriptedModel

FOLDER = "specs/001-parking-fees"
SPEC = f"{FOLDER}/spec.md"
PLAN = f"{FOLDER}/plan.md"
TEXT = """\
# Feature Specification: Parking fees

## User Scenarios & Testing

### User Story 1 - Pay at the gate (Priority: P1)

**Acceptance Scenarios**:

1. **Given** a stay of 90 minutes, **When** the driver pays, **Then** the fee is printed.

   | Run | Stdout | Exit |
   | --- | --- | --- |
   | `parking 90` | `"4.00\\n"` | `0` |

## Requirements

### Functional Requirements

- **FR-001**: A started hour MUST cost 2.

  | Call | Result |
  | --- | --- |
  | `park_fee(30)` | `2` |
  | `park_fee(61)` | `4` |
  | `park_fee(-1)` | raises `invalid_argument` |

- **FR-002**: A fee MUST be shown with two decimals.

  | Call | Result |
  | --- | --- |
  | `show_fee(2)` | `"2.00"` |
  | `show_fee(4)` | `"4.00"` |

### Key Entities

- **Fee**: what a driver pays
"""
ANSWERS: dict[str, object] = {
    "parameters park_fee": {"names": ["minutes"]},
    "parameters show_fee": {"names": ["fee"]},
    "meaning the result of show_fee": {"kind": "text"},
    "duty fees": {"does": "Compute and show a fee", "calls": []},
    "duty cli": {"does": "Print the fee of a stay", "calls": ["park_fee", "show_fee"]},
    "topics choices": {"choices": []},
}


def make_ports(model: ScriptedModel | None = None) -> DraftPorts:
    """Ports with this model; without one none may be opened."""

    @contextmanager
    def open_drafter() -> Iterator[Drafter]:
        assert model is not None, "no model is opened here"
        settings = DraftSettings(attempts=2)
        yield Drafter(models=(model,), settings=settings, observer=SilentObserver())

    return DraftPorts(targets=TARGETS, open_drafter=open_drafter, today=date(2026, 1, 2))


def draft(
    checkout: Checkout,
    answers: Mapping[str, object] | None = ANSWERS,
    *,
    again: bool = False,
    allow_open: bool = False,
    exceptions: Mapping[str, str] | None = None,
) -> DraftReport:
    """Plan the one feature; None for answers means that no model may be opened."""
    request = PlanRequest(again=again, allow_open=allow_open, exceptions=exceptions or {})
    model = None if answers is None else make_model(answers)
    return plan(checkout.root, request, ports=make_ports(model))


def start_parking(root: Path) -> Checkout:
    """A repository with the spec, committed."""
    checkout = Checkout(root=root)
    checkout.write(".gitignore", ".headwater/\n")
    checkout.write(SPEC, TEXT)
    checkout.commit()
    return checkout


def change_spec(checkout: Checkout, old: str, new: str) -> None:
    text = checkout.read(SPEC)
    assert old in text
    checkout.write(SPEC, text.replace(old, new))
    checkout.commit()
