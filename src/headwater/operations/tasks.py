"""`headwater tasks`: from a plan to a task list, without a model."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.index import ItemKind
from headwater.operations.building.refusals import ProblemsError
from headwater.operations.checking.suspect_items import find_suspect_items
from headwater.operations.drafting.earlier import report_unchanged
from headwater.operations.drafting.feature import choose_feature
from headwater.operations.drafting.last_draft import read_last_draft, read_text, refuse_handwritten
from headwater.operations.drafting.publish import Draft, publish_draft, refuse_uncommitted
from headwater.operations.standing.survey import take_survey
from headwater.spec.ids import qualify, split_ref
from headwater.spec.model import Severity
from headwater.spec.ref_lists import split_list
from headwater.steps.tasks.draft import TaskBrief, draft_tasks
from headwater.steps.tasks.estimate import Estimator
from headwater.steps.tasks.ids import TaskIds, carry_ticks
from headwater.steps.tasks.keep import keep_tasks, list_again, list_ids
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.operations.drafting.ports import DraftPorts
    from headwater.operations.drafting.report import DraftReport
    from headwater.operations.standing.survey import Survey
    from headwater.spec.model import Feature, Plan, Spec
    from headwater.targets.interface import Target
    from headwater.workspace.repository import Repository

_STEP = "tasks"
_NOTHING = "Nothing is suspect and nothing is missing. `--again` lays all of it out anew."


@dataclass(frozen=True, kw_only=True, slots=True)
class _Planned:
    """A feature that tasks can be drafted for."""

    feature: Feature
    spec: Spec
    plan: Plan
    target: Target


def tasks(root: Path, feature: str, *, ports: DraftPorts, again: bool = False) -> DraftReport:
    """Draft the tasks of a feature on the branch that is checked out, and commit them.

    Of a list that was drafted before, suspect and missing tasks are drafted again, those go whose
    component is gone, and all others keep their bytes.

    Args:
        root: a folder of the repository.
        feature: number, folder or slug; empty for the branch's own.
        ports: what wiring provides; no model is opened.
        again: draft all of the list, whatever has changed since the last draft.

    Raises:
        ProblemsError: the plan holds errors.
        MergeConflictError: the new draft disagrees with what a person changed.
        HeadwaterError: there is no such feature, it has no plan, or its tasks were written by hand.
    """
    repository = open_repository(root)
    survey = take_survey(repository.root, targets=ports.targets, kept=ports.kept)
    summary = choose_feature(repository, survey, feature)
    planned = _require_plan(survey, survey.reading.find_feature(summary.number))
    path = f"{summary.folder}/tasks.md"
    refuse_handwritten(repository, path)
    refuse_uncommitted(repository, (f"{summary.folder}/*.md",))
    before = None if again else _find_standing(repository, survey, summary.number, path)
    drafted = _draft(repository, survey, planned, path)
    items = list_ids(drafted)
    if before is not None:
        items = list_again(drafted, before, suspect=_list_suspects(survey, planned, ports))
        drafted = keep_tasks(drafted, before, again=items)
        if not items and list_ids(drafted) == list_ids(before):
            budget = ports.drafting.tasks_words
            return report_unchanged(repository, path, budget=budget, notes=(_NOTHING,))
    draft = Draft(
        step=_STEP,
        documents={path: drafted.encode()},
        items=[qualify(one, feature=summary.number) for one in items],
        subject=f"Lay out the tasks of {summary.slug or summary.number}",
        refs=(summary.number,),
        budgets={path: ports.drafting.tasks_words},
        sources={
            "spec.md": sha256(planned.spec.source.data).hexdigest(),
            "plan.md": sha256(planned.plan.source.data).hexdigest(),
        },
        carry=carry_ticks,
    )
    return publish_draft(repository, draft, ports=ports)


def _list_suspects(survey: Survey, planned: _Planned, ports: DraftPorts) -> frozenset[str]:
    """The ids of all that is suspect in the feature."""
    found = find_suspect_items(survey, feature=planned.feature.number, kept=ports.kept)
    return frozenset(split_ref(one.ref)[1] for one in found)


def _find_standing(repository: Repository, survey: Survey, number: str, path: str) -> str | None:
    """The last draft of a task list; None where nothing says what its tasks were drafted from."""
    items = survey.reading.index.items
    tasks = (ref for ref in survey.lock.bases if ref in items and split_ref(ref)[0] == number)
    if not any(items[ref].kind is ItemKind.TASK for ref in tasks):
        return None
    last = read_last_draft(repository, path, step=_STEP)
    return last.decode() if last is not None else None


def _require_plan(survey: Survey, feature: Feature) -> _Planned:
    plan, target = feature.plan, survey.reading.target_of(feature)
    if feature.spec is None or plan is None or not plan.components:
        raise HeadwaterError(
            f"{feature.folder} has no plan with components to make tasks of",
            hint="Draft it first: `headwater plan`.",
        )
    errors = [
        problem
        for problem in survey.reading.problems
        if problem.severity is Severity.ERROR and problem.place.path == plan.source.path
    ]
    if errors:
        raise ProblemsError(errors, consequence="no tasks were drafted")
    assert target is not None, "a plan without a known target is an error"
    return _Planned(feature=feature, spec=feature.spec, plan=plan, target=target)


def _draft(repository: Repository, survey: Survey, planned: _Planned, path: str) -> str:
    context = planned.plan.context
    fields = context.fields if context else {}
    return draft_tasks(
        TaskBrief(
            spec=planned.spec,
            plan=planned.plan,
            test_files=_find_test_files(survey, planned),
            dependencies=split_list(
                next((v for name, v in fields.items() if "dependenc" in name.lower()), "")
            ),
            estimator=_make_estimator(survey, planned),
            ids=TaskIds(
                read_last_draft(repository, path, step=_STEP),
                read_text(repository, path).encode() or None,
            ),
        )
    )


def _find_test_files(survey: Survey, planned: _Planned) -> dict[str, str]:
    """A component has a file of its own where tests touch it alone, else the feature's."""
    number = planned.feature.number
    name = planned.feature.folder.rpartition("/")[2]
    units = survey.reading.units[number]
    owners, shown = {unit.owner for unit in units}, {unit.ref for unit in units}
    files = {}
    for component in planned.plan.components:
        prose = any(f"{number}/{ref}" not in shown for ref in component.implements)
        own = f"{number}/{component.id}" in owners or prose
        files[component.id] = planned.target.test_path(name, component.id if own else "")
    return files


def _make_estimator(survey: Survey, planned: _Planned) -> Estimator:
    number = planned.feature.number
    interfaces = survey.reading.load(number).interfaces
    measured = {}
    for ref, record in survey.lock.records.items():
        tokens = record.generator.input_tokens + record.generator.output_tokens
        if ref.startswith(f"{number}/") and tokens:
            measured[ref.rpartition("/")[2]] = tokens
    return Estimator(
        spec=planned.spec,
        components={one.id: one for one in planned.plan.components},
        interfaces={ref.rpartition("/")[2]: one for ref, one in interfaces.items()},
        measured=measured,
    )
