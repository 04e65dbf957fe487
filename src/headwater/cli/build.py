"""`headwater build`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, get_args

import click

from headwater.cli.choose_model import choose_model
from headwater.cli.interrupt import own_temporary_folder
from headwater.cli.invocation import Invocation, give_example, json_option, yes_option
from headwater.cli.json_form import render_json, to_json
from headwater.cli.progress import SilentProgress, open_progress
from headwater.cli.render import align, clean, count, echo, render_usage
from headwater.cli.ripple import agree_to, show_ripple
from headwater.cli.strength import measure_and_offer
from headwater.errors import ExitCode, UsageError
from headwater.operations.build import BuildRequest, build
from headwater.operations.building.foresee_build import foresee_build
from headwater.operations.building.report import Action
from headwater.sandbox.settings import SandboxKind
from headwater.wiring import Watchers, read_settings, wire_build
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from headwater.config import Settings
    from headwater.llm.choose import Choice
    from headwater.operations.building.foresee_build import ForeseenBuild
    from headwater.operations.building.report import BuildReport, BuiltComponent

_COLOURS = {Action.FAILED: "red", Action.FRESH: None}


@click.command(
    "build",
    epilog=give_example(
        "headwater build",
        "headwater build 001-wallet --seed 7",
        "headwater build --model anthropic:claude-sonnet-5-5",
        "headwater build --frozen",
        "headwater build --dry-run",
        "headwater build --strength",
        'headwater build --accept-edits --reason "hot fix, ticket 4711"',
    ),
)
@click.argument("feature", default="")
@click.option("--seed", type=int, help="Where sampling starts; the same seed asks the same.")
@click.option("--model", metavar="NAME", help="The model to ask, such as `embedded:`.")
@click.option("--frozen", is_flag=True, default=None, help="Call no model: lock and cache only.")
@click.option("--upgrade", is_flag=True, help="Derive anew also what an older model made.")
@click.option(
    "--sandbox",
    type=click.Choice(get_args(SandboxKind)),
    help="What generated code runs in; none gives it all your rights.",
)
@click.option(
    "--strength", is_flag=True, default=None, help="Measure then how strong examples are."
)
@click.option(
    "--more-examples", is_flag=True, default=None, help="Measure, and propose rows for weak ones."
)
@click.option("--accept-edits", is_flag=True, help="Let code stand that was edited by hand.")
@click.option("--reason", metavar="TEXT", default="", help="Why edited code may stand.")
@click.option("--dry-run", is_flag=True, help="Say what a build would do and take; do nothing.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
@yes_option
@json_option
@click.pass_obj
def command(
    call: Invocation,
    /,
    *,
    feature: str,
    upgrade: bool,
    accept_edits: bool,
    reason: str,
    dry_run: bool,
    quiet: bool,
    yes: bool,
    as_json: bool,
    **settings: object,
) -> ExitCode:
    """Derive what is not fresh, verify it, and commit it.

    FEATURE is a number or name, such as 001 or 001-wallet; without it every feature with a plan is
    built. When everything passes the branch moves to the new commits. When it does not, branch,
    index and work tree stay as they were. `--strength` then tries small changes to the code, to
    see which of them the examples notice.

    Code that was edited by hand refuses a build. With --accept-edits it stands as it is, if it
    passes its tests; `check` warns of it, with the reason, until it is derived anew or reverted.
    """
    if accept_edits is not bool(reason.strip()):
        raise UsageError(
            "expected --accept-edits and --reason together, found one of the two",
            hint='For example `headwater build --accept-edits --reason "hot fix, ticket 4711"`.',
        )
    root = open_repository(call.folder).root
    merged = read_settings(root, {_SETTINGS[name]: value for name, value in settings.items()})
    request = BuildRequest(feature=feature, upgrade=upgrade, accept_edits=reason.strip())

    def choose(choice: Choice) -> Choice:
        return choose_model(choice, yes=yes)

    with own_temporary_folder():
        if dry_run:
            return show_ripple(_foresee(root, merged, request), as_json=as_json)
        bound = merged.build.confirm_above
        asked = bound > 0 and not yes and sys.stdin.isatty()
        if asked and not agree_to(_foresee(root, merged, request), above=bound):
            return ExitCode.FINDINGS
        with open_progress(quiet=quiet) as progress:
            watchers = Watchers(build=progress, pull=progress, choose=choose)
            report = build(root, request, ports=wire_build(root, merged, watchers=watchers))
        document = {"succeeded": report.succeeded, **to_json(report)}
        if not as_json:
            echo("\n".join(_render(report)))
        if report.succeeded and (merged.build.mutation or merged.build.more_examples):
            document |= measure_and_offer(
                root, merged, feature=feature, quiet=quiet, yes=yes, as_json=as_json
            )
        if as_json:
            echo(render_json(document))
    return ExitCode.DONE if report.succeeded else ExitCode.FINDINGS


_SETTINGS = {
    "seed": "model.seed",
    "model": "model.name",
    "frozen": "build.frozen",
    "sandbox": "sandbox.kind",
    "strength": "build.mutation",
    "more_examples": "build.more_examples",
}


def _foresee(root: Path, settings: Settings, request: BuildRequest) -> ForeseenBuild:
    silent = SilentProgress()
    ports = wire_build(root, settings, watchers=Watchers(build=silent, pull=silent))
    return foresee_build(root, request, ports=ports)


def _render(report: BuildReport) -> Iterator[str]:
    yield align(map(_describe, report.components))
    for shortfall in report.shortfalls:
        message = clean(f"{shortfall.about}: {shortfall.message}")
        yield f"{click.style('failed:', fg='red')} {message}"
        if shortfall.hint:
            yield f"    hint: {clean(shortfall.hint)}"
    if all(component.action is Action.FRESH for component in report.components):
        yield f"Nothing to do: {count(len(report.components), 'component')} fresh."
        return
    yield (f"{report.passed} of {count(report.tests, 'test')} passed; {render_usage(report.usage)}")
    if report.succeeded:
        yield f"The branch is at {report.commit[:12]}."
    else:
        yield "Nothing was changed: branch, index and work tree are as they were."


def _describe(component: BuiltComponent) -> tuple[str, ...]:
    action = click.style(component.action.value, fg=_COLOURS.get(component.action, "green"))
    details = []
    if component.attempts:
        details.append(count(component.attempts, "attempt"))
    if component.held_out_failures:
        details.append(f"{component.held_out_failures} failed held-out tests")
    if component.diff:
        details.append(f"{component.diff} lines")
    if component.model:
        details.append(clean(component.model))
    own = f"{component.component} "  # which stands at the beginning of the line already
    reasons = clean("; ".join(reason.removeprefix(own) for reason in component.reasons))
    return (clean(component.component), action, ", ".join(details), reasons)
