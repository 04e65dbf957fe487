"""Articles drafted from statements: a topic each, duplicates merged, all sources kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headwater.policies.left_out import Reason
from headwater.policies.measures import read_measures
from headwater.policies.proposals import merge_proposals
from headwater.policies.propose import propose_checks
from headwater.policies.statements import LeftOut
from headwater.policies.strengths import Strength
from headwater.policies.topics import Topic
from headwater.rules.consistency.clauses import simplify_words
from headwater.rules.consistency.similar import find_similar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from headwater.policies.conflicts import Conflict
    from headwater.policies.proposals import Proposal
    from headwater.policies.quotes import Quote
    from headwater.policies.statements import Statement

_SIMILARITY = 0.6


@dataclass(frozen=True, kw_only=True, slots=True)
class ClauseDraft:
    """One demand of an article, with every quote that it rests on."""

    text: str
    strength: Strength
    quotes: tuple[Quote, ...]
    proposals: tuple[Proposal, ...] = ()
    rationale: str = ""

    @property
    def words(self) -> int:
        """How many words a person reads."""
        return len(self.text.split())


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleDraft:
    """An article before it is written.

    Attributes:
        topic: what all its clauses are about.
        title: of the article.
        clauses: its principle, a clause a demand.
        rationale: why, for all clauses; empty where nobody worded one. A reason that a policy
            gives stands at its clause.
        open_questions: what a person has to settle first.
    """

    topic: Topic
    title: str
    clauses: tuple[ClauseDraft, ...]
    rationale: str = ""
    open_questions: tuple[str, ...] = ()

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """The checks that could enforce it, each once."""
        return merge_proposals(one for clause in self.clauses for one in clause.proposals)

    @property
    def strength(self) -> Strength:
        """Of its strongest clause."""
        strengths = {clause.strength for clause in self.clauses}
        return Strength.MUST if Strength.MUST in strengths else Strength.SHOULD


def draft_articles(
    statements: Sequence[Statement], conflicts: Sequence[Conflict]
) -> tuple[ArticleDraft, ...]:
    """One article for each topic that statements are about.

    A statement that conflicts with another proposes no check until a person has settled it; a
    setting of the repository is left out where a policy speaks of the same.
    """
    kept = list(_drop_settled_facts(statements))
    clauses: dict[Topic, list[ClauseDraft]] = {}
    for group in _group(kept):
        clauses.setdefault(group[0].topic, []).append(_make_clause(group, conflicts))
    return tuple(
        ArticleDraft(
            topic=topic,
            title=topic.value,
            clauses=tuple(clauses[topic]),
            open_questions=tuple(_ask(topic, conflicts)),
        )
        for topic in Topic
        if topic in clauses
    )


def fit_budget(
    articles: Iterable[ArticleDraft], *, words: int
) -> tuple[tuple[ArticleDraft, ...], tuple[LeftOut, ...]]:
    """The articles in at most so many words: advice that nothing checks goes first, from the end.

    Demands stay, however long they are: a person shortens those.
    """
    articles = list(articles)
    left: list[LeftOut] = []
    excess = sum(clause.words for one in articles for clause in one.clauses) - words
    for number, article in reversed(list(enumerate(articles))):
        kept = list(article.clauses)
        for clause in reversed(article.clauses):
            if excess > 0 and clause.strength is Strength.SHOULD and not clause.proposals:
                kept.remove(clause)
                excess -= clause.words
                left += [LeftOut(quote=quote, reason=Reason.LENGTH) for quote in clause.quotes]
        articles[number] = replace(article, clauses=tuple(kept))
    return tuple(one for one in articles if one.clauses), tuple(reversed(left))


def _drop_settled_facts(statements: Sequence[Statement]) -> Iterator[Statement]:
    policies = [one for one in statements if not one.is_fact]
    measured = {measure.name for one in policies for measure in read_measures(one.clause)}
    listed = any(one.libraries for one in policies)
    for statement in statements:
        same = {measure.name for measure in read_measures(statement.clause)} & measured
        declares = any(one.check == "dependencies.allowed" for one in statement.proposals)
        if not statement.is_fact or not (same or (listed and declares)):
            yield statement


def _group(statements: Sequence[Statement]) -> list[list[Statement]]:
    """Statements that say the same, in the order of the first of each group."""
    same: dict[tuple[str, bool], list[Statement]] = {}
    for statement in statements:
        same.setdefault((statement.clause, statement.is_fact), []).append(statement)
    groups = list(same.values())
    sets = [frozenset((word, "") for word in simplify_words(one[0].clause)) for one in groups]
    leaders = list(range(len(groups)))
    for one, other in find_similar(sets, similarity=_SIMILARITY):
        if _say_the_same(groups[one][0], groups[other][0]) and leaders[other] == other:
            leaders[other] = leaders[one]
    joined: dict[int, list[Statement]] = {}
    for number, leader in enumerate(leaders):
        joined.setdefault(leader, []).extend(groups[number])
    return list(joined.values())


def _say_the_same(one: Statement, other: Statement) -> bool:
    """Another number, name or direction makes another statement of the same words."""
    return (
        one.demand.negative == other.demand.negative
        and not (one.libraries or other.libraries)
        and _list_marks(one.clause) == _list_marks(other.clause)
    )


def _list_marks(text: str) -> list[str]:
    return sorted(re.findall(r"\d[\d.]*|`[^`]+`", text))


def _make_clause(group: Sequence[Statement], conflicts: Sequence[Conflict]) -> ClauseDraft:
    strongest = min(group, key=lambda one: (one.is_fact, one.demand.strength is Strength.SHOULD))
    doubtful = any(_is_doubtful(one, conflicts) for one in group)
    return ClauseDraft(
        text=strongest.clause,
        strength=strongest.demand.strength,
        quotes=tuple(dict.fromkeys(one.quote for one in (strongest, *group))),
        proposals=() if doubtful else propose_checks(strongest),
        rationale=next((one.rationale for one in group if one.rationale), ""),
    )


def _is_doubtful(statement: Statement, conflicts: Sequence[Conflict]) -> bool:
    """Whether a policy says otherwise; against a mere setting a policy stands."""
    for conflict in conflicts:
        pair = (conflict.one, conflict.other)
        other = [one for one in pair if one.quote != statement.quote]
        if statement in pair and (statement.is_fact or not all(one.is_fact for one in other)):
            return True
    return False


def _ask(topic: Topic, conflicts: Iterable[Conflict]) -> Iterator[str]:
    for conflict in conflicts:
        if topic in {conflict.one.topic, conflict.other.topic} and not conflict.with_setting:
            one, other = conflict.one.quote.passage, conflict.other.quote.passage
            yield f"{conflict.about}: {one} and {other} disagree; keep one of the two."
