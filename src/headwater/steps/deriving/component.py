"""Deriving one component with the tests of its feature, disputes about written tests included."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headwater.engine.interface import Ended
from headwater.engine.progress import JobFinished, JobStarted
from headwater.steps.deriving.dispute import settle_dispute
from headwater.steps.deriving.implement import Implemented, implement
from headwater.steps.deriving.work import ComponentWork, Surroundings, prepare_work

if TYPE_CHECKING:
    from headwater.graph.units import WrittenTest
    from headwater.llm.interface import Usage
    from headwater.steps.deriving.tools import Tools


@dataclass(frozen=True, kw_only=True, slots=True)
class Derived:
    """A component's file, or why there is none.

    Attributes:
        code: the accepted file; empty with a `shortfall`.
        rewritten: written tests that a dispute replaced.
        shortfall: why the search gave up, with the best candidate's first failure.
    """

    ref: str
    path: str
    code: str
    implemented: Implemented
    usage: Usage
    rewritten: tuple[WrittenTest, ...] = ()
    shortfall: str = ""
    hint: str = ""


def derive_component(work: ComponentWork, around: Surroundings, *, tools: Tools) -> Derived:
    """Derive one component against the tests that judge it.

    Raises:
        ModelError: a model could not be reached.
    """
    tools.observer.notify(JobStarted(component=work.ref, purpose="implement"))
    implemented = implement(
        prepare_work(work, around, target=tools.target),
        models=tools.models,
        workbench=tools.workbench,
        settings=tools.settings,
        seed=tools.seed + _ROUND * work.round,
        observer=tools.observer,
    )
    derived = Derived(
        ref=work.ref,
        path=work.component.files[0],
        code=implemented.code,
        implemented=implemented,
        usage=implemented.usage,
    )
    if implemented.disputed:
        settled = settle_dispute(work, around, implemented=implemented, tools=tools)
        derived = replace(
            derived,
            code=settled.code,
            rewritten=settled.rewritten,
            usage=derived.usage + settled.usage,
            shortfall=settled.question,
            hint="Say what is meant with an example table under it.",
        )
    elif not implemented.code:
        derived = replace(derived, shortfall=_explain(implemented), hint=_STRONGER)
    tools.observer.notify(
        JobFinished(
            component=work.ref,
            purpose="implement",
            ended=Ended.DONE if derived.code else Ended.FAILED,
            detail=derived.shortfall,
        )
    )
    return derived


_ROUND = 7919  # keeps the seeds of repairs apart from those of first searches
_STRONGER = (
    "Give a stronger model in headwater.toml (model.ladder), raise search.tokens, "
    "or split the component in the plan."
)


def _explain(implemented: Implemented) -> str:
    best = implemented.best
    attempts = len(implemented.history)
    if implemented.held_out_failures:
        return (
            f"{implemented.held_out_failures} candidates passed every visible test and failed "
            f"held-out ones"
        )
    if best is None:
        return "no candidate was asked for: the budget is empty"
    if best.problems:
        return f"no sound candidate in {attempts} attempts; the last: {best.problems[0].message}"
    return (
        f"no candidate passed in {attempts} attempts; the best passes {len(best.passed)} of "
        f"{len(best.results)} tests and fails: {best.failures[0].message}"
    )
