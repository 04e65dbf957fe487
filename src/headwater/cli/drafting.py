"""What commands that draft documents share: options, models, and how a draft is shown."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING

import click

from headwater.cli.choose_model import choose_model
from headwater.cli.invocation import yes_option
from headwater.cli.json_form import render_json
from headwater.cli.progress import open_progress
from headwater.cli.render import align, clean, count, echo, render_problem, render_usage
from headwater.operations.drafting.report import DocumentChange
from headwater.wiring import Watchers, read_settings, wire_drafting
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from headwater.cli.invocation import Invocation
    from headwater.config import Settings
    from headwater.errors import ExitCode
    from headwater.llm.choose import Choice
    from headwater.operations.constitution.constitution_report import ConstitutionReport
    from headwater.operations.drafting.ports import DraftPorts
    from headwater.operations.drafting.report import DraftedDocument, DraftReport

_COLOURS = {
    DocumentChange.CREATED: "green",
    DocumentChange.CHANGED: "green",
    DocumentChange.MERGED: "yellow",
    DocumentChange.UNCHANGED: None,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Drafting:
    """The repository that documents are drafted in, and what operations need for it.

    `questions` is how many a person is asked in one run; `settings` and `watchers` are for what
    else a command wires.
    """

    root: Path
    ports: DraftPorts
    questions: int
    settings: Settings
    watchers: Watchers


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """Which model a command asks, and what it tells and asks a person meanwhile.

    What is None is as the settings have it.
    """

    quiet: bool = False
    yes: bool = False
    seed: int | None = None
    model: str | None = None
    frozen: bool | None = None


def drafting_options(function: Callable[..., ExitCode]) -> Callable[..., ExitCode]:
    """The options of every command that may ask a model, as one argument `asking`."""

    @wraps(function)
    def gather(
        *arguments: object,
        quiet: bool,
        yes: bool,
        seed: int | None,
        model: str | None,
        frozen: bool | None,
        **others: object,
    ) -> ExitCode:
        asking = Asking(quiet=quiet, yes=yes, seed=seed, model=model, frozen=frozen)
        return function(*arguments, asking=asking, **others)

    options = (
        yes_option,
        click.option("--quiet", is_flag=True, help="Show no progress."),
        click.option("--frozen", is_flag=True, default=None, help="Ask no model: the cache only."),
        click.option("--model", metavar="NAME", help="The model to ask, such as `embedded:`."),
        click.option(
            "--seed", type=int, help="Where sampling starts; the same seed asks the same."
        ),
    )
    made: Callable[..., ExitCode] = gather
    for option in options:
        made = option(made)
    return made


@contextmanager
def open_drafting(call: Invocation, asking: Asking) -> Iterator[Drafting]:
    """Everything that a drafting command needs, with progress shown until the block ends."""
    root = open_repository(call.folder).root
    overrides = {
        "model.seed": asking.seed,
        "model.name": asking.model,
        "build.frozen": asking.frozen,
    }

    def choose(choice: Choice) -> Choice:
        return choose_model(choice, yes=asking.yes)

    with open_progress(quiet=asking.quiet) as progress:
        watchers = Watchers(build=progress, pull=progress, choose=choose)
        settings = read_settings(root, overrides)
        yield Drafting(
            root=root,
            ports=wire_drafting(root, settings, watchers=watchers),
            questions=settings.draft.questions,
            settings=settings,
            watchers=watchers,
        )


def show_draft(report: DraftReport, *, as_json: bool, then: str = "") -> None:
    """Print what was drafted; `then` says what to do next."""
    if as_json:
        echo(render_json(report))
        return
    echo("\n".join(_render(report)))
    if then:
        echo(then)


def _render(report: DraftReport) -> Iterator[str]:
    yield align(map(_describe, report.documents))
    yield from map(render_problem, report.findings)
    yield from (clean(note) for note in report.notes)
    if report.models:
        yield render_asked(report)
    changed = any(one.change is not DocumentChange.UNCHANGED for one in report.documents)
    changed = changed or bool(report.recorded)
    what = "Committed to" if changed else "Nothing changed on"
    yield f"{what} {clean(report.branch)} {'as' if changed else 'at'} {report.commit[:12]}."


def render_asked(report: DraftReport | ConstitutionReport) -> str:
    """`3 model calls, 1200 tokens in, 310 out; 1 answer refused`."""
    refused = f"; {count(report.refused, 'answer')} refused" if report.refused else ""
    return f"{render_usage(report.usage)}{refused}"


def _describe(document: DraftedDocument) -> tuple[str, ...]:
    change = click.style(document.change.value, fg=_COLOURS[document.change])
    words = count(document.words, "word")
    if document.budget and document.words > document.budget:
        words = click.style(f"{words}, {document.words - document.budget} too many", fg="yellow")
    return (clean(document.path), change, words)
