"""`headwater provenance`."""

from __future__ import annotations

from pathlib import Path

import click

from headwater.cli.invocation import Invocation, give_example, json_option
from headwater.cli.json_form import render_json
from headwater.cli.outputs import Output, write_output
from headwater.cli.render import count, echo
from headwater.errors import ExitCode
from headwater.exports.provenance import make_statement, name_statement, render_statement
from headwater.operations.provenance import gather_provenance


@click.command(
    "provenance",
    epilog=give_example(
        "headwater provenance",
        "headwater provenance 001/C1 --json",
        "headwater provenance --revision v1.0 --output provenance",
    ),
)
@click.argument("names", nargs=-1, metavar="[REF]...")
@click.option(
    "--revision", metavar="REV", default="HEAD", show_default=True, help="Whose lock is read."
)
@click.option(
    "-o",
    "--output",
    "output",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Write each statement to a file in FOLDER: 001-C1.intoto.json.",
)
@json_option
@click.pass_obj
def command(
    call: Invocation,
    /,
    *,
    names: tuple[str, ...],
    revision: str,
    output: Path | None,
    as_json: bool,
) -> ExitCode:
    """State where derived files come from, for other tools to check.

    One in-toto statement with SLSA provenance for each component, one a line; docs/evidence.md
    explains the fields, and how to sign them. REF is a component, a feature, or a requirement that
    components were derived from; every component without it. What no commit vouches for is refused.
    """
    found = gather_provenance(call.folder, names, revision=revision)
    if output is not None:
        for one in found:
            file = Output(format="json", file=output / name_statement(one))
            write_output(file, render_statement(one, indent=2), folder=call.folder)
        echo(f"{count(len(found), 'statement')} in {output}", err=True)
    elif as_json:
        echo(render_json({"statements": [make_statement(one) for one in found]}))
    else:
        for one in found:
            echo(render_statement(one))
    return ExitCode.DONE
