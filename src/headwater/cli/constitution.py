"""`headwater constitution`."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from headwater.cli.drafting import drafting_options, open_drafting, render_asked
from headwater.cli.invocation import Invocation, give_example, json_option
from headwater.cli.json_form import render_json
from headwater.cli.render import align, clean, count, echo, render_problem
from headwater.errors import ExitCode
from headwater.operations.draft_constitution import draft_constitution
from headwater.policies.left_out import Reason
from headwater.policies.revisions import ChangeKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.cli.drafting import Asking
    from headwater.operations.constitution.constitution_report import (
        ConstitutionReport,
        DraftedArticle,
        ReadPolicy,
        ReportedConflict,
    )
    from headwater.policies.revisions import ClauseChange

_FOR_PEOPLE = frozenset({ChangeKind.GONE, ChangeKind.KEPT})
_LONGEST = 100  # characters of a clause on the screen


@click.command(
    "constitution",
    epilog=give_example(
        "headwater constitution --dry-run",
        "headwater constitution --from policies/security.pdf docs/standards",
    ),
)
@click.option(
    "--from",
    "named",
    metavar="PATH",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A policy, or a folder of policies; several may follow.",
)
@click.argument("more", metavar="[PATH]...", type=click.Path(path_type=Path), nargs=-1)
@click.option(
    "--reasons",
    is_flag=True,
    help="Let a model say why each new article holds, where no policy does.",
)
@click.option("--dry-run", is_flag=True, help="Tell what would be written, and write nothing.")
@drafting_options
@json_option
@click.pass_obj
def command(
    call: Invocation,
    /,
    *,
    named: tuple[Path, ...],
    more: tuple[Path, ...],
    reasons: bool,
    dry_run: bool,
    asking: Asking,
    as_json: bool,
) -> ExitCode:
    """Draft articles from policies, each with its sources, and update them.

    Policies are Markdown, text, HTML, PDF or DOCX. Without --from, the folders policies/,
    docs/policies/ and .github/policies/ are read; the repository's own settings always are. What
    they demand becomes .specify/memory/constitution.md, in a commit of its own. Run again, it
    changes what policies changed, and nothing that a person edited. A model is asked with --reasons
    alone; its words are marked, and can demand nothing.
    """
    with open_drafting(call, replace(asking, quiet=asking.quiet or not reasons)) as drafting:
        report = draft_constitution(
            call.folder,
            [call.folder / path for path in (*named, *more)],
            today=drafting.ports.today,
            reasons=drafting.ports if reasons else None,
            write=not dry_run,
        )
    echo(render_json(report) if as_json else "\n".join(_render(report)))
    return ExitCode.DONE if report.settled else ExitCode.FINDINGS


def _render(report: ConstitutionReport) -> Iterator[str]:
    yield align(
        _describe_policy(one) for one in report.policies if one.statements or not one.setting
    )
    yield from map(render_problem, report.problems)
    if report.changed and not report.before:
        yield "Articles:"
        yield align((_describe_article(one) for one in report.articles), indent=2)
    elif report.changes:
        yield from _render_changes(report.changes)
    yield from _render_left_out(report)
    for conflict in report.conflicts:
        yield from _render_conflict(conflict)
    if report.models:
        yield render_asked(report)
    yield _conclude(report)


def _describe_policy(policy: ReadPolicy) -> tuple[str, ...]:
    where = "outside the repository: cannot be rechecked later" if policy.outside else ""
    return (clean(policy.path), count(policy.statements, "statement"), where)


def _describe_article(article: DraftedArticle) -> tuple[str, ...]:
    checks = ", ".join(clean(check) for check in article.checks)
    return (clean(article.title), count(article.clauses, "clause"), checks or "reviewed by people")


def _render_changes(changes: tuple[ClauseChange, ...]) -> Iterator[str]:
    ordered = sorted(changes, key=lambda one: (one.kind in _FOR_PEOPLE, one.kind.value))
    for kind, group in groupby(ordered, key=lambda one: one.kind):
        yield click.style(f"{kind.value}:", fg="yellow" if kind in _FOR_PEOPLE else None)
        yield align((_describe_change(one) for one in group), indent=2)


def _describe_change(change: ClauseChange) -> tuple[str, ...]:
    name = f"{change.article}. {change.title}" if change.article else change.title
    where = str(change.passage or change.place or "")
    return (clean(name), _shorten(change.text), clean(where))


def _render_left_out(report: ConstitutionReport) -> Iterator[str]:
    for one in report.left_out:
        if one.reason is Reason.ADDRESSED:
            words = f"“{_shorten(one.words.text)}”"
            warning = click.style("left out", fg="yellow")
            yield f"{clean(str(one.words.passage))}: {warning}: it {one.reason.value}: {words}"
    counts = Counter(one.reason for one in report.left_out)
    if counts:
        told = ", ".join(f"{reason.value} ({number})" for reason, number in counts.items())
        yield f"Left out, since each {told}"


def _render_conflict(conflict: ReportedConflict) -> Iterator[str]:
    kind = click.style("conflict", fg="red")
    yield f"{clean(str(conflict.one.passage))}: {kind}: {clean(conflict.about)}"
    for words in (conflict.one, conflict.other):
        yield f"  {clean(str(words.passage))}: “{_shorten(words.text)}”"
    if conflict.with_setting:
        yield "  hint: make the setting as strict as the policy, or change the policy."
    else:
        yield "  hint: keep one of the two clauses in the constitution, and take the other one out."


def _conclude(report: ConstitutionReport) -> str:
    if not report.changed:
        return f"{report.path} {report.version} is up to date".replace("  ", " ")
    version = f"{report.before} → {report.version}" if report.before else report.version
    done = f"committed as {report.commit[:12]}" if report.commit else "would be written"
    size = f"{count(len(report.articles), 'article')}, {count(report.words, 'word')}"
    return f"{report.path} {version}: {size}; {done}"


def _shorten(text: str) -> str:
    plain = clean(" ".join(text.split()))
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"
