"""The one place that tells a person, or a program, how a command failed."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

import click

from headwater.cli.crash import write_crash_report
from headwater.cli.json_form import render_json
from headwater.cli.render import clean, echo, render_problem
from headwater.errors import ExitCode, HeadwaterError
from headwater.operations.building.refusals import ProblemsError

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.spec.model import Problem


def report_failure(error: BaseException, *, folder: Path, as_json: bool) -> int:
    """Tell of an error on standard error, or as JSON on standard output; return the exit code."""
    if isinstance(error, (KeyboardInterrupt, click.Abort)):
        return _tell("interrupted", as_json=as_json, code=ExitCode.INTERRUPTED)
    if isinstance(error, click.ClickException):
        return _tell(
            error.format_message(), hint=_point_to_help(error), as_json=as_json, code=ExitCode.USAGE
        )
    if isinstance(error, HeadwaterError):
        problems = error.problems if isinstance(error, ProblemsError) else ()
        return _tell(
            error.message,
            hint=error.hint,
            problems=problems,
            as_json=as_json,
            code=error.exit_code,
        )
    return _report_unexpected(error, folder=folder, as_json=as_json)


def _report_unexpected(error: BaseException, *, folder: Path, as_json: bool) -> int:
    summary = traceback.format_exception_only(error)[-1].strip()
    try:
        where = str(write_crash_report(error, folder=folder))
    except OSError:
        # Better on the screen than lost.
        echo("".join(traceback.format_exception(error)), err=True)
        where = "standard error, above"
    return _tell(
        f"unexpected: {summary}",
        hint=f"This is a fault of Headwater; the report is in {where}.",
        as_json=as_json,
        code=ExitCode.UNEXPECTED,
    )


def _tell(
    message: str,
    *,
    hint: str = "",
    problems: tuple[Problem, ...] = (),
    as_json: bool,
    code: ExitCode,
) -> int:
    if as_json:
        error: dict[str, object] = {"message": message, "hint": hint, "exit_code": int(code)}
        echo(render_json({"error": {**error, "problems": problems} if problems else error}))
        return code
    for problem in problems:
        echo(render_problem(problem), err=True)
    if code is ExitCode.INTERRUPTED:
        echo(message, err=True)
        return code
    echo(f"{click.style('error:', fg='red')} {clean(message)}", err=True)
    if hint:
        echo(f"hint: {clean(hint)}", err=True)
    return code


def _point_to_help(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"See `{context.command_path} --help`." if context else ""
