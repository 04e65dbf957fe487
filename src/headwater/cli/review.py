"""`headwater review`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from headwater.cli.differences import render_difference
from headwater.cli.drafting import drafting_options, open_drafting
from headwater.cli.invocation import Invocation, give_example, json_option
from headwater.cli.json_form import render_json, to_json
from headwater.cli.render import clean, count, echo, render_usage
from headwater.errors import ExitCode, UsageError
from headwater.exports.review_markdown import render_review
from headwater.operations.review import ReviewRequest, review
from headwater.steps.review.judgement import Verdict
from headwater.wiring import read_settings
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.cli.drafting import Asking
    from headwater.operations.reviewing.review_report import (
        DocumentReview,
        FeatureReview,
        ReviewReport,
    )
    from headwater.steps.review.judgement import Judgement

_COLOURS = {Verdict.SATISFIED: "green", Verdict.VIOLATED: "red", Verdict.CANNOT_TELL: None}


@click.command(
    "review",
    epilog=give_example(
        "headwater review",
        "headwater review 001-wallet --judge",
        "headwater review --diff origin/main --markdown",
    ),
)
@click.argument("feature", default="")
@click.option(
    "--diff",
    "revision",
    metavar="REV",
    default="",
    help="Compare with the commit REV, and not with what was approved last.",
)
@click.option("--judge", is_flag=True, help="Ask a model about articles that no check enforces.")
@click.option("--strict", is_flag=True, help="Exit with 1 when something needs a person.")
@click.option("--markdown", is_flag=True, help="Write Markdown, for a pull request's comment.")
@drafting_options
@json_option
@click.pass_obj
def command(
    call: Invocation,
    /,
    *,
    feature: str,
    revision: str,
    judge: bool,
    strict: bool,
    markdown: bool,
    asking: Asking,
    as_json: bool,
) -> ExitCode:
    """Show only what needs a person, decisions first.

    In this order: open questions; what a model decided alone (examples, assumptions and decisions
    that nobody has confirmed, exceptions); what documents mean differently since their last
    approval, or since REV. With --judge a model says of each article that no check enforces whether
    it is kept, with a quote that was checked; that is advice, unless `review.block` is set.
    """
    if markdown and as_json:
        raise UsageError("expected one of --markdown and --json, found both")
    settings = read_settings(open_repository(call.folder).root, {})
    request = ReviewRequest(
        feature=feature, revision=revision, judge=judge, block=settings.review.block
    )
    asking = replace(asking, quiet=asking.quiet or not judge)
    with open_drafting(call, asking) as drafting:
        report = review(call.folder, request, ports=drafting.ports)
    if as_json:
        echo(render_json(_to_document(report)))
    else:
        echo(render_review(report).rstrip() if markdown else "\n".join(_render(report)))
    failed = report.blocked or (strict and report.needs_person)
    return ExitCode.FINDINGS if failed else ExitCode.DONE


def _to_document(report: ReviewReport) -> dict[str, object]:
    """The report with what it counts."""
    features = [
        {**to_json(feature), "words": feature.words, "needs_person": feature.needs_person}
        for feature in report.features
    ]
    whole = {"words": report.words, "needs_person": report.needs_person, "blocked": report.blocked}
    return {**to_json(report), "features": features, **whole}


def _render(report: ReviewReport) -> Iterator[str]:
    for feature in report.features:
        yield clean(feature.folder.rpartition("/")[2])
        yield from (f"  {line}" for line in _list_feature(feature))
    yield from (clean(note) for note in report.notes)
    if report.usage.calls:
        yield render_usage(report.usage)
    if report.needs_person:
        yield f"{count(report.words, 'word')} to read."
    else:
        yield "Nothing needs a person."


def _list_feature(feature: FeatureReview) -> Iterator[str]:
    for item in feature.items:
        kind = click.style(item.kind.value, fg="magenta")
        yield f"{kind} {clean(item.ref)}: {clean(item.text)} ({clean(str(item.place))})"
    for document in feature.documents:
        yield _introduce(document)
        yield from (f"  {render_difference(one)}" for one in document.differences)
    yield from map(_render_judgement, feature.judgements)


def _introduce(document: DocumentReview) -> str:
    if document.since:
        return f"{clean(document.path)} since {clean(document.since)}:"
    standing = document.standing.value
    return f"{clean(document.path)}: {standing}, {count(document.words, 'word')} to read"


def _render_judgement(judged: Judgement) -> str:
    verdict = click.style(judged.verdict.value.replace("_", " "), fg=_COLOURS[judged.verdict])
    quote = f": “{clean(judged.quote)}”" if judged.quote else ""
    place = f" ({clean(str(judged.place))})" if judged.place else ""
    by = f", judged by {clean(judged.model)}" if judged.model else ""
    return f"{clean(judged.article)} {clean(judged.title)}: {verdict}{quote}{place}{by}"
