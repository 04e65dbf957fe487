"""`headwater explain`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from headwater.cli.invocation import Invocation, give_example, json_option
from headwater.cli.json_form import render_json
from headwater.cli.render import align, clean, count, echo, render_reason, style_state
from headwater.errors import ExitCode
from headwater.operations.explain import explain
from headwater.wiring import list_targets, open_kept_results

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.graph.lock import Generator
    from headwater.operations.explain import ExplainReport


@click.command("explain", epilog=give_example("headwater explain src/wallet/ledger.py"))
@click.argument("path", type=click.Path(path_type=Path))
@json_option
@click.pass_obj
def command(call: Invocation, /, *, path: Path, as_json: bool) -> ExitCode:
    """Tell what a derived file was made from, by what, and how it stands."""
    report = explain(
        call.folder, call.folder / path, targets=list_targets(), kept=open_kept_results()
    )
    echo(render_json(report) if as_json else _render(report))
    return ExitCode.DONE


def _render(report: ExplainReport) -> str:
    return f"{clean(report.path)}\n{align(_list_rows(report), indent=2)}"


def _list_rows(report: ExplainReport) -> Iterator[tuple[str, str]]:
    kind = "code" if report.is_code else "tests"
    if "/" in report.owner:
        yield ("component", clean(f"{report.owner} {report.name} ({kind})"))
    else:
        yield ("feature", clean(f"{report.owner} ({kind})"))
    if report.state is not None:
        passed = "" if report.passed is None else f", {count(report.passed, 'test')} passed"
        yield ("state", f"{style_state(report.state)}{passed}")
    yield from (("because", render_reason(reason, of=report.owner)) for reason in report.reasons)
    for label, names in (
        ("implements", report.implements),
        ("from", report.sources),
        ("needs", report.dependencies),
        ("needed by", report.dependents),
    ):
        if names:
            yield (label, clean(", ".join(names)))
    if report.generator:
        yield ("made by", clean(_describe(report.generator)))


def _describe(made: Generator) -> str:
    cost = f", {made.cost} USD" if made.cost else ""
    attempts = count(made.attempts, "attempt")
    return f"{made.model} in {attempts}, {made.output_tokens} answer tokens{cost}"
