"""`headwater plan`: from a spec to a plan that every example of it fits."""

from __future__ import annotations

import re
from collections.abc import Mapping  # noqa: TC003  # a default is made of it
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from headwater.errors import UsageError
from headwater.operations.drafting.earlier import report_unchanged
from headwater.operations.drafting.feature import choose_feature
from headwater.operations.drafting.last_draft import (
    find_unchanged,
    read_last_draft,
    refuse_handwritten,
)
from headwater.operations.drafting.plan_refusals import (
    refuse_broken_articles,
    refuse_unfitting,
    refuse_unknown_articles,
    refuse_unsound_constitution,
    refuse_unsound_spec,
    require_spec,
)
from headwater.operations.drafting.plan_work import (
    find_plan_work,
    keep_standing,
    list_standing_exceptions,
    try_with_edits,
)
from headwater.operations.drafting.publish import Draft, publish_draft, refuse_uncommitted
from headwater.operations.standing.survey import take_survey
from headwater.spec.ids import qualify, split_ref
from headwater.spec.read_project import CONSTITUTION_PATH
from headwater.steps.plan.before import read_before
from headwater.steps.plan.draft import PlanBrief, draft_plan
from headwater.steps.plan.kept import Kept
from headwater.steps.plan.packages import find_nothing
from headwater.steps.plan.side_documents import write_side_documents
from headwater.steps.prompting import template_version
from headwater.workspace.repository import open_repository, read_head
from headwater.workspace.snapshot import list_tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from headwater.operations.drafting.plan_work import PlanWork
    from headwater.operations.drafting.ports import DraftPorts
    from headwater.operations.drafting.report import DraftReport
    from headwater.operations.standing.survey import Survey
    from headwater.spec.model import Feature
    from headwater.steps.drafting.drafter import Drafter
    from headwater.steps.plan.before import Before
    from headwater.steps.plan.draft import DraftedPlan
    from headwater.targets.interface import Target
    from headwater.workspace.repository import Repository

_STEP = "plan"
_NOTHING = "Nothing is suspect and nothing is missing. `--again` drafts all of it anew."


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanRequest:
    """What is asked for.

    Attributes:
        feature: number, folder or slug; empty for the branch's own.
        allow_open: plan in spite of open questions.
        exceptions: article to why the plan may break it.
        again: draft all of it, whatever has changed since the last draft.
    """

    feature: str = ""
    allow_open: bool = False
    exceptions: Mapping[str, str] = field(default_factory=dict)
    again: bool = False


def plan(root: Path, request: PlanRequest, *, ports: DraftPorts) -> DraftReport:
    """Draft the plan of a feature on the branch that is checked out, and commit it.

    Of a plan that was drafted before, what is suspect, missing, or fits no example any more is
    drafted again, and all else keeps its bytes.

    Raises:
        ProblemsError: the spec holds errors or open questions, or the plan would break an article.
        DraftError: no model gave what a plan cannot do without.
        ModelError: a model could not be reached.
        MergeConflictError: the new draft disagrees with what a person changed.
        HeadwaterError: there is no such feature, or its plan was written by hand.
    """
    repository = open_repository(root)
    survey = take_survey(repository.root, targets=ports.targets, kept=ports.kept)
    summary = choose_feature(repository, survey, request.feature)
    feature = survey.reading.find_feature(summary.number)
    _refuse(repository, survey, feature, request=request, ports=ports)
    work = None if request.again else find_plan_work(survey, feature, kept=ports.kept)
    sources = _list_sources(feature, survey, request, ports)
    standing = _find_standing(repository, feature, request, work, sources, ports=ports)
    if standing:
        return standing
    last = read_last_draft(repository, _plan_path(feature), step=_STEP)
    brief = _make_brief(repository, survey, feature, last, request=request, work=work, ports=ports)
    with ports.open_drafter() as drafter:
        brief, drafted = _draft(brief, last, drafter=drafter)
        parameters = {"seed": str(drafter.seed)}
    refuse_broken_articles(drafted.trial.articles, brief.exceptions)
    refuse_unfitting(drafted.trial.problems)
    draft = replace(
        _describe(brief, drafted, request, work),
        template=template_version(_STEP),
        parameters=parameters,
        sources=sources,
        budgets={_plan_path(feature): ports.drafting.plan_words},
    )
    return publish_draft(repository, draft, ports=ports)


def _find_standing(
    repository: Repository,
    feature: Feature,
    request: PlanRequest,
    work: PlanWork | None,
    sources: Mapping[str, str],
    *,
    ports: DraftPorts,
) -> DraftReport | None:
    """The report of a plan that stands as it is; None where something has to be drafted."""
    path, budget = _plan_path(feature), ports.drafting.plan_words
    if request.again:
        return None
    if work is None:
        template = template_version(_STEP)
        return find_unchanged(
            repository, {path: budget}, step=_STEP, template=template, sources=sources
        )
    if work or request.exceptions:
        return None
    return report_unchanged(repository, path, budget=budget, notes=(_NOTHING,))


def _draft(
    brief: PlanBrief, last: bytes | None, *, drafter: Drafter
) -> tuple[PlanBrief, DraftedPlan]:
    """A plan, and what it was drafted from: all of it where examples fit no part alone."""
    drafted = try_with_edits(brief, draft_plan(brief, drafter=drafter), last=last)
    if brief.kept.is_partial and (drafted.trial.problems or drafted.trial.misfits):
        brief = replace(brief, kept=Kept())
        drafted = draft_plan(brief, drafter=drafter)
    return brief, drafted


def _refuse(
    repository: Repository,
    survey: Survey,
    feature: Feature,
    *,
    request: PlanRequest,
    ports: DraftPorts,
) -> None:
    """Refuse what would come to nothing, before a model is asked."""
    refuse_unsound_constitution(survey.reading.constitution)
    refuse_unknown_articles(request.exceptions, survey.reading.constitution)
    refuse_unsound_spec(feature, settings=ports.rules, allow_open=request.allow_open)
    refuse_handwritten(repository, _plan_path(feature))
    refuse_uncommitted(repository, (f"{feature.folder}/*.md", CONSTITUTION_PATH))


def _describe(
    brief: PlanBrief, drafted: DraftedPlan, request: PlanRequest, work: PlanWork | None
) -> Draft:
    """What is published."""
    feature, ledger = brief.feature, drafted.ledger
    documents = {_plan_path(feature): drafted.text.encode()}
    return Draft(
        step=_STEP,
        documents=documents | write_side_documents(brief, drafted),
        items=[qualify(one, feature=feature.number) for one in drafted.items],
        subject=f"Plan {feature.slug or feature.number}",
        refs=(feature.number,),
        models=tuple(ledger.models),
        usage=ledger.usage,
        refused=ledger.refused,
        notes=(
            *drafted.notes,
            *_note_again(brief, drafted, work),
            *_note_exceptions(drafted, request),
        ),
    )


def _plan_path(feature: Feature) -> str:
    return f"{feature.folder}/plan.md"


def _list_sources(
    feature: Feature, survey: Survey, request: PlanRequest, ports: DraftPorts
) -> dict[str, str]:
    """What a plan follows from, by a name that a person understands, to its digest."""
    spec, constitution = require_spec(feature), survey.reading.constitution
    data = {"spec.md": spec.source.data}
    if constitution:
        data["constitution.md"] = constitution.source.data
    if feature.research:
        data["research.md"] = feature.research.source.data
    if request.exceptions:
        data["exceptions"] = repr(sorted(request.exceptions.items())).encode()
    data["settings"] = repr(ports.planning).encode()
    return {name: sha256(content).hexdigest() for name, content in data.items()}


def _make_brief(
    repository: Repository,
    survey: Survey,
    feature: Feature,
    last: bytes | None,
    *,
    request: PlanRequest,
    work: PlanWork | None,
    ports: DraftPorts,
) -> PlanBrief:
    reading, target, path = survey.reading, _choose_target(feature, ports), _plan_path(feature)
    before = read_before(path, last, target=target)
    others = tuple(one for one in reading.summaries.values() if one.number != feature.number)
    planned = {file for one in others for part in one.components for file in part.files}
    return PlanBrief(
        feature=feature,
        constitution=reading.constitution,
        others=others,
        target=target,
        package=_choose_package(feature, before, planned),
        before=before,
        today=ports.today.isoformat(),
        taken=frozenset(planned | _list_others_files(repository, survey, feature)),
        exceptions={**list_standing_exceptions(feature, work), **request.exceptions},
        find_facts=ports.find_facts if ports.planning.package_facts else find_nothing,
        load=reading.load_component,
        decisions=ports.planning.decisions,
        kept=keep_standing(path, last, work),
    )


def _list_others_files(repository: Repository, survey: Survey, feature: Feature) -> set[str]:
    """Every file there is that was not derived for the feature."""
    own = {
        file.path
        for ref, record in survey.lock.records.items()
        if split_ref(ref)[0] == feature.number
        for file in record.files
    }
    return list_tree(repository, read_head(repository)).keys() - own


def _choose_target(feature: Feature, ports: DraftPorts) -> Target:
    context = feature.plan.context if feature.plan else None
    name = context.target if context and context.target else ports.planning.target
    if name not in ports.targets:
        raise UsageError(
            f"plan.target is {name!r}, which nothing can be derived for",
            hint=f"There are: {', '.join(sorted(ports.targets))}.",
        )
    return ports.targets[name]


def _choose_package(feature: Feature, before: Before, planned: set[str]) -> str:
    """Where the draft before put its files; else the one package of all plans, else a new one."""
    found = [re.match(r"src/(\w+)/", path) for path in (*before.files.values(), *sorted(planned))]
    packages = list(dict.fromkeys(one[1] for one in found if one))
    if packages and (before.files or len(packages) == 1):
        return packages[0]
    return feature.slug or feature.number


def _note_again(brief: PlanBrief, drafted: DraftedPlan, work: PlanWork | None) -> Iterator[str]:
    if work is None:
        return
    if not brief.kept.is_partial:
        yield "The examples fit no plan of which only a part is another, so all of it was drafted."
    elif drafted.items:
        yield f"Drafted again: {', '.join(drafted.items)}; all else is as it was."


def _note_exceptions(drafted: DraftedPlan, request: PlanRequest) -> list[str]:
    broken = {article.id for article in drafted.trial.articles if article.broken}
    return [
        f"The plan breaks article {article} with your exception; the build still holds code to it."
        if article in broken
        else f"No exception from article {article} is needed: the plan keeps it."
        for article in request.exceptions
    ]
