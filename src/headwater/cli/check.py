"""`headwater check`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from headwater.cli.formats.choose import FORMATS, load_format
from headwater.cli.formats.interface import Checked
from headwater.cli.formats.summary import render_counts
from headwater.cli.invocation import Invocation, give_example, json_option
from headwater.cli.outputs import OrderedCommand, output_options, pair_outputs, write_output
from headwater.cli.render import echo
from headwater.errors import ExitCode
from headwater.operations.check import check
from headwater.operations.checking.check_report import FailOn
from headwater.wiring import list_targets, open_kept_results, open_workbench, read_settings
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    "check",
    cls=OrderedCommand,
    epilog=give_example(
        "headwater check",
        "headwater check --diff origin/main --fail-on warning",
        "headwater check --format github --format sarif -o headwater.sarif",
        "headwater check --explain vague-word",
    ),
)
@output_options(list(FORMATS), what="findings are")
@click.option(
    "--concise",
    is_flag=True,
    expose_value=False,  # `pair_outputs` reads it from the order
    help="One line a finding, as `--format concise`.",
)
@json_option
@click.option(
    "--diff",
    "base",
    metavar="BASE",
    default="",
    help="Report and judge only what was not there where HEAD left revision BASE.",
)
@click.option(
    "--fail-on",
    type=click.Choice([level.value for level in FailOn]),
    default=FailOn.ERROR.value,
    show_default=True,
    help="The least severity that gives exit code 1; what is not fresh counts as an error.",
)
@click.option(
    "--allow-stale",
    is_flag=True,
    help="What only waits for `build` is a warning; hand edits and conflicts still fail.",
)
@click.option(
    "--max-findings",
    "limit",
    metavar="N",
    type=click.IntRange(min=0),
    default=50,
    show_default=True,
    help="Show at most N findings of a rule as text; 0 for all. Other formats hold all.",
)
@click.option("--rules", "list_rules", is_flag=True, help="List all rules, and check nothing.")
@click.option("--explain", "rule", metavar="RULE", help="Show a rule's page, and check nothing.")
@click.pass_context
def command(
    context: click.Context,
    /,
    *,
    formats: tuple[str, ...],
    files: tuple[Path, ...],
    as_json: bool,
    base: str,
    fail_on: str,
    allow_stale: bool,
    limit: int,
    list_rules: bool,
    rule: str | None,
) -> ExitCode:
    """Find what is wrong or not fresh; the gate for continuous integration.

    Reads documents, lock and derived files, and calls no model. Ends with exit code 1 when there
    is an error, or when a component is not as its specification and the lock say. docs/ci.md has
    snippets for GitHub, GitLab, Jenkins and pre-commit.
    """
    call: Invocation = context.obj
    if list_rules or rule is not None:
        # Imported here for start-up cost: a check may need no rule at all.
        from headwater.cli.rule_pages import show_rule, show_rules  # noqa: PLC0415

        as_asked = partial(show_rules, call) if list_rules else partial(show_rule, rule or "")
        echo(as_asked(as_json=as_json))
        return ExitCode.DONE
    outputs = pair_outputs(context, formats=formats, files=files)
    root = open_repository(call.folder).root
    settings = read_settings(root, {})
    report = check(
        root,
        targets=list_targets(),
        settings=settings.rules,
        kept=open_kept_results(),
        open_workbench=partial(open_workbench, settings),
        base=base,
        allow_stale=allow_stale,
    )
    checked = Checked(report=report, fail_on=FailOn(fail_on), limit=limit)
    for output in outputs:
        write_output(output, load_format(output.format)(checked), folder=call.folder)
    if all(output.file for output in outputs):
        echo(render_counts(report), err=True)
    return ExitCode.DONE if checked.passed else ExitCode.FINDINGS
