"""`headwater init`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from headwater.cli.invocation import Invocation, ask, give_example, json_option, yes_option
from headwater.cli.json_form import render_json
from headwater.cli.render import align, clean, count, echo
from headwater.cli.settings_file import render_settings
from headwater.config import SETTINGS_FILE
from headwater.errors import ExitCode, HeadwaterError
from headwater.operations.init import FileChange, init
from headwater.spec.origin import Origin
from headwater.workspace.repository import NoRepositoryError

if TYPE_CHECKING:
    from headwater.operations.init import FoundSpecs, InitReport


@click.command("init", epilog=give_example("headwater init", "headwater -C new-project init --yes"))
@yes_option
@json_option
@click.pass_obj
def command(call: Invocation, /, *, yes: bool, as_json: bool) -> ExitCode:
    """Make a repository ready, and find the specs that it holds.

    Tells git how to merge lock files and what to ignore, and writes a headwater.toml in which every
    setting is commented out. What is there already stays as it is. Outside a repository it asks
    whether to make one.
    """
    try:
        report = _init(call, create_repository=False)
    except NoRepositoryError as error:
        if not ask(f"There is no git repository at {call.folder.resolve()}. Make one?", yes=yes):
            hint = "Run `headwater init --yes`, or `git init` first."
            raise HeadwaterError(error.message, hint=hint) from error
        report = _init(call, create_repository=True)
    echo(render_json(report) if as_json else _render(report))
    return ExitCode.DONE


def _init(call: Invocation, *, create_repository: bool) -> InitReport:
    return init(
        call.folder,
        create_repository=create_repository,
        settings_file=SETTINGS_FILE,
        settings_text=render_settings(),
    )


def _render(report: InitReport) -> str:
    rows = [("created", "git repository")] if report.repository_created else []
    rows += [(file.change.value, file.path) for file in report.files]
    rows += [("found", _describe(found)) for found in report.found]
    lines = [clean(str(report.root)), align(rows, indent=2)]
    if any(file.change is not FileChange.UNCHANGED for file in report.files):
        lines.append("Commit these files; then `headwater status` tells what can be built.")
    return "\n".join(lines)


def _describe(found: FoundSpecs) -> str:
    what = f"{found.kind.value} in {found.folder}/ ({count(found.specs, 'spec')})"
    if found.kind is Origin.NATIVE:
        return what
    return f"{what}: read as it is; `headwater import` makes native features of it"
