"""`headwater triage`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from headwater.cli import build
from headwater.cli.drafting import drafting_options, open_drafting
from headwater.cli.interrupt import own_temporary_folder
from headwater.cli.invocation import Invocation, ask, give_example, json_option
from headwater.cli.json_form import render_json
from headwater.cli.render import clean, echo
from headwater.cli.text_files import read_text_file, read_text_stream
from headwater.cli.triage_report import render_triage, to_document
from headwater.errors import ExitCode, UsageError
from headwater.operations.triage.ground import feature_of
from headwater.operations.triage.report import TriagePorts, TriageRequest, Verdict
from headwater.operations.triage.trace import go_on, triage
from headwater.wiring import read_settings, wire_workbench

if TYPE_CHECKING:
    from headwater.cli.drafting import Asking
    from headwater.operations.triage.report import TriageReport

_STANDARD_INPUT = Path("-")


@click.command(
    "triage",
    epilog=give_example(
        'headwater triage "total([]) raises an error, it should be 0"',
        "pytest | headwater triage --from -",
        "headwater triage --test 'tests/001_wallet/test_c2.py::test_fr_002'",
        "headwater triage --example 'pay(3, 4) = raises invalid_argument' --component C2",
        "headwater triage --example 'wallet pay 3 4 = \"\", exit 1'",
    ),
)
@click.argument("text", required=False, default="")
@click.option(
    "--from",
    "source",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Read the report from a file; - is standard input.",
)
@click.option("--test", metavar="TEST", default="", help="A derived test, as pytest names it.")
@click.option("--example", metavar="ROW", default="", help="A call or command, and its result.")
@click.option("--component", metavar="REF", default="", help="Where it fails, if you know.")
@drafting_options
@json_option
@click.pass_context
def command(
    context: click.Context,
    /,
    *,
    text: str,
    source: Path | None,
    test: str,
    example: str,
    component: str,
    asking: Asking,
    as_json: bool,
) -> ExitCode:
    """Trace a failure to the spec or to the generated code, and propose the way on.

    TEXT is a traceback, the output of a test run, or an issue in your words. The call or command in
    it is tried again in the sandbox. Where the code breaks a test, a row or a requirement, the code
    is wrong: the failure becomes a row of the spec, and the code is derived again. Where the spec
    leaves the case open, the row and a sentence for it are proposed. You see what would change and
    are asked before anything is committed.
    """
    call: Invocation = context.obj
    request = TriageRequest(
        text=_read(call, text, source), test=test, example=example, component=component
    )
    if sum(map(bool, (request.text.strip(), test.strip(), example.strip()))) != 1:
        raise UsageError(
            "expected one of a text, --from FILE, --test TEST and --example ROW",
            hint='For example `headwater triage "total([]) fails, it should be 0"`.',
        )
    with own_temporary_folder(), open_drafting(call, asking) as drafting:
        settings = read_settings(drafting.root, {})
        ports = TriagePorts(drafting=drafting.ports, open_workbench=wire_workbench(settings))
        report = triage(drafting.root, request, ports=ports)
    if not report.has_way:
        _show(report, as_json=as_json)
        return ExitCode.FINDINGS if _needs_more(report) else ExitCode.DONE
    echo("\n".join(render_triage(report)), err=as_json)
    if not ask(_word_question(report), yes=asking.yes):
        _show_refused(report, as_json=as_json)
        return ExitCode.FINDINGS
    commit = go_on(drafting.root, report, ports=ports)
    if as_json:
        echo(render_json({**to_document(report), "committed": commit}))
        return ExitCode.DONE
    echo(f"Committed as {commit[:12]}.")
    return _build(context, report, asking)


def _read(call: Invocation, text: str, source: Path | None) -> str:
    if source is None or text:
        return text if source is None else ""
    return (
        read_text_stream(sys.stdin)
        if source == _STANDARD_INPUT
        else read_text_file(call.folder / source)
    )


def _needs_more(report: TriageReport) -> bool:
    """Whether a person has to answer, build or edit before the failure is dealt with."""
    return bool(report.question) or report.verdict in {Verdict.GENERATION, Verdict.GAP}


def _word_question(report: TriageReport) -> str:
    if report.verdict is Verdict.GAP:
        return "Commit this change of the spec?"
    what = "Add this row to the spec" if report.change else "Withdraw that these tests passed"
    return f"{what}, and derive {clean(report.component)} again?"


def _build(context: click.Context, report: TriageReport, asking: Asking) -> ExitCode:
    """Derive the code again where it is what is wrong; a spec that said nothing is read first."""
    feature = feature_of(report.component)
    if report.verdict is not Verdict.GENERATION:
        echo(f"Read it, then `headwater build {feature}` derives the code.")
        return ExitCode.DONE
    code: ExitCode = context.invoke(
        build.command,
        feature=feature,
        seed=asking.seed,
        model=asking.model,
        frozen=asking.frozen,
        quiet=asking.quiet,
        yes=asking.yes,
    )
    return code


def _show(report: TriageReport, *, as_json: bool) -> None:
    echo(render_json(to_document(report)) if as_json else "\n".join(render_triage(report)))


def _show_refused(report: TriageReport, *, as_json: bool) -> None:
    if as_json:
        _show(report, as_json=True)
    echo("Nothing was committed; `--yes` agrees without a question.", err=as_json)
