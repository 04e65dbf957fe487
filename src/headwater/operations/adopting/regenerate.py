"""The code derived anew from the changed specification, and held to what the edit does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.operations.building.accept import describe_generator
from headwater.operations.building.prepare import prepare_feature
from headwater.steps.change.cells import tell_outcome
from headwater.steps.deriving.feature import derive_feature
from headwater.steps.probing.probe import list_differing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.graph.lock import Generator
    from headwater.operations.adopting.behaviour import BehaviourSearch
    from headwater.operations.adopting.trial import Trial
    from headwater.operations.build import BuildPorts
    from headwater.steps.deriving.feature import FeatureResult
    from headwater.steps.probing.probe import Probed


def regenerate(trial: Trial, component: str, *, ports: BuildPorts) -> FeatureResult:
    """Derive a component by the ordinary search; the rows of the edit judge it.

    Args:
        trial: the repository with the changed specification, and with the code as it was derived
            from the one before: the edit itself is not shown to the model.
        component: what was edited.
        ports: models and sandbox.

    Raises:
        HeadwaterError: no candidate was accepted.
        ModelError: a model could not be reached.
    """
    work = prepare_feature(
        trial.survey,
        trial.feature,
        target=trial.target,
        todo=frozenset({component}),
        settings=ports.search,
    )
    with ports.open_tools(trial.target) as tools:
        result = derive_feature(work, tools=tools)
    if result.shortfalls:
        first = result.shortfalls[0]
        raise HeadwaterError(
            f"the code could not be derived from the changed specification: {first.about}: "
            f"{first.message}",
            hint=first.hint or "Adopt the edit itself, without `--regenerate`.",
        )
    return result


def describe_regenerated(
    trial: Trial, component: str, result: FeatureResult, *, ports: BuildPorts
) -> Generator:
    """What made the code anew."""
    return describe_generator(
        result.derived[component], survey=trial.survey, settings=ports.search, seed=ports.seed
    )


def refuse_other_behaviour(search: BehaviourSearch, code: str, *, shown: Iterable[Probed]) -> None:
    """Refuse code that passes the proposed rows, and still does something else than the edit.

    Args:
        search: what found the probes.
        code: what was derived anew.
        shown: those that the edit changed the result of.

    Raises:
        HeadwaterError: names the first that tells them apart.
    """
    for one in list_differing(search.compare_with_edit(shown, code)):
        in_edit, anew = (
            tell_outcome(side) if side else "nothing" for side in (one.before, one.now)
        )
        raise HeadwaterError(
            f"the code derived anew does something else than the edit: `{one.call}` comes to "
            f"{anew}, and in the edit to {in_edit}",
            hint="Say more in the specification, or adopt the edit itself, without `--regenerate`.",
        )
