"""`headwater trace`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from headwater.cli.invocation import Invocation, give_example, json_option
from headwater.cli.json_form import render_json
from headwater.cli.render import align, clean, count, echo, style_state
from headwater.errors import ExitCode
from headwater.graph.trace import Coverage
from headwater.operations.trace import trace
from headwater.wiring import list_targets, open_kept_results

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.graph.trace import TracedTest
    from headwater.operations.trace import TracedComponent, TracedItem, TraceReport


@click.command(
    "trace",
    epilog=give_example("headwater trace", "headwater trace 001/FR-003", "headwater trace C2"),
)
@click.argument("ref", default="")
@json_option
@click.pass_obj
def command(call: Invocation, /, *, ref: str, as_json: bool) -> ExitCode:
    """Follow requirements to components, files, tests and results.

    REF is a requirement, scenario, story, component or feature; without it everything is shown,
    what nothing implements or tests first.
    """
    report = trace(call.folder, ref=ref, targets=list_targets(), kept=open_kept_results())
    if as_json:
        echo(render_json(report))
    elif not report.items:
        echo(f"Nothing is traced for {clean(ref)}." if ref else "No requirements to trace.")
    else:
        echo("\n".join(_render_all(report) if not ref else map(_render_item, report.items)))
    return ExitCode.DONE


def _render_all(report: TraceReport) -> Iterator[str]:
    yield align(
        (
            clean(item.ref),
            _style(item.coverage),
            ", ".join(clean(component.ref) for component in item.components),
            _count_tests(item.tests),
        )
        for item in report.items
    )
    verified = sum(item.coverage is Coverage.VERIFIED for item in report.items)
    yield f"{verified} of {len(report.items)} verified"


def _render_item(item: TracedItem) -> str:
    rows = [("component", _describe(component)) for component in item.components]
    rows += [("file", clean(path)) for path in item.files]
    rows += [("test", _name_test(test)) for test in item.tests]
    head = f"{clean(item.ref)}  {_style(item.coverage)}"
    return f"{head}\n{align(rows, indent=2)}" if rows else head


def _describe(component: TracedComponent) -> str:
    passed = f", {count(component.passed, 'test')} passed" if component.passed is not None else ""
    name = f"{clean(component.ref)} {clean(component.name)}"
    return f"{name}: {style_state(component.state)}{passed}"


def _name_test(test: TracedTest) -> str:
    return clean(test.key) + (" (written by model)" if test.by_model else "")


def _count_tests(tests: tuple[TracedTest, ...]) -> str:
    by_model = sum(test.by_model for test in tests)
    return count(len(tests), "test") + (f" ({by_model} written by model)" if by_model else "")


def _style(coverage: Coverage) -> str:
    colours = {Coverage.VERIFIED: "green", Coverage.PENDING: "yellow"}
    return click.style(coverage.value, fg=colours.get(coverage, "red"))
