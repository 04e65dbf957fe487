"""What a build did, as its report: an action and its cost for every component."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.states import State
from headwater.operations.building.report import Action, BuildReport, BuiltComponent
from headwater.steps.deriving.steadiness import measure_diff
from headwater.targets.interface import Verdict

if TYPE_CHECKING:
    from headwater.graph.states import ComponentState
    from headwater.operations.standing.survey import Survey
    from headwater.steps.deriving.component import Derived
    from headwater.steps.deriving.feature import FeatureResult, FeatureWork


def describe_build(
    result: FeatureResult, work: FeatureWork, survey: Survey, *, removed: frozenset[str]
) -> BuildReport:
    """The report of one feature's build, whether it was accepted or not."""
    failed = _list_failed(result, work, survey) if result.shortfalls else frozenset()
    components = []
    for component in work.works:
        ref = component.ref
        state = survey.states[ref]
        derived = result.derived.get(ref)
        if derived is not None:
            components.append(_describe_derived(derived, state, before=component.current))
            continue
        verified = state.state is State.UNVERIFIED or not result.derived.keys().isdisjoint(
            work.needs[ref]
        )
        action = _choose_action(ref, failed=failed, removed=removed, verified=verified)
        if action is Action.VERIFIED and result.shortfalls:
            action = Action.FRESH
        components.append(_describe_other(state, action))
    components.extend(
        _describe_other(survey.states[ref], Action.REMOVED)
        for ref in sorted(removed - {component.ref for component in work.works})
    )
    return BuildReport(
        components=tuple(components),
        shortfalls=result.shortfalls,
        tests=len(result.results),
        passed=sum(found.verdict is Verdict.PASSED for found in result.results),
        usage=result.usage,
    )


def describe_fresh(survey: Survey, feature: str) -> BuildReport:
    """The report of a build that had nothing to do."""
    return BuildReport(
        components=tuple(
            BuiltComponent(component=ref, action=Action.FRESH)
            for ref in survey.states
            if ref.startswith(f"{feature}/")
        )
    )


def _list_failed(result: FeatureResult, work: FeatureWork, survey: Survey) -> frozenset[str]:
    """What a build that fell short leaves as it was, and that is not fresh."""
    fresh = {State.FRESH, State.UPGRADEABLE}
    return frozenset(
        component.ref
        for component in work.works
        if component.ref not in result.derived
        and (component.ref in work.todo or survey.states[component.ref].state not in fresh)
    )


def _choose_action(
    ref: str, *, failed: frozenset[str], removed: frozenset[str], verified: bool
) -> Action:
    if ref in failed:
        return Action.FAILED
    if ref in removed:
        return Action.REMOVED
    return Action.VERIFIED if verified else Action.FRESH


def _describe_derived(derived: Derived, state: ComponentState, *, before: str) -> BuiltComponent:
    made = derived.implemented
    return BuiltComponent(
        component=derived.ref,
        action=Action.GENERATED,
        reasons=_list_reasons(state),
        model=made.model,
        attempts=len(made.history),
        calls=derived.usage.calls,
        output_tokens=sum(tried.output_tokens for tried in made.history),
        held_out_failures=made.held_out_failures,
        diff=str(measure_diff(before, derived.code)) if before else "",
    )


def _describe_other(state: ComponentState, action: Action) -> BuiltComponent:
    return BuiltComponent(component=state.component, action=action, reasons=_list_reasons(state))


def _list_reasons(state: ComponentState) -> tuple[str, ...]:
    return tuple(str(reason) for reason in state.reasons)
