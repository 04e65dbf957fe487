"""`headwater analyze`."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

import click

from headwater.cli.drafting import drafting_options, open_drafting
from headwater.cli.invocation import Invocation, give_example, json_option
from headwater.cli.json_form import render_json
from headwater.cli.render import align, clean, count, echo, render_problem, render_usage
from headwater.errors import ExitCode
from headwater.operations.analyze import analyze
from headwater.operations.reviewing.analysis_categories import Level
from headwater.wiring import read_settings
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.cli.drafting import Asking
    from headwater.operations.analyze import AnalysisReport, CoveredItem
    from headwater.steps.analyze.compare import ModelFinding

_COLOURS = {Level.CRITICAL: "red", Level.HIGH: "red", Level.MEDIUM: "yellow"}
_TEXT = 50  # characters of an item's text that the table shows


@click.command(
    "analyze",
    epilog=give_example(
        "headwater analyze",
        "headwater analyze 001-wallet --model-findings",
        "headwater analyze --json",
    ),
)
@click.argument("feature", default="")
@click.option(
    "--model-findings",
    is_flag=True,
    help="Ask a model about statements that may contradict or repeat each other, too.",
)
@drafting_options
@json_option
@click.pass_obj
def command(
    call: Invocation,
    /,
    *,
    feature: str,
    model_findings: bool,
    asking: Asking,
    as_json: bool,
) -> ExitCode:
    """Find what does not fit together across documents.

    Shows, for one feature, what `check` finds in its spec, plan, tasks and constitution, by the
    passes of Spec Kit's `analyze`, and a table of what covers each requirement. Writes nothing;
    `check` is the command that fails. What a model finds is marked as its own, with quotes from
    both places, and is never an error.
    """
    settings = read_settings(open_repository(call.folder).root, {})
    most = settings.review.findings if model_findings else 0
    asking = replace(asking, quiet=asking.quiet or not most)
    with open_drafting(call, asking) as drafting:
        report = analyze(call.folder, feature, ports=drafting.ports, model_findings=most)
    echo(render_json(report) if as_json else "\n".join(_render(report)))
    return ExitCode.DONE


def _render(report: AnalysisReport) -> Iterator[str]:
    for category, group in groupby(report.findings, key=lambda one: one.category):
        yield click.style(category.value, bold=True)
        for one in group:
            level = click.style(one.level.value, fg=_COLOURS.get(one.level))
            yield f"  {level}  {render_problem(one.problem)}".replace("\n", "\n  ")
    for found in report.model_findings:
        yield from _render_model_finding(found)
    if report.coverage:
        yield click.style("coverage", bold=True)
        header = ("item", "components", "tasks", "examples", "tests by model", "", "text")
        yield align([header, *map(_describe, report.coverage)], indent=2)
    if report.usage.calls:
        yield render_usage(report.usage)
    yield _count(report)


def _render_model_finding(found: ModelFinding) -> Iterator[str]:
    name = click.style(f"{found.relation.value}, as {clean(found.model)} sees it", fg="cyan")
    yield name
    for one in (found.first, found.second):
        ref = f"{clean(one.ref)} " if one.ref else ""
        yield f"  {ref}“{clean(one.quote)}” ({clean(str(one.place))})"


def _describe(one: CoveredItem) -> tuple[str, ...]:
    def join(refs: tuple[str, ...]) -> str:
        return clean(" ".join(ref.rpartition("/")[2] for ref in refs)) or "—"

    text = " ".join(one.text.split())
    short = text if len(text) <= _TEXT else f"{text[:_TEXT]}…"
    counts = (str(one.examples or "—"), str(one.written or "—"))
    refs = (join(one.components), join(one.tasks))
    return (clean(one.ref), *refs, *counts, one.coverage.value, clean(short))


def _count(report: AnalysisReport) -> str:
    levels = Counter(one.level for one in report.findings)
    told = ", ".join(f"{levels[level]} {level.value}" for level in Level if levels[level])
    items = f"{report.covered} of {count(len(report.coverage), 'item')} have a component"
    if not report.coverage:
        items = "no requirements yet"
    return f"{clean(report.folder)}: {told or 'no findings'}; {items}."
