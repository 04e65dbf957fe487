"""`headwater log`."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from headwater.cli.invocation import Invocation, give_example, json_option
from headwater.cli.json_form import render_json
from headwater.cli.outputs import OrderedCommand, output_options, pair_outputs, write_output
from headwater.cli.render import align, clean
from headwater.errors import ExitCode
from headwater.operations.log.describe import describe_entry, name_event
from headwater.operations.log.entry import Event
from headwater.operations.log.read import LogRequest, read_log
from headwater.wiring import list_targets, open_kept_results

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from headwater.operations.log.entry import LogEntry
    from headwater.operations.log.read import LogReport

_FORMATS = ("text", "markdown", "json")
_COLOURS = {
    Event.CHANGED: "magenta",
    Event.DERIVED: "green",
    Event.VERIFIED: "green",
    Event.ADOPTED: "green",
    Event.ACCEPTED: "yellow",
    Event.REMOVED: "yellow",
    Event.RESTORED: "yellow",
    Event.UNVOUCHED: "red",
}


@click.command(
    "log",
    cls=OrderedCommand,
    epilog=give_example(
        "headwater log",
        "headwater log 001/FR-003",
        "headwater log src/wallet/ledger.py --since v1.0",
        "headwater log --limit 0 --format markdown -o log.md",
    ),
)
@click.argument("names", nargs=-1, metavar="[REF|PATH]...")
@click.option("--since", metavar="REV", default="", help="Only what came after the commit REV.")
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(min=0),
    default=100,
    show_default=True,
    help="Show at most N events; 0 for all.",
)
@output_options(_FORMATS, what="the log is")
@json_option
@click.pass_context
def command(
    context: click.Context,
    /,
    *,
    names: tuple[str, ...],
    since: str,
    limit: int,
    formats: tuple[str, ...],
    files: tuple[Path, ...],
    as_json: bool,  # noqa: ARG001  # `pair_outputs` reads it from the order
) -> ExitCode:
    """Tell who changed what, what was derived from it, by which model, and what passed.

    REF is a requirement, decision, component or feature, PATH a document or a derived file; each is
    shown with all that was derived from it. Without one everything is shown but tasks. Commits on
    this branch are read, newest first, and documents compared by what they mean: a line wrapped
    anew is no event.
    """
    call: Invocation = context.obj
    outputs = pair_outputs(context, formats=formats, files=files)
    report = read_log(
        call.folder,
        LogRequest(names=names, since=since, limit=limit),
        targets=list_targets(),
        kept=open_kept_results(),
    )
    for output in outputs:
        text = _render(report, form=output.format)
        write_output(output, text.removesuffix("\n"), folder=call.folder)
    return ExitCode.DONE


def _render(report: LogReport, *, form: str) -> str:
    """The report in a form. What only one form needs is imported there, for start-up cost."""
    match form:
        case "json":
            return render_json(report)
        case "markdown":
            from headwater.exports.log_markdown import render_log_markdown  # noqa: PLC0415

            return render_log_markdown(report)
        case _:
            return "\n".join(_render_text(report))


def _render_text(report: LogReport) -> Iterator[str]:
    for (commit, time, author), group in groupby(
        report.entries, key=lambda one: (one.commit, one.time, one.author)
    ):
        head = click.style(commit[:12], fg="cyan")
        yield f"{head}  {time:%Y-%m-%d %H:%M %z}  {clean(author)}"
        yield align(map(_list_cells, group), indent=2)
    if report.more:
        yield "There is more; `--limit 0` shows all."
    elif not report.entries:
        yield "Nothing happened to documents, nor to what is derived from them."


def _list_cells(entry: LogEntry) -> tuple[str, ...]:
    event = click.style(name_event(entry), fg=_COLOURS.get(entry.event))
    return (event, clean(entry.ref), clean(describe_entry(entry)))
