"""`headwater change`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from headwater.cli.differences import render_difference
from headwater.cli.drafting import drafting_options, open_drafting, show_draft
from headwater.cli.invocation import Invocation, ask, give_example, json_option
from headwater.cli.json_form import render_json, to_json
from headwater.cli.render import align, clean, count, echo
from headwater.errors import ExitCode, HeadwaterError, UsageError
from headwater.operations.change import commit_change, propose_change
from headwater.operations.drafting.change_report import ChangeRequest
from headwater.steps.change.choose import NEW

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.cli.drafting import Asking
    from headwater.operations.drafting.change_report import ProposedChange
    from headwater.steps.change.candidates import Candidate

_MOST_TOUCHED = 10


@click.command(
    "change",
    epilog=give_example(
        'headwater change "payments of more than 1000 need a second signature"',
        'headwater change "wait at most 90 seconds" --ref 001/FR-003',
        'headwater change "also read durations in minutes" --feature 001 --dry-run',
    ),
)
@click.argument("wish", metavar="TEXT")
@click.option("--feature", metavar="FEATURE", default="", help="The feature that is meant.")
@click.option(
    "--ref", metavar="REF", default="", help="The requirement that is meant; `new` for a new one."
)
@click.option("--dry-run", is_flag=True, help="Show the change, and commit nothing.")
@drafting_options
@json_option
@click.pass_obj
def command(
    call: Invocation,
    /,
    *,
    wish: str,
    feature: str,
    ref: str,
    dry_run: bool,
    asking: Asking,
    as_json: bool,
) -> ExitCode:
    """Change one requirement and its examples, and nothing else.

    TEXT says what is wished. The requirement is found by its id, or by the words, numbers and names
    that it shares with TEXT; a model drafts the new sentence and the examples that follow from it.
    You see the difference in meaning and what becomes stale, and are asked before anything is
    committed. Examples that a model wrote stay marked until somebody confirms them.
    """
    if not wish.strip():
        raise UsageError(
            "expected what is to change, found an empty text",
            hint='For example `headwater change "payments are rounded to cents"`.',
        )
    if not (asking.yes or dry_run or sys.stdin.isatty()):
        raise HeadwaterError(
            "expected a yes before a change is committed, found no terminal to ask at",
            hint="Give `--yes` to commit what is drafted, or `--dry-run` to look at it only.",
        )
    with open_drafting(call, asking) as drafting:
        choose = choose_requirement if sys.stdin.isatty() and not asking.yes else None
        request = ChangeRequest(wish=wish, feature=feature, ref=ref)
        proposed = propose_change(call.folder, request, ports=drafting.ports, choose=choose)
    if proposed.draft is None or dry_run:
        echo(render_json(_to_document(proposed)) if as_json else "\n".join(_render(proposed)))
        return ExitCode.DONE
    echo("\n".join(_render(proposed)), err=as_json)
    if not ask("Commit this change?", yes=asking.yes):
        echo("Nothing was committed.", err=as_json)
        return ExitCode.FINDINGS
    report = commit_change(call.folder, proposed, ports=drafting.ports)
    if as_json:
        echo(render_json({**_to_document(proposed), "committed": report}))
    else:
        show_draft(report, as_json=False)
    return ExitCode.DONE


def choose_requirement(candidates: Sequence[Candidate], *, new: bool = True) -> str:
    """Ask a person which requirement is meant: its ref, or `new` where that may be."""
    echo("Which requirement is meant?", err=True)
    for number, one in enumerate(candidates, 1):
        echo(f"  {number}  {clean(one.ref)}: {clean(one.text)}", err=True)
    if new:
        echo(f"  {len(candidates) + 1}  a new one", err=True)
    last = len(candidates) + new
    answer = click.prompt("Number", type=click.IntRange(1, last), err=True)
    return NEW if answer > len(candidates) else candidates[answer - 1].ref


def _to_document(proposed: ProposedChange) -> dict[str, object]:
    """The proposal without the bytes of the document."""
    document: dict[str, object] = to_json(proposed)
    draft = proposed.draft
    parts = ("models", "usage", "refused")
    document["draft"] = {name: to_json(getattr(draft, name)) for name in parts} if draft else None
    return document


def _render(proposed: ProposedChange) -> Iterator[str]:
    if proposed.draft is None:
        yield f"{clean(proposed.path)} says so already, since the same wish was drafted last."
        return
    verb = "Adds" if proposed.is_new else "Changes"
    yield f"{verb} {clean(proposed.ref)}, {count(proposed.words, 'word')} to read:"
    yield from (f"  {render_difference(one)}" for one in proposed.differences)
    yield from (clean(note) for note in proposed.notes)
    if proposed.is_new:
        yield "No component implements it yet: add it to **Implements** in the plan."
    elif not proposed.touched:
        yield "Nothing derived is touched."
    else:
        yield f"Touches {count(len(proposed.touched), 'thing')}:"
        shown = proposed.touched[:_MOST_TOUCHED]
        yield align(((clean(one.node), one.effect.value) for one in shown), indent=2)
        if len(proposed.touched) > len(shown):
            yield f"  and {len(proposed.touched) - len(shown)} more; `headwater impact` lists them"
