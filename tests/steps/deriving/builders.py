"""The work of deriving a small feature, made from Markdown as a build makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.operations.building.prepare import prepare_feature
from headwater.operations.standing.survey import take_survey
from headwater.steps.deriving.work import Surroundings, prepare_work
from headwater.steps.settings import SearchSettings
from tests.operations.builders import TARGETS, write_sketch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from headwater.steps.deriving.feature import FeatureWork
    from headwater.steps.deriving.implement import Work
    from tests.operations.builders import Sketch

VISIBLE = SearchSettings(held_out_share=0)


def make_feature_work(
    root: Path,
    sketch: Sketch,
    *,
    todo: Iterable[str] = (),
    settings: SearchSettings = VISIBLE,
) -> FeatureWork:
    """The work of deriving `todo`, or every component, of a sketch in an empty folder."""
    write_sketch(root, sketch)
    survey = take_survey(root, targets=TARGETS)
    assert not survey.problems, survey.problems
    return prepare_feature(
        survey,
        survey.reading.find_feature("001"),
        target=TARGETS["python"],
        todo=frozenset(todo or survey.states),
        settings=settings,
    )


def make_work(
    feature: FeatureWork, ref: str = "001/C1", *, files: Mapping[str, str] | None = None
) -> Work:
    """One component's work, with the tests that judge it."""
    component = next(work for work in feature.works if work.ref == ref)
    around = Surroundings(
        suite=feature.suite,
        files=files or {},
        available=frozenset({ref, *feature.needs[ref]}),
    )
    return prepare_work(component, around, target=TARGETS["python"])
