"""`headwater plan`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from headwater.cli.drafting import drafting_options, open_drafting, show_draft
from headwater.cli.invocation import Invocation, give_example, json_option
from headwater.errors import ExitCode, UsageError
from headwater.operations.plan import PlanRequest, plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.cli.drafting import Asking


@click.command(
    "plan",
    epilog=give_example(
        "headwater plan", "headwater plan 002 --allow-open", 'headwater plan --except I="why"'
    ),
)
@click.argument("feature", required=False, default="")
@click.option("--allow-open", is_flag=True, help="Plan although questions of the spec are open.")
@click.option(
    "--except",
    "exceptions",
    metavar="ARTICLE=REASON",
    multiple=True,
    help="Let the plan break an article, for this reason.",
)
@click.option("--again", is_flag=True, help="Draft all of it again, whatever has changed.")
@drafting_options
@json_option
@click.pass_obj
def command(
    call: Invocation,
    /,
    *,
    feature: str,
    allow_open: bool,
    exceptions: tuple[str, ...],
    again: bool,
    asking: Asking,
    as_json: bool,
) -> ExitCode:
    """Draft a plan: decisions, components, interfaces that every example fits.

    FEATURE is a number, a folder or a name; without it, the branch's own. Functions, types and
    commands are read out of the spec's example tables; a model names what rows do not name, groups
    functions into components and weighs decisions. Of a plan that is there, what is suspect or
    missing is drafted again, and nothing else. What you changed in it since its last draft is kept.
    """
    request = PlanRequest(
        feature=feature,
        allow_open=allow_open,
        exceptions=_read_exceptions(exceptions),
        again=again or asking.seed is not None or asking.model is not None,
    )
    with open_drafting(call, asking) as drafting:
        report = plan(drafting.root, request, ports=drafting.ports)
    show_draft(report, as_json=as_json, then="Next: read it, then `headwater tasks`.")
    return ExitCode.DONE


def _read_exceptions(given: tuple[str, ...]) -> Mapping[str, str]:
    exceptions: dict[str, str] = {}
    for one in given:
        article, _, reason = one.partition("=")
        if not article.strip() or not reason.strip():
            raise UsageError(
                f"--except expects an article and a reason, found {one!r}",
                hint='Write `--except I="why the plan may break it"`.',
            )
        exceptions[article.strip().removeprefix("article/")] = reason.strip()
    return exceptions
