"""`plan-breaks-article`: a plan that cannot be derived without breaking an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.facts import CodeFacts, Used
from headwater.paths import matches_glob
from headwater.rules.articles.apply import check_constitution, list_demands
from headwater.rules.articles.evidence import Evidence
from headwater.rules.articles.interface import Need
from headwater.rules.articles.own_modules import list_own_modules
from headwater.rules.articles.registry import RULES as ARTICLE_CHECKS
from headwater.rules.articles.required import normalise_package
from headwater.rules.interface import Finding, Rule
from headwater.rules.sample import PLAN
from headwater.spec.model import Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from headwater.graph.index import Index
    from headwater.rules.articles.interface import Demand
    from headwater.rules.interface import ProjectSubject
    from headwater.rules.notes import FeatureNotes, NotedUse
    from headwater.spec.model import ArticleCheck, Constitution

_EVERYWHERE = ("**", "**/*", "")


def find_broken_by_plans(
    constitution: Constitution | None, notes: Iterable[FeatureNotes], *, index: Index
) -> Iterator[Finding]:
    """Where interface blocks and dependencies break what an article enforces as an error.

    Interfaces are taken into the code as they are, so that every candidate for the component would
    break the article too. An article that the plan may break, for a reason that stands under
    Complexity Tracking, is left alone.
    """
    if constitution is None or check_constitution(constitution):
        return  # a check that is asked for wrongly is an error already
    own = list_own_modules(path for each in index.components.values() for path in each.files)
    demands = [
        demand
        for demand in list_demands(constitution)
        if demand.check.severity is Severity.ERROR
        and Need.CODE in ARTICLE_CHECKS[demand.check.check].needs
    ]
    for each in notes:
        for demand in demands:
            if demand.article in each.excepted:
                continue
            for component in dict.fromkeys(use.component for use in each.uses):
                uses = [use for use in each.uses if use.component == component]
                yield from _check_interface(uses, demand, own=own)
            yield from _check_dependencies(demand, each, index)


def _find_in_project(subject: ProjectSubject) -> Iterator[Finding]:
    return find_broken_by_plans(subject.constitution, subject.notes, index=subject.index)


def _check_interface(
    uses: Sequence[NotedUse], demand: Demand, *, own: frozenset[str]
) -> Iterator[Finding]:
    """Judge a file that does nothing but what a component's interface does, by the plan's lines."""
    first, path = uses[0], uses[0].file
    facts = CodeFacts(
        path=path,
        imports=tuple(Used(name=use.name, line=use.line) for use in uses if use.kind != "call"),
        calls=tuple(Used(name=use.name, line=use.line) for use in uses if use.kind == "call"),
        standard=frozenset(use.name.partition(".")[0] for use in uses if use.kind == "standard"),
    )
    evidence = Evidence(judged=frozenset({path}), code={path: facts}, own=own)
    for found in ARTICLE_CHECKS[demand.check.check].find(evidence, demand):
        yield Finding(
            place=Place(path=first.path, line=found.place.line),
            message=f"{found.message.rpartition(' (')[0]}, which the interface of "
            f"{first.component} needs",
            hint=f"Plan without it, or change article {demand.article} at {demand.check.place}.",
        )


def _check_dependencies(demand: Demand, notes: FeatureNotes, index: Index) -> Iterator[Finding]:
    """A package may serve files out of the article's scope, unless it covers all of the plan's."""
    check = demand.check
    if check.check != "imports.forbidden" or not _covers_plan(check, notes.number, index):
        return
    forbidden = {normalise_package(module) for module in demand.names("modules")}
    for dependency in notes.dependencies:
        if normalise_package(dependency.name) in forbidden:
            yield Finding(
                place=dependency.place,
                message=f"article {demand.article} forbids importing `{dependency.name}`, which "
                "the plan depends on",
                hint=f"Plan without it, or change article {demand.article} at {check.place}.",
            )


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
_EXCEPTION = """
## Complexity Tracking

| Violation | Why Needed | Simpler Alternative Rejected Because |
| --- | --- | --- |
| article I | Rates come from the bank alone. | see D1 |
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
        # An exception with its reason.
        {
            "plan.md": PLAN.replace("Dependencies**: none", "Dependencies**: requests")
            + _EXCEPTION,
            _PATH: _CONSTITUTION,
        },
    ),
    find_in_project=_find_in_project,
    essential=True,
)
