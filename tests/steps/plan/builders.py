"""A spec as text, answers by purpose, and the plan that comes of both."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.engine.progress import SilentObserver
from headwater.spec.read_project import CONSTITUTION_PATH, read_project
from headwater.steps.drafting.drafter import Drafter
from headwater.steps.drafting.settings import DraftSettings
from headwater.steps.plan.before import Before
from headwater.steps.plan.draft import PlanBrief, draft_plan
from headwater.targets.python.target import PythonTarget
from headwater.testing.scripted_model import ScriptedModel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.spec.model import Spec
    from headwater.steps.plan.draft import DraftedPlan
    from headwater.testing.scripted_model import ScriptedAnswer

TARGET = PythonTarget()
NOTHING_FITS = "{}"


def write_spec(*requirements: str, before: str = "", after: str = "") -> str:
    """A spec with these requirements, `FR-001` first; each is prose, then rows of a Call table."""
    lines = ["# Feature Specification: Fees", "", before, "## Requirements", ""]
    for number, text in enumerate(requirements, 1):
        prose, *rows = text.splitlines()
        lines += [f"- **FR-{number:03}**: {prose}", ""]
        if rows:
            lines += ["  | Call | Result |", "  | --- | --- |"]
            lines += [f"  | {row} |" for row in rows]
            lines += [""]
    return "\n".join([*lines, after])


def read_spec_text(text: str) -> Spec:
    """The spec of a feature `001-fees`."""
    project = read_project({"specs/001-fees/spec.md": text.encode()})
    (feature,) = project.features
    assert feature.spec is not None
    return feature.spec


def make_brief(text: str, *, constitution: str = "", before: Before | None = None) -> PlanBrief:
    """What a plan of this spec is drafted from."""
    documents = {"specs/001-fees/spec.md": text.encode()}
    if constitution:
        documents[CONSTITUTION_PATH] = constitution.encode()
    project = read_project(documents)
    return PlanBrief(
        feature=project.features[0],
        constitution=project.constitution,
        others=(),
        target=TARGET,
        package="fees",
        before=before or Before(),
        today="2026-01-02",
    )


def make_model(answers: Mapping[str, object]) -> ScriptedModel:
    """Answers by purpose, `plan/` left out; to whatever else is asked, one that fits nothing.

    An answer that is a list is one for each time that it is asked.
    """
    scripts: dict[str, list[ScriptedAnswer]] = {
        f"plan/{purpose}": [_render(one) for one in (given if isinstance(given, list) else [given])]
        for purpose, given in answers.items()
    }
    return ScriptedModel({**scripts, "*": [NOTHING_FITS] * 500})


def make_drafter(model: ScriptedModel, *, words: int = 900, attempts: int = 2) -> Drafter:
    """A drafter with this model."""
    settings = DraftSettings(attempts=attempts, plan_words=words)
    return Drafter(models=(model,), settings=settings, observer=SilentObserver())


def draft(
    text: str,
    answers: Mapping[str, object] | None = None,
    *,
    constitution: str = "",
    words: int = 900,
    **changes: object,
) -> DraftedPlan:
    """The plan of a spec."""
    # `replace` cannot know the types of keywords that are passed on.
    brief = replace(make_brief(text, constitution=constitution), **changes)  # type: ignore[arg-type]
    return draft_plan(brief, drafter=make_drafter(make_model(answers or {}), words=words))


def read_block(drafted: DraftedPlan, component: str) -> str:
    """The interface block of a component."""
    section = drafted.text.partition(f"### {component}: ")[2]
    return section.partition("```python\n")[2].partition("\n```")[0]


def _render(answer: object) -> ScriptedAnswer:
    if isinstance(answer, str | Exception):
        return answer
    return json.dumps(answer)
