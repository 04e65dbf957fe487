"""`plan-breaks-article`: a plan that cannot be derived without breaking an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.paths import matches_glob
from headwater.rules.articles.apply import check_constitution
from headwater.rules.articles.arguments import read_names
from headwater.rules.articles.registry import RULES as ARTICLE_CHECKS
from headwater.rules.interface import Finding, Rule
from headwater.rules.tracing.sample import PLAN
from headwater.spec.model import Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import ProjectSubject
    from headwater.rules.summary import FeatureSummary
    from headwater.spec.model import Article, ArticleCheck

_EVERYWHERE = ("**", "**/*", "")


def find_broken_by_plans(subject: ProjectSubject) -> Iterator[Finding]:
    """Where interface blocks and dependencies break what an article enforces as an error.

    Interfaces are taken into the code as they are, so that every candidate for the component would
    break the article too.
    """
    constitution = subject.project.constitution
    if constitution is None or check_constitution(constitution):
        return  # a check that is asked for wrongly is an error already
    for article in constitution.articles:
        for check in article.checks:
            if check.severity is Severity.ERROR:
                yield from _check_interfaces(article, check, subject)
                for summary in subject.summaries:
                    yield from _check_dependencies(article, check, summary, subject)


def _check_interfaces(
    article: Article, check: ArticleCheck, subject: ProjectSubject
) -> Iterator[Finding]:
    for ref, facts in subject.facts.items():
        block = subject.index.components[ref].component.interface_place
        if not matches_glob(facts.path, check.scope):
            continue
        for found in ARTICLE_CHECKS[check.check].check(facts, check=check, article=article.id):
            what = found.message.rpartition(" (")[0]
            yield Finding(
                place=Place(path=block.path, line=block.line + found.place.line - 1),
                message=f"{what}, which the interface of {ref} needs",
                hint=f"Plan without it, or change article {article.id} at {check.place}.",
            )


def _check_dependencies(
    article: Article, check: ArticleCheck, summary: FeatureSummary, subject: ProjectSubject
) -> Iterator[Finding]:
    """A package may serve files out of the article's scope, unless it covers all of the plan's."""
    if check.check != "imports.forbidden" or not _covers_plan(check, summary.number, subject):
        return
    forbidden = {module.partition(".")[0].lower() for module in read_names(check, "modules")}
    for dependency in summary.dependencies:
        if dependency.name.replace("-", "_").lower() in forbidden:
            yield Finding(
                place=dependency.place,
                message=f"article {article.id} forbids importing `{dependency.name}`, which the "
                "plan depends on",
                hint=f"Plan without it, or change article {article.id} at {check.place}.",
            )


def _covers_plan(check: ArticleCheck, feature: str, subject: ProjectSubject) -> bool:
    paths = [
        path
        for planned in subject.index.components.values()
        if planned.feature == feature
        for path in planned.component.files
    ]
    if not paths:
        return check.scope in _EVERYWHERE
    return all(matches_glob(path, check.scope) for path in paths)


_CONSTITUTION = """\
# Ledger Constitution

## Core Principles

### I. Works offline

The ledger never opens a connection.

```yaml
enforce:
  - {check: imports.forbidden, scope: "src/**", modules: [requests, socket]}
```
"""
_PATH = ".specify/memory/constitution.md"

RULE = Rule(
    name="plan-breaks-article",
    title="A plan that breaks what an article enforces",
    why="The article is checked on derived code, so that no candidate can pass: the build spends"
    " its budget and gives up. In the plan the contradiction costs one line.",
    severity=Severity.ERROR,
    bad={
        "plan.md": PLAN.replace(
            "def balance(account: str) -> int: ...",
            "from socket import socket\n\n\ndef balance(account: str) -> int: ...",
        ),
        _PATH: _CONSTITUTION,
    },
    good={"plan.md": PLAN, _PATH: _CONSTITUTION},
    alone=(
        # Another package whose name begins alike, and one that only other files may not use.
        {
            "plan.md": PLAN.replace("Dependencies**: none", "Dependencies**: requests-cache"),
            _PATH: _CONSTITUTION,
        },
        {
            "plan.md": PLAN.replace("Dependencies**: none", "Dependencies**: requests"),
            _PATH: _CONSTITUTION.replace("src/**", "src/offline/**"),
        },
    ),
    find_in_project=find_broken_by_plans,
)
