"""`headwater import`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from headwater.cli.invocation import Invocation, give_example, json_option
from headwater.cli.json_form import render_json
from headwater.cli.render import align, clean, count, echo, render_problem
from headwater.errors import ExitCode
from headwater.operations.import_specs import import_specs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.operations.importing.import_report import ImportedFeature, ImportReport


@click.command(
    "import",
    epilog=give_example(
        "headwater import --dry-run", "headwater import openspec/specs/sign-in", "headwater import"
    ),
)
@click.argument("paths", metavar="[PATH]...", type=click.Path(path_type=Path), nargs=-1)
@click.option("--archived", is_flag=True, help="Import changes that were archived, too.")
@click.option("--dry-run", is_flag=True, help="Tell what would be written, and write nothing.")
@json_option
@click.pass_obj
def command(
    call: Invocation, /, *, paths: tuple[Path, ...], archived: bool, dry_run: bool, as_json: bool
) -> ExitCode:
    """Make native features of OpenSpec and Kiro specs.

    PATH is a spec, a change, or a folder of them; without it, all that was not imported yet. Native
    documents are written to specs/NNN-name, and principles to the constitution where there is none.
    Nothing that is there is changed.
    """
    report = import_specs(
        call.folder,
        [call.folder / path for path in paths],
        archived=archived,
        write=not dry_run,
    )
    echo(render_json(report) if as_json else "\n".join(_render(report)))
    return ExitCode.DONE


def _render(report: ImportReport) -> Iterator[str]:
    yield align([_describe(feature) for feature in report.features])
    if report.constitution:
        yield f"{report.constitution}  {count(report.articles, 'article')}"
    yield from map(render_problem, report.problems)
    if report.left:
        yield "Not carried over:"
        yield from (f"  {clean(str(one.place))}: {clean(one.what)}" for one in report.left)
    prose = sum(feature.prose for feature in report.features)
    what = "imported" if report.written else "would be imported"
    left = len(report.left)
    yield (
        f"{count(len(report.features), 'feature')} {what} with {count(prose, 'section')} as prose; "
        f"{count(left, 'part')} {'was' if left == 1 else 'were'} not carried over"
    )
    if report.written:
        yield "Next: `headwater check`; then commit, and remove what was imported."


def _describe(feature: ImportedFeature) -> tuple[str, ...]:
    counts = (
        (feature.requirements, "requirement"),
        (feature.scenarios, "scenario"),
        (feature.decisions, "decision"),
        (feature.tasks, "task"),
    )
    parts = ", ".join(count(number, noun) for number, noun in counts if number)
    return (clean(feature.folder), clean(feature.source), parts or "prose alone")
