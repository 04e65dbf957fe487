"""`headwater tasks`."""

from __future__ import annotations

import click

from headwater.cli.drafting import Asking, open_drafting, show_draft
from headwater.cli.invocation import Invocation, give_example, json_option
from headwater.errors import ExitCode
from headwater.operations.tasks import tasks


@click.command("tasks", epilog=give_example("headwater tasks", "headwater tasks 002-export"))
@click.argument("feature", required=False, default="")
@click.option("--again", is_flag=True, help="Draft all tasks again, whatever has changed.")
@json_option
@click.pass_obj
def command(call: Invocation, /, *, feature: str, again: bool, as_json: bool) -> ExitCode:
    """Draft the task list of a plan: tests first, parallel where that is true.

    FEATURE is a number, a folder or a name; without it, the branch's own. No model is asked. Of a
    list that is there, suspect and missing tasks are drafted again. Ticks, tasks of your own and
    whatever else you changed since the last draft are kept.
    """
    with open_drafting(call, Asking(quiet=True)) as drafting:
        report = tasks(drafting.root, feature, ports=drafting.ports, again=again)
    show_draft(report, as_json=as_json, then="Next: `headwater build`.")
    return ExitCode.DONE
