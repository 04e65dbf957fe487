"""From a drafted constitution to the report of it."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

from headwater.operations.constitution.constitution_report import (
    ConstitutionReport,
    DraftedArticle,
    QuotedWords,
    ReadPolicy,
    ReportedConflict,
    ReportedLeftOut,
)
from headwater.policies.quotes import DIGEST_LENGTH
from headwater.policies.versions import read_version
from headwater.spec.read_project import CONSTITUTION_PATH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.operations.constitution.gather_policies import GatheredPolicies
    from headwater.policies.articles import ArticleDraft
    from headwater.policies.conflicts import Conflict
    from headwater.policies.quotes import Quote
    from headwater.policies.research import Research
    from headwater.policies.revisions import Revision
    from headwater.steps.drafting.asking import Ledger


def describe_constitution(
    before: bytes,
    data: bytes,
    *,
    commit: str,
    gathered: GatheredPolicies,
    research: Research,
    articles: Sequence[ArticleDraft],
    conflicts: Sequence[Conflict],
    revision: Revision,
    ledger: Ledger,
) -> ConstitutionReport:
    """The report.

    Args:
        before: the constitution as it was; empty where there was none.
        data: as it is now, or would be.
        commit: that holds it; empty where nothing was written.
        gathered: the files.
        research: what they say.
        articles: what they come to.
        conflicts: those that nobody has settled.
        revision: what is changed.
        ledger: what giving reasons cost.
    """
    return ConstitutionReport(
        path=CONSTITUTION_PATH,
        changed=data != before,
        commit=commit,
        before=read_version(before),
        version=read_version(data),
        words=sum(clause.words for article in articles for clause in article.clauses),
        policies=tuple(_list_policies(gathered, research)),
        articles=tuple(_describe(article) for article in articles),
        changes=revision.changes,
        conflicts=tuple(
            ReportedConflict(
                about=one.about,
                one=_quote(one.one.quote),
                other=_quote(one.other.quote),
                with_setting=one.with_setting,
            )
            for one in conflicts
        ),
        left_out=tuple(
            ReportedLeftOut(words=_quote(one.quote), reason=one.reason) for one in research.left_out
        ),
        problems=(*research.problems, *gathered.problems),
        models=tuple(ledger.models),
        usage=ledger.usage,
        refused=ledger.refused,
    )


def _list_policies(gathered: GatheredPolicies, research: Research) -> Iterator[ReadPolicy]:
    counts = Counter(one.quote.passage.path for one in research.statements)
    for path, data in (gathered.policies | gathered.settings).items():
        yield ReadPolicy(
            path=path,
            digest=sha256(data).hexdigest()[:DIGEST_LENGTH],
            statements=counts[path],
            setting=path in gathered.settings,
            outside=path.startswith("../"),
        )


def _describe(article: ArticleDraft) -> DraftedArticle:
    return DraftedArticle(
        title=article.title,
        clauses=len(article.clauses),
        checks=tuple(proposal.render() for proposal in article.proposals),
    )


def _quote(quote: Quote) -> QuotedWords:
    return QuotedWords(text=quote.text, passage=quote.passage)
