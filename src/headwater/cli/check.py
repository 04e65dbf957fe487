"""`headwater check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from headwater.cli.invocation import Invocation, give_example, json_option
from headwater.cli.json_form import render_json, to_json
from headwater.cli.render import clean, count, echo, render_problem, render_reason, style_state
from headwater.errors import ExitCode
from headwater.operations.check import check
from headwater.wiring import list_targets, open_kept_results, read_settings
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.operations.check import CheckReport
    from headwater.operations.status import ComponentStatus


@click.command("check", epilog=give_example("headwater check", "headwater check --json"))
@json_option
@click.pass_obj
def command(call: Invocation, /, *, as_json: bool) -> ExitCode:
    """Find what is wrong or not fresh; the gate for continuous integration.

    Reads documents, lock and derived files, and calls no model. Ends with exit code 1 when there
    is an error, or when a component is not as its specification and the lock say.
    """
    root = open_repository(call.folder).root
    report = check(
        root,
        targets=list_targets(),
        kept=open_kept_results(),
        settings=read_settings(root, {}).rules,
    )
    if as_json:
        echo(render_json({"passed": report.passed, **to_json(report)}))
    else:
        echo("\n".join(_render(report)))
    return ExitCode.DONE if report.passed else ExitCode.FINDINGS


def _render(report: CheckReport) -> Iterator[str]:
    yield from map(render_problem, report.findings)
    yield from map(_render_state, report.unsettled)
    if not report.features:
        yield "No specs: no folder specs/NNN-name holds a document. 0 problems."
        return
    warnings = len(report.findings) - report.errors
    # A feature's own files are counted apart from its components.
    stale = sum("/" in one.ref for one in report.unsettled)
    yield (
        f"{count(report.features, 'feature')}, {count(report.components, 'component')}: "
        f"{count(report.errors, 'error')}, {count(warnings, 'warning')}, {stale} not fresh"
    )


def _render_state(found: ComponentStatus) -> str:
    reasons = "; ".join(render_reason(reason, of=found.ref) for reason in found.reasons)
    return f"{clean(found.ref)} is {style_state(found.state)}: {reasons}"
