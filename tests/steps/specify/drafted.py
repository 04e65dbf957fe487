"""A spec drafted from the idea of parking fees, and short ways to look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.steps.specify.draft_spec import draft_spec
from headwater.steps.specify.render import render_spec
from tests.steps.specify.parking import IDEA, answer_parking, make_context

if TYPE_CHECKING:
    from headwater.steps.specify.draft import SpecDraft


def draft(script: object = None, *, idea: str = IDEA, questions: int = 3) -> SpecDraft:
    context, _ = make_context(script or answer_parking(), idea=idea)  # type: ignore[arg-type]
    return draft_spec(context, questions=questions)


def render(spec: SpecDraft) -> str:
    return render_spec(spec, branch="001-parking-fees", created="2026-01-02")


def find(spec: SpecDraft, ref: str) -> str:
    return next(one.text for one in spec.requirements if one.id == ref)
