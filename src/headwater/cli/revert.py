"""`headwater revert`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from headwater.cli.invocation import Invocation, give_example, json_option
from headwater.cli.json_form import render_json
from headwater.cli.render import align, clean, echo
from headwater.errors import ExitCode
from headwater.operations.revert import revert

if TYPE_CHECKING:
    from headwater.operations.revert import RevertReport


@click.command(
    "revert",
    epilog=give_example("headwater revert src/wallet/ledger.py", "headwater revert --all"),
)
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--all", "everything", is_flag=True, help="Every derived file of the repository.")
@json_option
@click.pass_obj
def command(call: Invocation, /, *, path: Path | None, everything: bool, as_json: bool) -> ExitCode:
    """Bring derived files back as they were recorded.

    PATH is a derived file or a lock record, or a folder, which stands for all below it. A file that
    was edited by hand loses that edit; nothing else is changed. An edit that was accepted is undone
    only where its file itself is named.
    """
    if (path is None) is not everything:
        raise click.UsageError("expected either PATH or --all")
    report = revert(call.folder, None if path is None else call.folder / path)
    echo(render_json(report) if as_json else _render(report))
    return ExitCode.DONE


def _render(report: RevertReport) -> str:
    if not report.files:
        return "Every derived file is as it was recorded."
    return align(
        (file.outcome.value, clean(file.path), f"from {file.commit[:12]}" if file.commit else "")
        for file in report.files
    )
