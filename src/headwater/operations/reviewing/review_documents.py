"""Looking at documents for a review: what in them waits for a person, and what is new in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headwater.graph.approvals import Standing
from headwater.graph.differences import compare_meaning
from headwater.graph.drafts import drafts_path, find_last_draft, read_drafts
from headwater.graph.summary import list_documents
from headwater.operations.reviewing.review_parts import (
    list_assumptions,
    list_decisions,
    list_exceptions,
    list_questions,
    list_unconfirmed,
    list_violations,
)
from headwater.operations.reviewing.review_report import DocumentReview, FeatureReview
from headwater.operations.standing.approvals import list_differences_since, list_standings
from headwater.operations.standing.statements import (
    list_approvable,
    list_own_documents,
    read_statements,
)
from headwater.spec.read_project import CONSTITUTION_PATH
from headwater.spec.words import count_words
from headwater.workspace.files import read_file, resolve_inside
from headwater.workspace.history import read_file_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.graph.summary import FeatureSummary
    from headwater.operations.reviewing.review_parts import OpenItem
    from headwater.operations.standing.approvals import DocumentStanding
    from headwater.operations.standing.survey import Survey
    from headwater.workspace.repository import Repository


def count_review_words(repository: Repository, survey: Survey) -> dict[str, int]:
    """How many words of each native feature, by number, a person has to read."""
    reviewer = Reviewer(repository=repository, survey=survey, commit="")
    return {one.number: reviewer.review_feature(one).words for one in survey.reading.native}


@dataclass(frozen=True, kw_only=True, slots=True)
class Reviewer:
    """Looks at documents; `commit` is what they are compared with, empty for their approvals."""

    repository: Repository
    survey: Survey
    commit: str

    def review_constitution(self) -> FeatureReview:
        """The constitution, as a feature without a number."""
        known = list_approvable(self.survey.reading)
        paths = [path for path in known if path == CONSTITUTION_PATH]
        documents = tuple(self._review_documents(paths))
        return FeatureReview(number="", folder=CONSTITUTION_PATH, documents=documents)

    def review_feature(self, summary: FeatureSummary) -> FeatureReview:
        """What of one feature needs a person; nothing where that is nothing."""
        paths = list(list_own_documents(summary, self.survey.reading))
        documents = tuple(self._review_documents(paths))
        approved = {
            one.path
            for one in list_standings(self.survey, paths)
            if one.standing is Standing.APPROVED
        }
        touched = not self.commit or documents
        items = tuple(self._list_items(summary, approved)) if touched else ()
        return FeatureReview(
            number=summary.number, folder=summary.folder, items=items, documents=documents
        )

    def _review_documents(self, paths: Sequence[str]) -> Iterator[DocumentReview]:
        for standing in list_standings(self.survey, paths):
            one = self._compare(standing)
            if one.differences or one.whole:
                yield one

    def _compare(self, standing: DocumentStanding) -> DocumentReview:
        path, data = standing.path, self.survey.reading.documents[standing.path]
        document = DocumentReview(path=path, standing=standing.standing, since="")
        if self.commit:
            before = read_file_at(self.repository, self.commit, path)
            differences = compare_meaning(
                read_statements(path, before, feature=standing.feature),
                read_statements(path, data, feature=standing.feature),
            )
            return replace(document, since=self.commit[:12], differences=differences)
        if standing.standing is Standing.APPROVED:
            return document
        found = None
        if standing.standing is Standing.CHANGED:
            found = list_differences_since(self.repository, self.survey.reading, standing)
        if found is None or standing.last is None:
            return replace(document, whole=count_words(data.decode(errors="replace")))
        day = standing.last.when.partition("T")[0]
        since = f"the approval by {standing.last.by} on {day}"
        return replace(document, since=since, differences=found)

    def _list_items(self, summary: FeatureSummary, approved: set[str]) -> Iterator[OpenItem]:
        """Questions first; what stands in an approved document has been looked at."""
        feature = self.survey.reading.find_feature(summary.number)
        spec, plan = f"{summary.folder}/spec.md", f"{summary.folder}/plan.md"
        yield from list_questions(feature)
        if spec not in approved:
            yield from list_unconfirmed(feature)
        yield from list_assumptions(feature, approved=spec in approved)
        if plan not in approved and _is_drafted(self.repository, plan):
            yield from list_decisions(feature)
        for document in list_documents(feature):
            if document.source.path not in approved:
                yield from list_exceptions(feature, document.source)
        if feature.plan and plan not in approved:
            yield from list_violations(feature, feature.plan)


def _is_drafted(repository: Repository, path: str) -> bool:
    """Whether a model wrote a document first."""
    record = drafts_path(path)
    if not resolve_inside(repository.root, record).is_file():
        return False
    text = read_file(repository.root, record).decode(errors="replace")
    return find_last_draft(read_drafts(text, path=record)[0], path) is not None
