"""`headwater confirm`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from headwater.cli.invocation import Invocation, give_example, json_option
from headwater.cli.json_form import render_json
from headwater.cli.render import clean, echo
from headwater.errors import ExitCode, UsageError
from headwater.operations.confirm import confirm
from headwater.wiring import list_targets, open_kept_results

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.operations.confirm import ConfirmReport


@click.command(
    "confirm",
    epilog=give_example(
        "headwater confirm 001/D1",
        "headwater confirm C2 T004 --feature 001",
        "headwater confirm --feature 001",
    ),
)
@click.argument("refs", nargs=-1, metavar="[REF]...")
@click.option(
    "--feature",
    metavar="FEATURE",
    default="",
    help="Whose ids are meant; without any REF, all that is suspect in this feature.",
)
@json_option
@click.pass_obj
def command(call: Invocation, /, *, refs: tuple[str, ...], feature: str, as_json: bool) -> ExitCode:
    """Record that what is suspect holds as it stands.

    REF is a decision, component or task that was drafted from what has changed since; `check` and
    `status` name them. Look at it, edit it if need be, commit, and confirm it: a commit records
    what it rests on now. `headwater plan` and `headwater tasks` draft it again instead.
    """
    if not refs and not feature:
        raise UsageError(
            "expected refs to confirm, or --feature",
            hint="For example `headwater confirm 001/D1`; `headwater status` says what is suspect.",
        )
    report = confirm(
        call.folder, refs, targets=list_targets(), feature=feature, kept=open_kept_results()
    )
    echo(render_json(report) if as_json else "\n".join(_render(report)))
    return ExitCode.DONE


def _render(report: ConfirmReport) -> Iterator[str]:
    for one in report.confirmed:
        yield f"{clean(one.ref)}: confirmed; {clean(one.why)}"
    for ref in report.unchanged:
        yield f"{clean(ref)}: nothing to confirm, it is not suspect"
    if report.confirmed:
        yield f"Committed as {report.commit[:12]}."
    elif not report.unchanged:
        yield "Nothing to confirm: nothing is suspect."
