"""Writes `plan.md`: every word of it is a field, a table or a sentence made of typed parts.

A text of a model stands on a line that begins with a field's name, and is never wrapped: so it can
open nothing of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.steps.plan.kept import Kept
from headwater.steps.plan.show import show

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from headwater.steps.plan.constitution_check import ArticleResult
    from headwater.steps.plan.decide import Decided, Weighed
    from headwater.steps.plan.parts import Part
    from headwater.steps.plan.settle import Signatures
    from headwater.targets.interface import Target


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanText:
    """What a plan says.

    Attributes:
        title: of the feature.
        branch: the feature's folder name.
        date: of the first draft.
        parts: in the order of their dependencies, ids and paths settled.
        decisions: those that were made now, by id.
        kept: what stays of the draft before.
        exceptions: article to why the plan may break it.
        articles: empty before they are known.
        contract: where the HTTP contract stands; empty for none.
        open_questions: of the spec, where the plan was made in spite of them.
    """

    title: str
    branch: str
    date: str
    target: Target
    parts: Sequence[Part]
    signatures: Signatures
    decisions: Mapping[str, Decided] = field(default_factory=dict)
    kept: Kept = field(default_factory=Kept)
    exceptions: Mapping[str, str] = field(default_factory=dict)
    articles: Sequence[ArticleResult] = ()
    contract: str = ""
    open_questions: Sequence[str] = ()

    @property
    def names(self) -> dict[str, str]:
        """Every component's name by its id, in the order of the plan."""
        names = {**self.kept.names, **{part.id: part.name for part in self.parts}}
        return dict(sorted(names.items(), key=lambda one: int(one[0][1:])))


def render_plan(plan: PlanText) -> str:
    """The whole document."""
    lines = [
        f"# Implementation Plan: {plan.title}",
        f"**Branch**: `{plan.branch}` | **Date**: {plan.date} | **Spec**: [spec.md](spec.md)",
        "## Summary",
        _summarise(list(plan.names.values())),
        "## Technical Context",
        "\n".join(_render_context(plan)),
    ]
    if plan.open_questions:
        lines += ["### Open questions", "\n".join(f"- {one}" for one in plan.open_questions)]
    if plan.articles:
        lines += ["## Constitution Check", "\n".join(_render_articles(plan))]
    decisions = _list_sections(
        "D", plan, {id_: _render_decision(id_, one) for id_, one in plan.decisions.items()}
    )
    if decisions:
        lines += ["## Decisions", *decisions]
    parts = {part.id: _render_part(part, plan) for part in plan.parts}
    lines += ["## Components", *_list_sections("C", plan, parts)]
    excepted = list(_render_exceptions(plan))
    if excepted:
        lines += ["## Complexity Tracking", "\n".join(excepted)]
    return "\n\n".join(lines) + "\n"


def _list_sections(letter: str, plan: PlanText, drafted: Mapping[str, str]) -> list[str]:
    """The sections whose ids begin with a letter, those that stay among those drafted now."""
    kept = {one: text for one, text in plan.kept.sections.items() if one.startswith(letter)}
    sections = {**drafted, **kept}
    return [sections[one] for one in sorted(sections, key=lambda one: int(one[1:]))]


def _summarise(names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"One component: {names[0]}."
    return f"{len(names)} components: {', '.join(names[:-1])} and {names[-1]}."


def _render_context(plan: PlanText) -> Iterator[str]:
    context = plan.target.describe()
    yield f"**Target**: {plan.target.name}"
    yield f"**Language/Version**: {context.language}"
    packages = [_name_package(one) for one in plan.decisions.values() if one.package]
    listed = ", ".join(dict.fromkeys((*plan.kept.dependencies, *packages))) or "none"
    yield f"**Primary Dependencies**: {listed}"
    yield f"**Testing**: {context.testing}"
    if plan.contract:
        yield f"**Contracts**: [{plan.contract}]({plan.contract})"


def _name_package(decided: Decided) -> str:
    facts = decided.options[decided.chosen].facts
    return f"{decided.package}=={facts.version}" if facts else decided.package


def _render_articles(plan: PlanText) -> Iterator[str]:
    yield "| Article | Checked | Result |"
    yield "| --- | --- | --- |"
    for article in plan.articles:
        title = show(article.title)
        if not article.checks:
            checked, result = "—", "prose: for the reviewer"
        elif article.broken:
            checked, result = ", ".join(article.checks), "exception, see Complexity Tracking"
        else:
            checked, result = ", ".join(article.checks), "nothing here breaks it"
        yield f"| {article.id}. {title} | {checked} | {result} |"


def _render_decision(name: str, decided: Decided) -> str:
    chosen = decided.options[decided.chosen].option.name.rstrip(".")
    options = "; ".join(map(_describe_option, decided.options))
    rows = [
        f"**Context**: {decided.context}",
        f"**Options**: {options}.",
        f"**Choice**: {chosen}.",
        f"**Rationale**: {decided.rationale}",
    ]
    if decided.unknown:
        rows.append("**Facts**: no facts on packages could be had.")
    elif any(one.facts for one in decided.options):
        rows.append("**Facts**: as the package index states them.")
    rows.append(f"**Serves**: {', '.join(decided.serves)}")
    return f"### {name}: {decided.title}\n\n" + "\n".join(rows)


def _describe_option(weighed: Weighed) -> str:
    option = weighed.option
    named = f" [{weighed.facts}]" if weighed.facts else ""
    return f"{option.name}{named} (+ {option.good}; − {option.bad})"


def _render_part(part: Part, plan: PlanText) -> str:
    ids = {name: id_ for id_, name in plan.names.items()}
    needs = sorted((ids[name] for name in part.needs), key=lambda one: int(one[1:]))
    needs += sorted(neighbour.ref for neighbour in part.neighbours)
    rows = [
        f"**File**: `{part.path}`",
        f"**Implements**: {', '.join(part.refs)}",
        f"**Depends on**: {', '.join(needs) or 'none'}",
    ]
    if part.command:
        rows.append(f"**Command**: `{part.command}` → `{plan.target.start_command(part.path)}`")
    calls = [f"`{name}`" for name in part.calls]
    uses = f" Uses {', '.join(calls)}." if calls else ""
    started = f" {plan.target.describe().started}" if part.command else ""
    rows.append(f"**Responsibility**: {part.does}{uses}{started}")
    sketch = part.sketch(plan.signatures, parts=plan.parts)
    interface = f"```{plan.target.name}\n{plan.target.write_interface(sketch)}\n```"
    blocks = (f"### {part.id}: {part.name}", "\n".join(rows), "**Interface**:", interface)
    return "\n\n".join(blocks)


def _render_exceptions(plan: PlanText) -> Iterator[str]:
    excepted = [
        article for article in plan.articles if article.broken and article.id in plan.exceptions
    ]
    if excepted:
        yield "| Violation | Why Needed | Simpler Alternative Rejected Because |"
        yield "| --- | --- | --- |"
    for article in excepted:
        reason = show(plan.exceptions[article.id])
        chosen = [name for name, one in plan.decisions.items() if one.package]
        chosen = sorted((*plan.kept.choosing, *chosen), key=lambda name: int(name[1:]))
        yield f"| article {article.id} | {reason} | {', '.join(chosen) or 'see the reason'} |"
