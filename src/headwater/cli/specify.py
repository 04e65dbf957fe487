"""`headwater specify`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from headwater.cli.drafting import drafting_options, open_drafting, show_draft
from headwater.cli.invocation import Invocation, give_example, json_option
from headwater.cli.render import clean, echo
from headwater.cli.text_files import read_text_file
from headwater.errors import ExitCode, HeadwaterError, UsageError
from headwater.operations.specify import SpecifyRequest, specify
from headwater.steps.specify.vagueness import VagueIdeaError

if TYPE_CHECKING:
    from headwater.cli.drafting import Asking, Drafting
    from headwater.operations.drafting.report import DraftReport


@click.command(
    "specify",
    epilog=give_example(
        'headwater specify "Parking costs 3.00 per started hour, at most 24.00 a day."',
        "headwater specify --from docs/idea.md",
    ),
)
@click.argument("idea", required=False, default="")
@click.option(
    "--from",
    "source",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="Read the idea from a file.",
)
@click.option(
    "--branch/--no-branch",
    "new_branch",
    default=True,
    help="Begin a branch NNN-slug for it (the default), or stay on the present one.",
)
@drafting_options
@json_option
@click.pass_obj
def command(
    call: Invocation,
    /,
    *,
    idea: str,
    source: Path | None,
    new_branch: bool,
    asking: Asking,
    as_json: bool,
) -> ExitCode:
    """Draft a spec from an idea, on a branch of its own.

    Every sentence of IDEA becomes one to three requirements with examples; what is yours to decide
    becomes an open question, what is taken for granted an assumption to confirm. An idea that says
    too little is refused, with questions that would make it precise. Nothing is written unless the
    whole spec is, and the same idea again changes nothing.
    """
    if bool(idea) == bool(source):
        raise UsageError(
            "expected an idea or --from FILE",
            hint='For example `headwater specify "Parking costs 3.00 per started hour."`.',
        )
    request = SpecifyRequest(
        idea=read_text_file(call.folder / source) if source else idea,
        source=str(source) if source else "",
        new_branch=new_branch,
    )
    with open_drafting(call, asking) as drafting:
        report = _specify(drafting, request, as_json=as_json)
    show_draft(
        report,
        as_json=as_json,
        then="Look at the examples, then `headwater clarify` asks what is open.",
    )
    return ExitCode.DONE


def _specify(drafting: Drafting, request: SpecifyRequest, *, as_json: bool) -> DraftReport:
    """Specify; the questions about a vague idea are told a line each.

    Raises:
        HeadwaterError: as `specify` says.
    """
    try:
        return specify(drafting.root, request, ports=drafting.ports)
    except VagueIdeaError as error:
        if as_json:
            raise
        for number, question in enumerate(error.questions, 1):
            echo(f"{number}. {clean(question)}", err=True)
        hint = "Say it again with answers to these questions."
        raise HeadwaterError(error.message, hint=hint) from error
