"""`headwater verify`."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import click

from headwater.cli.interrupt import own_temporary_folder
from headwater.cli.invocation import Invocation, give_example, json_option
from headwater.cli.json_form import render_json, to_json
from headwater.cli.render import align, clean, count, echo, render_problem
from headwater.errors import ExitCode
from headwater.operations.verify_revision import verify_revision
from headwater.sandbox.settings import SandboxKind
from headwater.wiring import list_targets, open_kept_results, read_settings, wire_workbench
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.operations.verify_revision import VerifiedRecord, VerifyReport


@click.command(
    "verify",
    epilog=give_example(
        "headwater verify HEAD", "headwater verify v1.0 --no-run", "headwater verify main --json"
    ),
)
@click.argument("revision", metavar="REV")
@click.option("--no-run", is_flag=True, help="Compare digests only, and run no test.")
@click.option(
    "--sandbox",
    type=click.Choice(get_args(SandboxKind)),
    help="What generated code runs in; none gives it all your rights.",
)
@json_option
@click.pass_obj
def command(
    call: Invocation, /, *, revision: str, no_run: bool, sandbox: str | None, as_json: bool
) -> ExitCode:
    """Recheck a revision from its lock alone, and run its tests again.

    The commit REV is laid out in a folder of its own: nothing of the repository changes, and no
    model is asked. Every lock record must be sound and vouched for by a commit, derived files and
    sources must be as recorded, test files must be what the examples make, and tests must pass.
    Ends with exit code 1 when anything differs.
    """
    root = open_repository(call.folder).root
    settings = read_settings(root, {"sandbox.kind": sandbox})
    with own_temporary_folder():
        report = verify_revision(
            root,
            revision,
            targets=list_targets(),
            open_workbench=None if no_run else wire_workbench(settings),
            kept=open_kept_results(),
        )
    if as_json:
        echo(render_json({"verified": report.verified, **to_json(report)}))
    else:
        echo("\n".join(_render(report)))
    return ExitCode.DONE if report.verified else ExitCode.FINDINGS


def _render(report: VerifyReport) -> Iterator[str]:
    yield from map(render_problem, report.problems)
    yield align(line for one in report.records for line in _list_lines(one))
    if not report.history:
        yield "This clone is shallow: whether commits vouch for the records was not checked."
    if not report.ran:
        yield "No test was run."
    differing = sum(not one.verified for one in report.records)
    told = f"{differing} differ" if differing else "all as recorded"
    yield f"{report.commit[:12]}: {count(len(report.records), 'record')}, {told}"


def _list_lines(record: VerifiedRecord) -> Iterator[tuple[str, ...]]:
    """One line, and one more for each further difference."""
    name = clean(record.name) if "/" in record.ref else "of the feature"
    verdict = (
        click.style("verified", fg="green") if record.verified else click.style("differs", fg="red")
    )
    tests = f"{record.passed} of {count(record.tests, 'test')} passed" if record.tests else ""
    first, *others = record.differences or ("",)
    yield (clean(record.ref), name, verdict, tests, clean(first))
    for difference in others:
        yield ("", "", "", "", clean(difference))
