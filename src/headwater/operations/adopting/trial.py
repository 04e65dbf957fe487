"""Edited code tried against a specification: the present one first, then the one proposed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.operations.building.hand_edits import choose_tests
from headwater.operations.building.prepare import prepare_feature
from headwater.operations.building.refusals import ProblemsError
from headwater.operations.checking.contradictions import describe_contradictions
from headwater.operations.standing.survey import take_survey
from headwater.spec.ids import split_ref
from headwater.spec.model import Problem, Severity
from headwater.steps.deriving.given import judge_given
from headwater.steps.deriving.red import check_red

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.operations.build import BuildPorts
    from headwater.operations.building.hand_edits import HandEdit
    from headwater.operations.standing.survey import Survey
    from headwater.spec.model import Feature
    from headwater.steps.deriving.feature import FeatureWork
    from headwater.steps.deriving.workbench import Workbench
    from headwater.targets.interface import Target

_NOT_ADOPTED = "the edit was not adopted"


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """A repository in which an edit stands, and what judging the edit there needs."""

    survey: Survey
    feature: Feature
    target: Target
    work: FeatureWork
    workbench: Workbench


def open_trial(folder: Path, edit: HandEdit, *, ports: BuildPorts, workbench: Workbench) -> Trial:
    """Read a folder as `lay_out_edited` gives it.

    Raises:
        ProblemsError: its documents hold errors, such as examples that call what is not there.
    """
    survey = take_survey(folder, targets=ports.targets, kept=ports.kept)
    errors = [one for one in survey.reading.problems if one.severity is Severity.ERROR]
    if errors:
        where = "documents, as the edit would have them"
        raise ProblemsError(errors, consequence=_NOT_ADOPTED, where=where)
    feature = survey.reading.find_feature(split_ref(edit.component)[0])
    target = survey.reading.target_of(feature)
    assert target is not None, "a missing target is an error in the documents"
    work = prepare_feature(survey, feature, target=target, todo=frozenset(), settings=ports.search)
    return Trial(survey=survey, feature=feature, target=target, work=work, workbench=workbench)


def refuse_contradiction(trial: Trial, edit: HandEdit) -> int:
    """Hold an edit to everything that its feature says; returns how many tests it passed.

    Raises:
        ProblemsError: names every example, interface and article that it contradicts.
    """
    judged = judge_given(
        trial.work,
        {edit.component: edit.text},
        choose=choose_tests(trial.survey, given=(edit.component,)),
        workbench=trial.workbench,
    )
    failed = describe_contradictions(judged.failures, suite=trial.work.suite, path=edit.path)
    if not judged.accepted:
        raise ProblemsError(
            (*judged.problems, *failed), consequence=_NOT_ADOPTED, where="what was edited"
        )
    return len(judged.results)


def refuse_untestable(trial: Trial, edit: HandEdit) -> None:
    """Refuse a specification whose tests of the component prove nothing, or are yet to be written.

    Raises:
        ProblemsError: names each.
    """
    work, suite = trial.work, trial.work.suite
    own = trial.survey.reading.index.components[edit.component].implements
    problems = [
        Problem(
            code="test-unwritten",
            message=f"{prose.ref} has no example, and a model has yet to write a test of it",
            place=prose.place,
            hint="Add an example table under it, and adopt again.",
        )
        for prose in work.prose
        if prose.ref in own
    ]
    rejected = check_red(
        suite.select(trial.target, lambda test: edit.component in test.touches),
        components=tuple(suite.components.values()),
        support=trial.target.emit_support(suite.feature),
        exempt=frozenset(unit.key for unit in suite.units if unit.exempt),
        workbench=trial.workbench,
    )
    places = {test.key: test.place for test in suite.tests}
    problems += [
        Problem(
            code="test-cannot-fail",
            message=f"this test may not judge code: {found.reason}",
            place=places[found.key],
            hint="Change the example, or what its component declares.",
        )
        for found in rejected
    ]
    if problems:
        raise ProblemsError(problems, consequence=_NOT_ADOPTED, where="the changed specification")
