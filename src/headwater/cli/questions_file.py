"""The answers file that a person fills in: YAML with the questions and nothing answered yet."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from headwater.cli.render import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.operations.clarify import QuestionsReport
    from headwater.steps.clarify.questions import OpenQuestion


def render_questions_file(report: QuestionsReport) -> str:
    """The file; what its reader takes is docs/formats.md."""
    return "\n".join(_render(report))


def _render(report: QuestionsReport) -> Iterator[str]:
    yield f"# Answers for {clean(report.document)}."
    yield "# What is left empty stays open. `headwater clarify --answers FILE` writes them in."
    if not report.questions:
        yield "[]"
    for question in report.questions:
        yield ""
        yield f"# {clean(question.text)}"
        yield from (f"#   {line}" for line in _tell(question))
        yield f"- question: {question.id}"
        yield f"  answer: {json.dumps('')}"


def _tell(question: OpenQuestion) -> Iterator[str]:
    where = str(question.place) if question.place else question.kind.value
    waits = f"; it holds up {', '.join(question.refs)}" if question.refs else ""
    yield clean(where + waits)
    yield from (f"- {clean(option)}" for option in question.options)
