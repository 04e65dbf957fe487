"""What a review shows: only what needs a person, and how much of it there is to read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.graph.word_changes import compare_words
from headwater.llm.interface import Usage
from headwater.spec.words import count_words
from headwater.steps.review.judgement import Verdict

if TYPE_CHECKING:
    from headwater.graph.approvals import Standing
    from headwater.graph.differences import Difference
    from headwater.operations.reviewing.review_parts import OpenItem
    from headwater.steps.review.judgement import Judgement


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentReview:
    """A document that says something which nobody has approved.

    Attributes:
        path: where it is, or was.
        standing: how it stands with its approvals.
        since: what it is compared with: `Ada's approval of 2026-11-22`, or a commit; empty where
            there is nothing to compare with and the document has to be read whole.
        differences: what it says differently since then.
        whole: words of a document that has to be read whole; 0 where differences do.
    """

    path: str
    standing: Standing
    since: str
    differences: tuple[Difference, ...] = ()
    whole: int = 0

    @property
    def words(self) -> int:
        """How many words a person has to read."""
        return self.whole + sum(map(count_difference, self.differences))


@dataclass(frozen=True, kw_only=True, slots=True)
class FeatureReview:
    """What of one feature needs a person, decisions first.

    Attributes:
        number: of the feature; empty for the constitution.
        folder: where it is.
        items: open questions, then what a model decided alone.
        documents: those that say something which nobody has approved.
        judgements: what a model says of articles that no check enforces; advice, never a finding.
    """

    number: str
    folder: str
    items: tuple[OpenItem, ...] = ()
    documents: tuple[DocumentReview, ...] = ()
    judgements: tuple[Judgement, ...] = ()

    @property
    def words(self) -> int:
        """How many words a person has to read."""
        asked = sum(count_words(item.text) for item in self.items)
        return asked + sum(document.words for document in self.documents)

    @property
    def needs_person(self) -> bool:
        """Whether anything waits."""
        return bool(self.items or self.documents or self.violated)

    @property
    def violated(self) -> tuple[Judgement, ...]:
        """Articles that a model judges violated."""
        return tuple(one for one in self.judgements if one.verdict is Verdict.VIOLATED)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewReport:
    """A review.

    Attributes:
        revision: the commit that documents are compared with; empty for their last approvals.
        features: those of which something needs a person, and the constitution where it does.
        blocking: whether an article that a model judges violated gives exit code 1.
        notes: what else a person should know, a sentence each.
        models, usage: who judged, and at what cost.
    """

    revision: str
    features: tuple[FeatureReview, ...]
    blocking: bool = False
    notes: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    usage: Usage = field(default_factory=Usage)

    @property
    def words(self) -> int:
        """How many words a person has to read."""
        return sum(feature.words for feature in self.features)

    @property
    def needs_person(self) -> bool:
        """Whether anything waits."""
        return any(feature.needs_person for feature in self.features)

    @property
    def blocked(self) -> bool:
        """Whether settings make a judged violation a failure, and there is one."""
        return self.blocking and any(feature.violated for feature in self.features)


def count_difference(difference: Difference) -> int:
    """Words to read to see one difference: what is new, gone, and around it."""
    if difference.before and difference.now:
        pieces = compare_words(difference.before, difference.now)
        return count_words(difference.key) + sum(count_words(piece.text) for piece in pieces)
    return count_words(difference.key) + count_words(difference.before or difference.now)
