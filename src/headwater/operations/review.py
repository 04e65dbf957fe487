"""`headwater review`: only what needs a person, decisions first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headwater.operations.drafting.feature import choose_feature
from headwater.operations.reviewing.judge_articles import judge_feature
from headwater.operations.reviewing.review_documents import Reviewer
from headwater.operations.reviewing.review_report import ReviewReport
from headwater.operations.standing.survey import take_survey
from headwater.paths import matches_any
from headwater.spec.read_project import CONSTITUTION_PATH, DOCUMENT_NAMES, SPECS_FOLDER
from headwater.steps.drafting.asking import Ledger
from headwater.workspace.history import resolve_revision
from headwater.workspace.repository import open_repository
from headwater.workspace.snapshot import list_tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from headwater.graph.summary import FeatureSummary
    from headwater.operations.drafting.ports import DraftPorts
    from headwater.operations.standing.survey import Survey
    from headwater.workspace.repository import Repository


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewRequest:
    """What to review.

    Attributes:
        feature: its number, folder or slug; empty for all of which something needs a person.
        revision: compare with this commit, and not with the last approvals.
        judge: ask a model about articles that no check enforces.
        block: an article that it judges violated fails the review.
    """

    feature: str = ""
    revision: str = ""
    judge: bool = False
    block: bool = False


def review(path: Path, request: ReviewRequest, *, ports: DraftPorts) -> ReviewReport:
    """What needs a person; whatever nobody has to look at is left out.

    Raises:
        HeadwaterError: there is no such feature or revision, or a document cannot be read.
        ModelError: a model was to judge and could not be reached.
    """
    repository = open_repository(path)
    survey = take_survey(repository.root, targets=ports.targets, kept=ports.kept)
    commit = resolve_revision(repository, request.revision) if request.revision else ""
    if request.feature:
        features: Sequence[FeatureSummary] = (choose_feature(repository, survey, request.feature),)
    else:
        features = survey.reading.native
    reviewer = Reviewer(repository=repository, survey=survey, commit=commit)
    reviews = [reviewer.review_feature(one) for one in features]
    if not request.feature:
        reviews.insert(0, reviewer.review_constitution())
        reviews = [one for one in reviews if one.needs_person]
    report = ReviewReport(
        revision=commit,
        features=tuple(reviews),
        blocking=request.block,
        notes=tuple(_tell_removed(repository, survey, commit)) if commit else (),
    )
    if request.judge:
        report = _judge(report, survey, ports=ports)
    shown = tuple(one for one in report.features if one.needs_person or one.judgements)
    return replace(report, features=shown)


def _tell_removed(repository: Repository, survey: Survey, commit: str) -> Iterator[str]:
    """Documents that were there in a commit and are no longer."""
    patterns = (CONSTITUTION_PATH, *(f"{SPECS_FOLDER}/*/{name}" for name in DOCUMENT_NAMES))
    for path in list_tree(repository, commit):
        if matches_any(path, patterns) and path not in survey.reading.documents:
            yield f"{path} was removed."


def _judge(report: ReviewReport, survey: Survey, *, ports: DraftPorts) -> ReviewReport:
    constitution = survey.reading.constitution
    if constitution is None or all(one.checks for one in constitution.articles):
        note = "There is no article that only a model could judge."
        return replace(report, notes=(*report.notes, note))
    ledger = Ledger()
    features, discarded = [], 0
    with ports.open_drafter() as drafter:
        for one in report.features:
            if one.number:
                judged, lost = judge_feature(survey, one.number, drafter=drafter, ledger=ledger)
                features.append(replace(one, judgements=judged))
                discarded += lost
            else:
                features.append(one)
    notes = list(report.notes)
    if discarded:
        notes.append(
            f"Judgements discarded, since their quotes do not stand in the project: {discarded}."
        )
    return replace(
        report,
        features=tuple(features),
        notes=tuple(notes),
        models=tuple(ledger.models),
        usage=ledger.usage,
    )
