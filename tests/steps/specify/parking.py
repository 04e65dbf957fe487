"""An idea, and the answers of a model that drafts it well."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from headwater.engine.progress import SilentObserver
from headwater.steps.drafting.drafter import Drafter
from headwater.steps.drafting.settings import DraftSettings
from headwater.steps.specify.context import Context
from headwater.steps.specify.idea import read_idea
from headwater.testing.scripted_model import ScriptedModel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.steps.specify.context import Fact
    from headwater.testing.scripted_model import ScriptedAnswer

IDEA = (
    "Parking costs 3.00 per started hour. The first 15 minutes are free. A day costs at most 24.00."
    " A negative number of minutes is refused."
)

Script = dict[str, list["ScriptedAnswer"]]


def say(**fields: Any) -> str:
    """An answer as a model gives it."""
    return json.dumps(fields)


def demand(
    condition: str, response: str, *, pattern: str = "event", kind: str = "behaviour"
) -> str:
    """One requirement."""
    part = {"pattern": pattern, "condition": condition, "response": response}
    return say(kind=kind, requirements=[part])


def give_rows(*rows: tuple[Any, Any]) -> str:
    """Rows of `park_fee`, the result an error where it is a text."""
    return say(
        rows=[{"arguments": {"minutes": minutes}, **_settle(result)} for minutes, result in rows]
    )


def give_outcomes(*results: Any) -> str:
    """What comes out of the calls the second time."""
    return say(outcomes=[_settle(result) for result in results])


def _settle(result: Any) -> dict[str, Any]:
    failed = isinstance(result, str)
    return {
        "because": "worked out",
        "error": result if failed else "none",
        "result": None if failed else result,
    }


REFUSED = "invalid_argument"


def answer_parking() -> Script:
    """Good answers, by purpose; a fresh copy, to be changed."""
    story = {
        "title": "Know the fee",
        "narrative": "A driver leaves the car park and sees what to pay.",
        "why": "The fee is all that a driver asks for.",
        "test": "Ask for the fee of one stay.",
        "scenarios": [
            {"given": "a car parked for 15 minutes", "when": "it leaves", "then": "nothing is due"}
        ],
    }
    operation = {
        "name": "park_fee",
        "parameters": [{"name": "minutes", "type": "integer"}],
        "result": "number",
        "errors": [REFUSED],
        "shows": ["FR-001", "FR-002", "FR-003", "FR-004"],
    }
    choice = {
        "requirement": "FR-003",
        "question": "When does a day begin?",
        "options": ["at midnight", "when the car enters"],
    }
    edges = [
        {
            "situation": "the car leaves after 0 minutes",
            "requirement": "FR-002",
            "outcome": "Nothing is due.",
        },
        {"situation": "the clock is set back", "requirement": "none", "outcome": ""},
    ]
    return {
        "specify/title title": [say(title="Parking fees")],
        "specify/requirements sentence 1": [
            demand("", "The system charges 3.00 for each started hour.", pattern="always")
        ],
        "specify/requirements sentence 2": [
            demand("a car leaves within the first 15 minutes", "charge nothing")
        ],
        "specify/requirements sentence 3": [
            demand("", "limit the fee of one day to 24.00", pattern="always")
        ],
        "specify/requirements sentence 4": [
            demand("the number of minutes is negative", "refuse the number", pattern="unwanted")
        ],
        "specify/operations operations": [say(operations=[operation])],
        "specify/story US1": [json.dumps(story)],
        "specify/choices choices": [
            say(choices=[choice], assumptions=["All amounts are in one currency."])
        ],
        "specify/edges edge cases": [say(edges=edges)],
        "specify/criteria success criteria": [say(criteria=[])],
        "specify/examples FR-001": [give_rows((60, 3.0), (61, 6.0))],
        "specify/recheck FR-001": [give_outcomes(3.0, 6.0)],
        "specify/examples FR-002": [give_rows((15, 0.0), (16, 3.0))],
        "specify/recheck FR-002": [give_outcomes(0.0, 3.0)],
        "specify/examples FR-003": [give_rows((1440, 24.0), (600, 30.0))],
        "specify/recheck FR-003": [give_outcomes(24.0, 24.0)],
        "specify/examples FR-004": [give_rows((-1, REFUSED), (0, 0.0))],
        "specify/recheck FR-004": [give_outcomes(REFUSED, 0.0)],
    }


def make_context(
    script: Mapping[str, Sequence[ScriptedAnswer]] | Sequence[ScriptedAnswer],
    *,
    idea: str = IDEA,
    facts: tuple[Fact, ...] = (),
    attempts: int = 2,
) -> tuple[Context, ScriptedModel]:
    """The context of a drafting with a scripted model, and that model."""
    model = ScriptedModel(script)
    drafter = Drafter(
        models=(model,), settings=DraftSettings(attempts=attempts), observer=SilentObserver()
    )
    return Context(idea=read_idea(idea), facts=facts, drafter=drafter), model
