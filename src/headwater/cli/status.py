"""`headwater status`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from headwater.cli.invocation import Invocation, give_example, json_option
from headwater.cli.json_form import render_json
from headwater.cli.render import align, clean, count, echo, render_reason, style_state
from headwater.errors import ExitCode
from headwater.operations.status import report_status
from headwater.spec.origin import Origin
from headwater.wiring import list_targets, open_kept_results

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.operations.standing.component_status import ComponentStatus
    from headwater.operations.status import FeatureStatus, StatusReport


@click.command("status", epilog=give_example("headwater status", "headwater status --json"))
@json_option
@click.pass_obj
def command(call: Invocation, /, *, as_json: bool) -> ExitCode:
    """Show the state of every component, and why.

    Calls no model and changes nothing. With --json the words that wait for a review are counted,
    too. The exit code is 0 whatever the states are; `check` is the
    command that fails.
    """
    report = report_status(
        call.folder, targets=list_targets(), kept=open_kept_results(), count_words=as_json
    )
    echo(render_json(report) if as_json else "\n".join(_render(report)))
    return ExitCode.DONE


def _render(report: StatusReport) -> Iterator[str]:
    for feature in report.features:
        native = feature.origin is Origin.NATIVE
        yield clean(feature.folder.rpartition("/")[2] if native else feature.number)
        yield align(_list_rows(feature), indent=2)
        for one in feature.suspect:
            local = clean(one.ref.rpartition("/")[2])
            yield f"  {local} {click.style('suspect', fg='yellow')}: {clean(one.why)}"
    if not report.features:
        yield "No specs: no folder specs/NNN-name holds a document."
    states = Counter(one.state for feature in report.features for one in feature.components)
    suspects = sum(len(feature.suspect) for feature in report.features)
    if states:
        parts = ", ".join(f"{number} {style_state(state)}" for state, number in states.items())
        yield f"{count(states.total(), 'component')}: {parts}"
    if suspects:
        items = count(suspects, "item")
        yield f"{items} of plans and task lists suspect; `headwater check` says what to do."
    if report.errors:
        errors = count(report.errors, "error")
        yield f"{errors} in documents or lock; `headwater check` says which."


def _list_rows(feature: FeatureStatus) -> Iterator[tuple[str, ...]]:
    for component in feature.components:
        local = component.ref.rpartition("/")[2]
        yield from _list_lines(clean(local), clean(component.name), component)
    if feature.own_files:
        yield from _list_lines("tests", "of the feature", feature.own_files)
    if feature.origin is not Origin.NATIVE:
        yield (f"{feature.origin.value}; `headwater import` makes it a native feature",)
    elif not feature.has_plan:
        yield ("no plan.md yet",)
    elif not feature.components:
        yield ("the plan names no component",)


def _list_lines(ref: str, name: str, found: ComponentStatus) -> Iterator[tuple[str, ...]]:
    """One line, and one more for each further reason."""
    reasons = [render_reason(reason, of=found.ref) for reason in found.reasons]
    first, *others = reasons or [""]
    yield (ref, name, style_state(found.state), first)
    for reason in others:
        yield ("", "", "", reason)
