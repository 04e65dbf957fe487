"""`headwater trace`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from headwater.cli.invocation import Invocation, give_example, json_option
from headwater.cli.json_form import render_json
from headwater.cli.outputs import OrderedCommand, output_options, pair_outputs, write_output
from headwater.cli.render import align, clean, count, style_state
from headwater.errors import ExitCode
from headwater.exports.trace_cells import summarise_strength
from headwater.graph.strength import describe_remedy
from headwater.graph.trace import Coverage
from headwater.operations.trace import trace
from headwater.wiring import list_targets, open_kept_results

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from headwater.graph.trace import TracedTest
    from headwater.operations.tracing.trace_report import TracedComponent, TracedItem, TraceReport

_TEXT = 80  # characters of a requirement that the screen shows
_FORMATS = ("text", "markdown", "html", "csv", "json", "reqif")


@click.command(
    "trace",
    cls=OrderedCommand,
    epilog=give_example(
        "headwater trace",
        "headwater trace 001/FR-003",
        "headwater trace src/wallet/ledger.py",
        "headwater trace --format html -o trace.html",
        "headwater trace --strength",
    ),
)
@click.argument("ref", default="")
@output_options(_FORMATS, what="the trace is")
@click.option("--strength", is_flag=True, help="Tell how strong examples are, where measured.")
@json_option
@click.pass_context
def command(
    context: click.Context,
    /,
    *,
    ref: str,
    strength: bool,
    formats: tuple[str, ...],
    files: tuple[Path, ...],
    as_json: bool,  # noqa: ARG001  # `pair_outputs` reads it from the order
) -> ExitCode:
    """Follow requirements to everything derived from them, and back.

    REF is a requirement, scenario, story or feature; or a decision, component, task, article, file
    or test, which shows the requirements that it comes from. Without REF everything is shown, what
    nothing implements or tests first.
    """
    call: Invocation = context.obj
    outputs = pair_outputs(context, formats=formats, files=files)
    report = trace(
        call.folder,
        ref=ref,
        targets=list_targets(),
        kept=open_kept_results(),
        with_strength=strength,
    )
    for output in outputs:
        text = _render(report, form=output.format, asked=ref)
        write_output(output, text.removesuffix("\n"), folder=call.folder)
    return ExitCode.DONE


def _render(report: TraceReport, *, form: str, asked: str) -> str:
    """The report in a form. What only one form needs is imported there, for start-up cost."""
    match form:
        case "json":
            return render_json(report)
        case "markdown":
            from headwater.exports.trace_markdown import render_markdown  # noqa: PLC0415

            return render_markdown(report)
        case "html":
            from headwater.exports.trace_html import render_html  # noqa: PLC0415

            return render_html(report)
        case "csv":
            from headwater.exports.trace_csv import render_csv  # noqa: PLC0415

            return render_csv(report)
        case "reqif":
            from headwater.exports.trace_reqif import render_trace_reqif  # noqa: PLC0415

            return render_trace_reqif(report)
        case _:
            return _render_text(report, asked=asked)


def _render_text(report: TraceReport, *, asked: str) -> str:
    if not report.items:
        return f"Nothing is traced for {clean(asked)}." if asked else "No requirements to trace."
    return "\n".join(_render_items(report) if report.ref else _render_all(report))


def _render_all(report: TraceReport) -> Iterator[str]:
    yield align(
        (
            clean(item.ref),
            _style(item.coverage),
            ", ".join(clean(component.ref) for component in item.components),
            _count_tests(item.tests),
            *((_describe_strength(item),) if report.with_strength else ()),
        )
        for item in report.items
    )
    yield f"{report.count(Coverage.VERIFIED)} of {len(report.items)} verified"


def _render_items(report: TraceReport) -> Iterator[str]:
    for item in report.items:
        yield _render_item(item, with_strength=report.with_strength)


def _render_item(item: TracedItem, *, with_strength: bool) -> str:
    text = clean(item.text[:_TEXT]) + ("…" if len(item.text) > _TEXT else "")
    rows = [("text", text), ("stands at", clean(str(item.place)))]
    rows += [("decision", clean(f"{one.ref} {one.title}")) for one in item.decisions]
    rows += [("component", _describe(component)) for component in item.components]
    rows += [("task", clean(f"{one.ref} {one.text}")) for one in item.tasks]
    rows += [("suspect", clean(f"{one.ref}: {one.why}")) for one in item.suspect]
    rows += [("file", clean(path)) for path in item.files]
    rows += [("test", _describe_test(test)) for test in item.tests]
    if with_strength:
        rows.append(("strength", _describe_strength(item)))
        survivors = item.strength.survivors if item.strength else ()
        rows += [("unnoticed", clean(describe_remedy(one))) for one in survivors]
    return f"{clean(item.ref)}  {_style(item.coverage)}\n{align(rows, indent=2)}"


def _describe(component: TracedComponent) -> str:
    passed = f", {count(component.passed, 'test')} passed" if component.passed is not None else ""
    name = f"{clean(component.ref)} {clean(component.name)}"
    told = f"; accepted as edited: {', '.join(map(clean, component.accepted))}"
    accepted = told if component.accepted else ""
    return f"{name}: {style_state(component.state)}{passed}{accepted}"


def _describe_test(test: TracedTest) -> str:
    result = "passed" if test.passed else "not passed as it stands"
    author = " (written by model)" if test.by_model else ""
    where = f" in {clean(test.file)}" if test.file else ""
    return f"{clean(test.key)}{author}: {result}{where}"


def _describe_strength(item: TracedItem) -> str:
    return summarise_strength(item.strength) if item.strength else "not measured"


def _count_tests(tests: tuple[TracedTest, ...]) -> str:
    by_model = sum(test.by_model for test in tests)
    return count(len(tests), "test") + (f" ({by_model} written by model)" if by_model else "")


def _style(coverage: Coverage) -> str:
    colours = {Coverage.VERIFIED: "green", Coverage.PENDING: "yellow"}
    return click.style(coverage.value, fg=colours.get(coverage, "red"))
