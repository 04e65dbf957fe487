"""The articles that derived code must keep, and where a candidate breaks one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from headwater.graph.facts import Coverage
from headwater.rules.articles.apply import check_articles, list_needs
from headwater.rules.articles.evidence import Evidence
from headwater.rules.articles.interface import ABOUT_CODE, Need
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from headwater.spec.model import Constitution, Problem
    from headwater.steps.deriving.workbench import Workbench


_NEVER_RUN = Coverage(statements=1, missed=(1,))


@dataclass(frozen=True, kw_only=True, slots=True)
class Law:
    """The constitution, and what is known besides the code that is judged by it.

    Attributes:
        constitution: None where there is none.
        evidence: names of own modules, and what plans declare.
    """

    constitution: Constitution | None = None
    evidence: Evidence = field(default_factory=Evidence)

    @property
    def measures(self) -> bool:
        """Whether an article asks how much of the code tests run."""
        return Need.COVERAGE in list_needs(self.constitution)


def find_breaches(
    judged: Mapping[str, str], *, law: Law, files: Mapping[str, str], workbench: Workbench
) -> tuple[Problem, ...]:
    """Where code breaks an article that is enforced as an error.

    Args:
        judged: the files that are judged, path to text.
        law: what they must keep.
        files: other derived files that they may import, path to text.
        workbench: reads the facts, and runs the scanner where an article asks for it.
    """
    needs = list_needs(law.constitution)
    if law.constitution is None or needs.isdisjoint(ABOUT_CODE) or not judged:
        return ()
    target = workbench.target
    evidence = replace(
        law.evidence,
        judged=frozenset(judged),
        code={
            **law.evidence.code,
            **{
                path: target.read_facts(text, path=path)
                for path, text in {**files, **judged}.items()
            },
        },
        texts=judged,
        scan=workbench.scan(judged) if Need.SCAN in needs else None,
    )
    return _keep_errors(check_articles(law.constitution, evidence))


def find_uncovered(
    coverage: Mapping[str, Coverage], *, law: Law, measured: Iterable[str]
) -> tuple[Problem, ...]:
    """Where tests run too little of the code, as an article says that is enforced as an error.

    Args:
        coverage: what was seen, by path.
        law: what says how much must be run.
        measured: the files that were to be measured; one that was not seen counts as never run.
    """
    if law.constitution is None:
        return ()
    seen = {path: coverage.get(path, _NEVER_RUN) for path in measured}
    return _keep_errors(check_articles(law.constitution, Evidence(coverage=seen)))


def _keep_errors(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)
