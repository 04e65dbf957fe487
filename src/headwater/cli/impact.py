"""`headwater impact`."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from headwater.cli.invocation import Invocation, give_example, json_option
from headwater.cli.json_form import render_json
from headwater.cli.render import align, clean, count, echo
from headwater.errors import ExitCode, UsageError
from headwater.graph.impact import Effect
from headwater.operations.impact import report_impact, report_impact_since
from headwater.wiring import list_targets, open_kept_results

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.graph.changes import ItemChange
    from headwater.operations.impact import ImpactReport, TouchedNode

_COLOURS = {
    Effect.CHANGED: "magenta",
    Effect.REDECLARED: "red",
    Effect.REGENERATED: "red",
    Effect.VERIFIED: "yellow",
    Effect.CHECKED: "yellow",
    Effect.REVIEWED: "cyan",
}


@click.command(
    "impact",
    epilog=give_example(
        "headwater impact 001/FR-003",
        "headwater impact 001/C1 article/II --depth 2",
        "headwater impact --diff main",
    ),
)
@click.argument("refs", nargs=-1, metavar="[REF]...")
@click.option(
    "--diff",
    "revision",
    metavar="REV",
    default="",
    help="Compare the documents with those of the commit REV, and show what their changes touch.",
)
@click.option(
    "--depth",
    type=click.IntRange(min=1),
    default=None,
    help="Follow paths of at most this many steps; any number when not given.",
)
@json_option
@click.pass_obj
def command(
    call: Invocation,
    /,
    *,
    refs: tuple[str, ...],
    revision: str,
    depth: int | None,
    as_json: bool,
) -> ExitCode:
    """Tell what a change would touch, or what it touches since a revision.

    REF is a requirement, scenario, story, feature, decision, component, article or test, or a
    policy that articles cite. Everything that depends on it is shown, directly or not, each with
    the shortest path that explains it and with what would be done: derived again, verified again,
    looked at by a person.

    With --diff nothing is checked out; documents are compared by what they mean, so that a line
    wrapped anew is no change.
    """
    if bool(refs) == bool(revision):
        raise UsageError(
            "expected either refs or --diff REV",
            hint="For example `headwater impact 001/FR-003`, or `headwater impact --diff HEAD`.",
        )
    targets, kept = list_targets(), open_kept_results()
    if revision:
        report = report_impact_since(
            call.folder, revision, targets=targets, kept=kept, depth=depth or 0
        )
    else:
        report = report_impact(call.folder, refs, targets=targets, kept=kept, depth=depth or 0)
    echo(render_json(report) if as_json else "\n".join(_render(report)))
    return ExitCode.DONE


def _render(report: ImpactReport) -> Iterator[str]:
    if report.revision:
        yield f"Since {report.revision[:12]}: {count(len(report.changes), 'change')} of meaning"
        yield from filter(None, [align(map(_describe_change, report.changes), indent=2)])
    shown = [one for one in report.touched if one.effect is not Effect.CHANGED]
    for effect, group in groupby(shown, key=lambda one: one.effect):
        yield click.style(effect.value, fg=_COLOURS.get(effect))
        yield align(map(_describe_touched, group), indent=2)
    if not shown and (report.refs or report.changes):
        yield "Nothing else is touched."
    elif shown:
        yield _count_effects(shown)


def _describe_change(change: ItemChange) -> tuple[str, ...]:
    parts = {
        "text": change.text_changed,
        "links": change.links_changed,
        "interface": change.offer_changed,
    }
    what = [name for name, changed in parts.items() if changed]
    for number, done in (
        (len(change.examples_added), "added"),
        (len(change.examples_removed), "removed"),
    ):
        if number:
            what.append(f"{count(number, 'example')} {done}")
    where = str(change.place) if change.place else ""
    return tuple(map(clean, (change.ref, change.change.value, ", ".join(what), where)))


def _describe_touched(one: TouchedNode) -> tuple[str, ...]:
    name = one.node + (" (no longer asked for)" if one.gone else "")
    return (one.kind.value, clean(name), _render_path(one))


def _render_path(one: TouchedNode) -> str:
    """`001/FR-003 → 001/C1 (implements it) → src/wallet/payment.py (is derived for it)`."""
    origin, *steps = one.path
    if not steps:
        return "changed itself"
    told = (f"{clean(step.node)} ({step.because})" for step in steps)
    return " → ".join((clean(origin.node), *told))


def _count_effects(shown: list[TouchedNode]) -> str:
    words = {
        Effect.REDECLARED: "derived again with another interface",
        Effect.REGENERATED: "derived again",
        Effect.VERIFIED: "verified again",
        Effect.CHECKED: "checked again",
        Effect.REVIEWED: "to be looked at",
        Effect.POSSIBLE: "possibly",
        Effect.DOUBTFUL: "possibly verified again",
    }
    numbers = {effect: sum(one.effect is effect for one in shown) for effect in words}
    told = ", ".join(f"{number} {words[effect]}" for effect, number in numbers.items() if number)
    return f"{count(len(shown), 'thing')} touched: {told}"
