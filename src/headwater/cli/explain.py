"""`headwater explain`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from headwater.cli.invocation import Invocation, give_example, json_option
from headwater.cli.json_form import render_json
from headwater.cli.render import align, clean, count, echo, render_reason, style_state
from headwater.errors import ExitCode, UsageError
from headwater.graph.lock import BY_HAND
from headwater.graph.states import State
from headwater.operations.explain import Answer, explain
from headwater.wiring import list_targets, open_kept_results

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.graph.lock import Generator
    from headwater.operations.explain import ExplainedFile, ExplainReport
    from headwater.operations.tracing.explain_code import ExplainedDefinition, ExplainedRef
    from headwater.operations.tracing.trace_report import TracedItem

_MOST_NAMES = 12
_MOST_PLACES = 3


@click.command(
    "explain",
    epilog=give_example(
        "headwater explain src/wallet/ledger.py",
        "headwater explain src/wallet/ledger.py:40",
        "headwater explain specs/001-wallet/spec.md:12",
    ),
)
@click.argument("place", metavar="PATH[:LINE]")
@json_option
@click.pass_obj
def command(call: Invocation, /, *, place: str, as_json: bool) -> ExitCode:
    """Tell why code is there, what tests it, and whether you may change it.

    PATH is derived code, a test, a document, or any file of yours. With a line of code, its
    function is explained: the tests that run it, the requirements that these stand for, decisions,
    and what uses it. With a line of a document, the item there is: what came of it.
    """
    path, line = _split(call.folder, place)
    report = explain(
        call.folder,
        call.folder / path,
        targets=list_targets(),
        line=line,
        kept=open_kept_results(),
    )
    echo(render_json(report) if as_json else "\n".join(_render(report)))
    return ExitCode.DONE


def _split(folder: Path, place: str) -> tuple[Path, int]:
    """`src/a.py:40:7`, as tools print it, is line 40; a file whose name ends so is itself."""
    match = re.fullmatch(r"(.+?):(\d{1,9})(?::\d*)?:?", place)
    if match is None or (folder / place).exists():
        return Path(place), 0
    if int(match[2]) == 0:
        raise UsageError(f"expected a line from 1, found {place}", hint="The first line is 1.")
    return Path(match[1]), int(match[2])


def _render(report: ExplainReport) -> Iterator[str]:
    where = f":{report.line}" if report.line else ""
    yield clean(f"{report.path}{where}")
    rows = [("may you change it", report.answer.value)]
    if report.definition:
        rows += _list_definition(report.definition)
    label = "item" if report.answer is Answer.SOURCE else "serves"
    for ref in report.refs:
        rows += _list_ref(ref, label=label)
    if report.answer is Answer.SOURCE and report.line and not report.refs:
        rows.append((label, "none stands at this line"))
    if report.derived:
        rows += _list_derived(report.derived)
    for item in report.items:
        rows += _list_item(item)
    yield align(rows, indent=2)
    yield from _advise(report)


def _list_definition(found: ExplainedDefinition) -> Iterator[tuple[str, str]]:
    yield (found.kind.value, clean(f"{found.name} (lines {found.first} to {found.last})"))
    for test in found.tests:
        author = " (written by model)" if test.by_model else ""
        yield ("run by", clean(f"{test.key} of {test.ref}{author}"))
    if not found.tests:
        yield ("run by", "no test that names it")
    yield ("told from", "names in the code, not a recorded run")
    yield from (("used by", clean(name)) for name in found.used_by)


def _list_ref(found: ExplainedRef, *, label: str) -> Iterator[tuple[str, str]]:
    yield (label, clean(f"{found.ref} ({found.place}): {found.text}"))
    yield from (("decision", clean(decision)) for decision in found.decisions)


def _list_derived(found: ExplainedFile) -> Iterator[tuple[str, str]]:
    kind = "code" if found.is_code else "tests"
    if "/" in found.owner:
        yield ("component", clean(f"{found.owner} {found.name} ({kind})"))
    else:
        yield ("feature", clean(f"{found.owner} ({kind})"))
    if found.state is not None:
        passed = "" if found.passed is None else f", {count(found.passed, 'test')} passed"
        yield ("state", f"{style_state(found.state)}{passed}")
    yield from (("because", render_reason(reason, of=found.owner)) for reason in found.reasons)
    for label, names in (
        ("from", found.sources),
        ("needs", found.dependencies),
        ("needed by", found.dependents),
    ):
        if names:
            yield (label, clean(_shorten(names)))
    if found.generator:
        yield ("made by", clean(_describe(found.generator)))


def _list_item(item: TracedItem) -> Iterator[tuple[str, str]]:
    yield ("comes to", clean(f"{item.ref}: {item.coverage.value}"))
    for component in item.components:
        name = clean(f"{component.ref} {component.name}")
        yield ("component", f"{name}: {style_state(component.state)}")
    yield from (("task", clean(task.ref)) for task in item.tasks)
    yield from (("file", clean(path)) for path in item.files)
    for test in item.tests:
        result = "passed" if test.passed else "not passed as it stands"
        yield ("test", clean(f"{test.key}: {result}"))


def _advise(report: ExplainReport) -> Iterator[str]:
    """What to do instead, where the answer is no."""
    if report.derived:
        own = [ref for ref in report.refs if ref.ref in report.derived.implements]
        places = " or ".join(f"{ref.ref} in {ref.place}" for ref in own[:_MOST_PLACES])
        source = clean(places) or "the specification"
        yield f"To change it, change {source}; then `headwater build`."
        if report.derived.state is State.EDITED:
            path = clean(report.path)
            yield f"`headwater revert {path}` takes the edit by hand back."
            if report.derived.is_code:
                yield f"`headwater adopt {path}` makes it a change of the specification."
    elif report.answer is Answer.PLANNED:
        yield "`headwater build` derives it, once nothing else stands there."


def _shorten(names: tuple[str, ...]) -> str:
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _describe(made: Generator) -> str:
    if made.model == BY_HAND:
        by, when = (made.parameters.get(name, "") for name in ("adopted_by", "adopted"))
        return f"hand, adopted by {by} on {when.partition('T')[0]}"
    cost = f", {made.cost} USD" if made.cost else ""
    attempts = count(made.attempts, "attempt")
    return f"{made.model} in {attempts}, {made.output_tokens} answer tokens{cost}"
