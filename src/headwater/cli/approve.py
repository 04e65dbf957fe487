"""`headwater approve`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from headwater.cli.differences import render_difference
from headwater.cli.invocation import Invocation, give_example, json_option
from headwater.cli.json_form import render_json
from headwater.cli.render import clean, echo
from headwater.errors import ExitCode, UsageError
from headwater.graph.approvals import Standing
from headwater.operations.approve import approve, list_approvals, withdraw
from headwater.wiring import read_settings, wire_approvals
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.operations.approve import ApprovalReport, ListedDocument

_COLOURS = {Standing.APPROVED: "green", Standing.CHANGED: "yellow", Standing.WITHDRAWN: "red"}


@click.command(
    "approve",
    epilog=give_example(
        "headwater approve specs/001-wallet/spec.md",
        "headwater approve 001/spec 001/plan",
        "headwater approve --list",
        "headwater approve --withdraw constitution",
    ),
)
@click.argument("documents", nargs=-1, metavar="[DOC]...")
@click.option("--list", "as_list", is_flag=True, help="Show how all documents stand.")
@click.option("--withdraw", "withdrawn", is_flag=True, help="Take the approval of DOC back.")
@click.option(
    "--accept-drafted",
    is_flag=True,
    help="Approve examples that a model wrote and nobody has confirmed, too.",
)
@json_option
@click.pass_obj
def command(
    call: Invocation,
    /,
    *,
    documents: tuple[str, ...],
    as_list: bool,
    withdrawn: bool,
    accept_drafted: bool,
    as_json: bool,
) -> ExitCode:
    """Record who approves what a document means.

    DOC is a spec, plan, task list or the constitution, by its path or as `001/spec`. The approval
    is committed with your name, the time, and a digest of the document's meaning. It holds until
    the meaning changes; wrapping, layout and tick boxes may. A document with errors, open questions
    or unconfirmed examples is refused.
    """
    if as_list == bool(documents):
        raise UsageError(
            "expected either documents or --list",
            hint="For example `headwater approve 001/spec`, or `headwater approve --list`.",
        )
    root = open_repository(call.folder).root
    ports = wire_approvals(read_settings(root, {}))
    if as_list:
        listed = list_approvals(call.folder, ports=ports)
        echo(render_json(listed) if as_json else "\n".join(_list(listed)))
        return ExitCode.DONE
    if withdrawn:
        report = withdraw(call.folder, documents, ports=ports)
    else:
        report = approve(call.folder, documents, ports=ports, accept_drafted=accept_drafted)
    echo(render_json(report) if as_json else "\n".join(_render(report)))
    return ExitCode.DONE


def _list(listed: Sequence[ListedDocument]) -> Iterator[str]:
    for one in listed:
        document, last = one.document, one.document.last
        standing = click.style(document.standing.value, fg=_COLOURS.get(document.standing))
        who = f" by {clean(last.by)} on {last.when.partition('T')[0]}" if last else ""
        yield f"{clean(document.path)}: {standing}{who}"
        yield from (f"  {render_difference(difference)}" for difference in one.differences or ())
        if document.standing is Standing.CHANGED and one.differences is None:
            yield "  git no longer has what was approved, so the difference cannot be shown"
    if not listed:
        yield "No documents to approve."


def _render(report: ApprovalReport) -> Iterator[str]:
    for line in report.recorded:
        yield f"{clean(line.document)}: {line.verdict.value} by {clean(line.by)}"
    for path in report.unchanged:
        yield f"{clean(path)}: nothing to record, it stands so already"
    if report.recorded:
        yield f"Committed as {report.commit[:12]}."
