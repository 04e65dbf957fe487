"""What every check of an article looks like, and what may be wrong with how it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.graph.facts import CodeFacts
    from headwater.spec.model import ArticleCheck, Problem


class Rule(Protocol):
    """One check that an article can enforce, by facts about derived code alone.

    A check that is asked for wrongly (`read_arguments`, placed in the constitution) is another
    thing than code that breaks it (`check`, placed in the code). `check` and `render` are only
    called with arguments that have no problem.
    """

    @property
    def name(self) -> str:
        """What articles call it: `imports.forbidden`."""
        ...

    def read_arguments(self, check: ArticleCheck) -> Sequence[Problem]:
        """What is wrong with the arguments: one missing, of another type, or unknown."""
        ...

    def check(self, facts: CodeFacts, *, check: ArticleCheck, article: str) -> Sequence[Problem]:
        """Where a file breaks the check, for the article with the id `article`."""
        ...

    def render(self, check: ArticleCheck) -> str:
        """The constraint as a short clause that a prompt can quote."""
        ...
