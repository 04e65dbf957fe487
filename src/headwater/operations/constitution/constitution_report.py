"""What `constitution` reports: what was drafted from what, and what a person has to settle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.spec.model import Severity

if TYPE_CHECKING:
    from headwater.llm.interface import Usage
    from headwater.policies.left_out import Reason
    from headwater.policies.revisions import ClauseChange
    from headwater.spec.article_sources import Passage
    from headwater.spec.model import Problem


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadPolicy:
    """A file that was read.

    Attributes:
        path: relative to the repository.
        digest: of its bytes.
        statements: how many it has.
        setting: whether it was read for facts of the repository, and not as a policy.
        outside: whether it lies outside the repository.
    """

    path: str
    digest: str
    statements: int
    setting: bool
    outside: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftedArticle:
    """An article as the policies give it, whether or not it is in the constitution already."""

    title: str
    clauses: int
    checks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class QuotedWords:
    """Exact words of a policy, with their place."""

    text: str
    passage: Passage


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportedConflict:
    """Two statements that disagree, for a person to settle.

    Attributes:
        about: what they disagree on.
        one, other: in the order of the policies.
        with_setting: whether one is a setting of the repository, which is laxer than the policy.
    """

    about: str
    one: QuotedWords
    other: QuotedWords
    with_setting: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportedLeftOut:
    """Words of obligation that are in no article, and why."""

    words: QuotedWords
    reason: Reason


@dataclass(frozen=True, kw_only=True, slots=True)
class ConstitutionReport:
    """What became of the constitution.

    Attributes:
        path: of the constitution.
        changed: whether it is another now, or would be.
        commit: that holds it; empty where nothing was written.
        before: its version before; empty for a new one.
        version: its version now.
        words: how many words its clauses have, for a person to read.
        policies: what was read, by path.
        articles: what the policies come to.
        changes: what that changes, clause by clause.
        conflicts: what a person has to settle.
        left_out: words of obligation that no article takes up.
        problems: files, or parts, that cannot be read.
        models: that gave reasons; empty where none was asked.
        usage, refused: what that cost, and how many answers did not fit.
    """

    path: str
    changed: bool
    commit: str
    before: str
    version: str
    words: int
    policies: tuple[ReadPolicy, ...]
    articles: tuple[DraftedArticle, ...]
    changes: tuple[ClauseChange, ...]
    conflicts: tuple[ReportedConflict, ...]
    left_out: tuple[ReportedLeftOut, ...]
    problems: tuple[Problem, ...]
    models: tuple[str, ...]
    usage: Usage
    refused: int

    @property
    def settled(self) -> bool:
        """Whether nothing waits for a person: no conflict, and no policy that cannot be read."""
        errors = (one for one in self.problems if one.severity is Severity.ERROR)
        return not self.conflicts and not any(errors)
