"""`plan-breaks-article`: a plan that cannot be derived without breaking an article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.graph.facts import CodeFacts, Used
from headwater.paths import matches_glob
from headwater.rules.articles.apply import check_constitution
from headwater.rules.articles.arguments import read_names
from headwater.rules.articles.registry import RULES as ARTICLE_CHECKS
from headwater.rules.interface import Finding, Rule
from headwater.rules.sample import PLAN
from headwater.spec.model import Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.graph.index import Index
    from headwater.rules.interface import ProjectSubject
    from headwater.rules.notes import FeatureNotes
    from headwater.spec.model import Article, ArticleCheck

_EVERYWHERE = ("**", "**/*", "")


def find_broken_by_plans(subject: ProjectSubject) -> Iterator[Finding]:
    """Where interface blocks and dependencies break what an article enforces as an error.

    Interfaces are taken into the code as they are, so that every candidate for the component would
    break the article too.
    """
    constitution = subject.constitution
    if constitution is None or check_constitution(constitution):
        return  # a check that is asked for wrongly is an error already
    for article in constitution.articles:
        for check in article.checks:
            for notes in subject.notes if check.severity is Severity.ERROR else ():
                yield from _check_interfaces(article, check, notes)
                yield from _check_dependencies(article, check, notes, subject.index)


def _check_interfaces(
    article: Article, check: ArticleCheck, notes: FeatureNotes
) -> Iterator[Finding]:
    for use in notes.uses:
        used = (Used(name=use.name, line=use.line),)
        facts = CodeFacts(
            path=use.file,
            imports=used if use.kind == "import" else (),
            calls=used if use.kind == "call" else (),
            complexities=(),
        )
        if not matches_glob(use.file, check.scope):
            continue
        for found in ARTICLE_CHECKS[check.check].check(facts, check=check, article=article.id):
            yield Finding(
                place=Place(path=use.path, line=use.line),
                message=f"{found.message.rpartition(' (')[0]}, which the interface of "
                f"{use.component} needs",
                hint=f"Plan without it, or change article {article.id} at {check.place}.",
            )


def _check_dependencies(
    article: Article, check: ArticleCheck, notes: FeatureNotes, index: Index
) -> Iterator[Finding]:
    """A package may serve files out of the article's scope, unless it covers all of the plan's."""
    if check.check != "imports.forbidden" or not _covers_plan(check, notes.number, index):
        return
    forbidden = {_normalise_package(module) for module in read_names(check, "modules")}
    for dependency in notes.dependencies:
        if _normalise_package(dependency.name) in forbidden:
            yield Finding(
                place=dependency.place,
                message=f"article {article.id} forbids importing `{dependency.name}`, which the "
                "plan depends on",
                hint=f"Plan without it, or change article {article.id} at {check.place}.",
            )


def _normalise_package(name: str) -> str:
    """`google.cloud.storage` is imported from `google-cloud-storage`."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _covers_plan(check: ArticleCheck, feature: str, index: Index) -> bool:
    refs = index.plans.get(feature, ())
    paths = [path for ref in refs for path in index.components[ref].files]
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
    why="The article is checked on derived code, so that no candidate can pass: the build spends "
    "its budget and gives up. In the plan the contradiction costs one line.",
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
