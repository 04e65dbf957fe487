"""From the files of a company and a repository to the articles that they come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.policies.facts import find_facts
from headwater.policies.read_policy import read_policy
from headwater.policies.statements import find_statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.policies.interface import PolicyText
    from headwater.policies.statements import LeftOut, Statement
    from headwater.spec.model import Problem


@dataclass(frozen=True, kw_only=True, slots=True)
class Research:
    """What files say.

    Attributes:
        texts: of every file, by path.
        statements: in the order of files and of their text; facts come last.
        left_out: what looks like a statement and is none.
    """

    texts: Mapping[str, PolicyText]
    statements: tuple[Statement, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def problems(self) -> Iterator[Problem]:
        """Why files, or parts of them, cannot be read."""
        return (problem for text in self.texts.values() for problem in text.problems)

    @property
    def quotes(self) -> frozenset[tuple[str, str]]:
        """Every statement, by path and digest."""
        return frozenset((one.quote.passage.path, one.quote.digest) for one in self.statements)


def research_policies(policies: Mapping[str, bytes], settings: Mapping[str, bytes]) -> Research:
    """Read policies for what they demand, and a repository's own files for facts.

    Args:
        policies: bytes by path.
        settings: likewise.
    """
    texts = {path: read_policy(path, data) for path, data in policies.items()}
    own = {path: read_policy(path, data) for path, data in settings.items()}
    found = [find_statements(text) for text in texts.values()]
    facts = [fact for text in (*texts.values(), *own.values()) for fact in find_facts(text)]
    return Research(
        texts=texts | own,
        statements=(*(one for each in found for one in each.statements), *facts),
        left_out=tuple(one for each in found for one in each.left_out),
    )
