"""Which features a build is about, and in which order they are built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.order import sort_topologically
from headwater.graph.structure import check_buildable
from headwater.operations.building.refusals import ProblemsError, refuse_foreign, refuse_problems
from headwater.operations.drafting.feature import find_named
from headwater.spec.ids import split_ref

if TYPE_CHECKING:
    from headwater.graph.summary import FeatureSummary
    from headwater.operations.standing.survey import Survey


def choose_features(survey: Survey, wanted: str) -> list[FeatureSummary]:
    """The features to build, each after those that it depends on.

    Raises:
        HeadwaterError: there is none, or none that is meant.
    """
    features = tuple(survey.reading.summaries.values())
    if not wanted:
        native = survey.reading.native
        planned = [item for item in native if item.has_plan]
        if not planned:
            refuse_foreign(survey, () if native else features)
            refuse_problems(survey.problems)  # perhaps the plan that is there cannot be read
            _refuse_nothing(native)
        return _sort_features(planned, survey)
    found = find_named(features, wanted)
    if not found:
        names = ", ".join(item.folder.rpartition("/")[2] for item in features) or "none"
        raise HeadwaterError(f"there is no feature {wanted!r}", hint=f"There are: {names}.")
    refuse_foreign(survey, found)
    return found


def _sort_features(features: list[FeatureSummary], survey: Survey) -> list[FeatureSummary]:
    """By number, but after what they depend on; those that need one another stay by number."""
    needs: dict[str, set[str]] = {item.number: set() for item in features}
    for planned in survey.reading.index.components.values():
        others = {split_ref(need)[0] for need in planned.depends_on} - {planned.feature}
        needs[planned.feature] |= others & needs.keys()
    order = (*sort_topologically(needs), *needs)
    return sorted(features, key=lambda item: order.index(item.number))


def _refuse_nothing(features: tuple[FeatureSummary, ...]) -> None:
    if features:
        raise ProblemsError([problem for item in features for problem in check_buildable(item)])
    raise HeadwaterError(
        "there is nothing to build: no folder specs/NNN-name holds a spec.md and a plan.md",
        hint="Write a spec and a plan first; docs/tutorial.md shows how.",
    )
