"""`headwater adopt`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from headwater.cli.change import choose_requirement
from headwater.cli.differences import render_difference
from headwater.cli.drafting import drafting_options, open_drafting
from headwater.cli.invocation import Invocation, ask, give_example, json_option
from headwater.cli.json_form import render_json, to_json
from headwater.cli.render import align, clean, count, echo, render_usage
from headwater.errors import ExitCode
from headwater.operations.adopt import commit_adoption, propose_adoption
from headwater.operations.adopting.report import AdoptRequest
from headwater.wiring import wire_adopting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.cli.drafting import Asking
    from headwater.operations.adopting.report import ProposedAdoption, ShownRow


@click.command(
    "adopt",
    epilog=give_example(
        "headwater adopt src/wallet/ledger.py",
        "headwater adopt src/wallet/ledger.py --ref FR-003 --yes",
        "headwater adopt src/wallet/ledger.py --regenerate",
    ),
)
@click.argument("paths", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option(
    "--ref", metavar="REF", default="", help="The requirement that the change belongs to."
)
@click.option("--regenerate", is_flag=True, help="Derive the code anew from the changed spec.")
@drafting_options
@json_option
@click.pass_obj
def command(
    call: Invocation,
    /,
    *,
    paths: tuple[Path, ...],
    ref: str,
    regenerate: bool,
    asking: Asking,
    as_json: bool,
) -> ExitCode:
    """Make a hand edit of derived code a change of its specification.

    PATHS are edited files. One that means the same as before is taken as it is. Else the edit must
    keep to every example and test that there is; calls and commands on which it now behaves in
    another way are looked for, and become examples of the requirement that they belong to. You see
    what the specification would say, and are asked before anything is committed.
    """
    files = tuple(call.folder / path for path in paths)
    request = AdoptRequest(files=files, ref=ref, regenerate=regenerate)
    with open_drafting(call, asking) as drafting:
        ports = wire_adopting(drafting.root, drafting.settings, watchers=drafting.watchers)
        present = sys.stdin.isatty() and not asking.yes
        choose = partial(choose_requirement, new=False) if present else None
        proposed = propose_adoption(call.folder, request, ports=ports, choose=choose)
    if not as_json:
        echo("\n".join(_render(proposed)))
    if not (proposed.reformatted or ask("Commit this?", yes=asking.yes)):
        _end(proposed, as_json=as_json, commit="")
        return ExitCode.FINDINGS
    commit = commit_adoption(call.folder, proposed)
    _end(proposed, as_json=as_json, commit=commit)
    return ExitCode.DONE


def _end(proposed: ProposedAdoption, *, as_json: bool, commit: str) -> None:
    if as_json:
        echo(render_json({**_to_document(proposed), "committed": commit}))
    elif commit:
        echo(f"Committed as {commit[:12]}.")
    else:
        echo("Nothing was committed: `--yes` commits it.")


def _to_document(proposed: ProposedAdoption) -> dict[str, object]:
    """The proposal without the bytes of files."""
    shown = ("rows", "differences", "text", "probes", "passed", "notes", "models", "usage")
    return {
        "paths": [edit.path for edit in proposed.edits],
        "reformatted": proposed.reformatted,
        **{name: to_json(getattr(proposed, name)) for name in (*shown, "refused")},
    }


def _render(proposed: ProposedAdoption) -> Iterator[str]:
    for edit in proposed.edits:
        if edit.reformatted:
            yield f"{clean(edit.path)} was reformatted and means the same."
    if proposed.reformatted:
        return
    if proposed.rows:
        tried = count(proposed.probes, "row")
        yield f"What the edit changes, as far as {tried} on both versions told:"
        yield align(map(_describe_row, proposed.rows), indent=2)
    yield "What the documents would say differently:"
    yield from (f"  {render_difference(one)}" for one in proposed.differences)
    yield "As text:"
    yield from (f"  {clean(line)}" for line in proposed.text.splitlines())
    yield from map(clean, proposed.notes)
    if proposed.models:
        refused = f"; {count(proposed.refused, 'answer')} refused" if proposed.refused else ""
        yield f"{render_usage(proposed.usage)}{refused}"
    yield f"The code passes {count(proposed.passed, 'test')} with them."


def _describe_row(row: ShownRow) -> tuple[str, ...]:
    before = f"(was {clean(row.before)})" if row.before else ""
    return (clean(row.ref), clean(row.call), f"→ {clean(row.now)}", before)
