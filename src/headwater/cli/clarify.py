"""`headwater clarify`."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from headwater.cli.drafting import drafting_options, open_drafting, show_draft
from headwater.cli.invocation import Invocation, give_example, json_option
from headwater.cli.json_form import render_json
from headwater.cli.questions_file import render_questions_file
from headwater.cli.render import clean, count, echo
from headwater.cli.text_files import read_text_file
from headwater.errors import ExitCode, UsageError
from headwater.operations.clarify import clarify, list_questions

if TYPE_CHECKING:
    from headwater.cli.drafting import Asking
    from headwater.operations.clarify import ClarifyReport, QuestionsReport
    from headwater.steps.clarify.questions import OpenQuestion

_TERMINAL = "the terminal"


@click.command(
    "clarify",
    epilog=give_example(
        "headwater clarify",
        "headwater clarify 001 --questions > answers.yaml",
        "headwater clarify 001 --answers answers.yaml",
    ),
)
@click.argument("feature", required=False, default="")
@click.option(
    "--answers",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="Take answers and corrections from a YAML file.",
)
@click.option(
    "--questions", "only_questions", is_flag=True, help="Print the file to fill in, and stop."
)
@drafting_options
@json_option
@click.pass_obj
def command(
    call: Invocation,
    /,
    *,
    feature: str,
    answers: Path | None,
    only_questions: bool,
    asking: Asking,
    as_json: bool,
) -> ExitCode:
    """Ask what a spec leaves open, and write the answers where they belong.

    Open questions, assumptions that nobody confirmed, and topics that the spec does not speak of
    are asked in the order of how much depends on them, at most five in one run. What you leave
    empty stays open. FEATURE is a number, folder or slug; without it, the branch's own.
    """
    if answers and only_questions:
        raise UsageError("expected either --answers or --questions, found both")
    open_models = partial(open_drafting, call, asking)
    if answers:
        text, source = read_text_file(call.folder / answers), str(answers)
    else:
        with open_models() as drafting:
            found = list_questions(
                drafting.root, feature, ports=drafting.ports, most=drafting.questions
            )
        if only_questions or as_json or not found.questions or not sys.stdin.isatty():
            _show_questions(found, as_file=only_questions, as_json=as_json)
            return ExitCode.DONE
        # Asked while no progress is drawn on the same terminal.
        text, source = _ask(found), _TERMINAL
    with open_models() as drafting:
        report = clarify(drafting.root, feature, answers=text, source=source, ports=drafting.ports)
    _show(report, as_json=as_json)
    return ExitCode.DONE


def _show_questions(report: QuestionsReport, *, as_file: bool, as_json: bool) -> None:
    if as_json:
        echo(render_json(report))
        return
    for note in report.notes:
        echo(clean(note), err=True)
    if as_file:
        echo(render_questions_file(report))
        return
    for number, question in enumerate(report.questions, 1):
        echo(_describe(question, number, len(report.questions)))
    if report.questions:
        hint = "`headwater clarify --questions > answers.yaml` writes a file to fill in"
        echo(f"{count(len(report.questions) + report.more, 'question')} open; {hint}.", err=True)
    else:
        echo("Nothing is open.")


def _ask(report: QuestionsReport) -> str:
    """Ask a person on the terminal; what they say, as an answers file."""
    for note in report.notes:
        echo(clean(note), err=True)
    entries = []
    for number, question in enumerate(report.questions, 1):
        echo(_describe(question, number, len(report.questions)), err=True)
        said = click.prompt(
            "Number or answer; empty leaves it open", default="", show_default=False, err=True
        ).strip()
        if said.isdigit() and 1 <= int(said) <= len(question.options):
            said = question.options[int(said) - 1]
        if said:
            entries.append({"question": question.id, "answer": said})
    # JSON is YAML, and needs no care with what a person types.
    return json.dumps(entries)


def _describe(question: OpenQuestion, number: int, total: int) -> str:
    waits = f"  ({', '.join(question.refs)})" if question.refs else ""
    place = f"  {question.place}" if question.place else f"  {question.kind.value}"
    lines = [f"{number}/{total}  {question.text}", f"     {question.id}{place}{waits}"]
    lines += [f"     {place}) {option}" for place, option in enumerate(question.options, 1)]
    return "\n".join(map(clean, lines))


def _show(report: ClarifyReport, *, as_json: bool) -> None:
    left = f"{count(report.left, 'question')} left open." if report.left else "Nothing is open."
    if as_json:
        echo(render_json(report))
    elif report.draft:
        show_draft(report.draft, as_json=False, then=left)
    else:
        echo(f"Nothing changed. {left}")
