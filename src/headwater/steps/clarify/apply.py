"""Everything that an answers file says, made into a new text of the spec."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.spec.model import Place, Problem
from headwater.spec.splice import SpliceError, apply_edits
from headwater.steps.clarify.answer import Answers
from headwater.steps.clarify.correct import Corrections, UnfitEntryError
from headwater.steps.clarify.entries import Answered
from headwater.steps.clarify.find_questions import find_questions
from headwater.steps.clarify.insert import insert_edge_cases, insert_requirements, insert_session
from headwater.steps.clarify.questions import identify_question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.spec.model import Spec
    from headwater.steps.clarify.entries import Entry
    from headwater.steps.clarify.reword import Reword


@dataclass(frozen=True, kw_only=True, slots=True)
class Applied:
    """What became of the entries.

    Attributes:
        data: the new text; that of the spec where there are problems.
        answered: questions that got their answers.
        corrections: corrections that changed something.
        repeated: entries that say what the spec says already.
        refs: ids of the items that are changed or made.
        problems: entries that do not fit, with their places in the answers file.
    """

    data: bytes
    answered: int = 0
    corrections: int = 0
    repeated: int = 0
    refs: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def apply_entries(
    spec: Spec,
    entries: Sequence[Entry],
    *,
    day: str,
    reword: Reword | None,
    path: str,
) -> Applied:
    """The text of a spec with answers and corrections in it; all of them, or none.

    Args:
        spec: as it stands.
        entries: from `path`.
        day: of the session, ISO 8601.
        reword: asks a model for sentences; None where answers are put in as they are.
        path: the answers file, for the places of problems.
    """
    problems = _check(spec, entries, path)
    if problems:
        return Applied(data=spec.source.data, problems=tuple(problems))
    answers = Answers(spec=spec, day=day, reword=reword)
    corrections = Corrections(spec=spec)
    answered = 0
    open_now = {one.id: one for one in find_questions(spec)}
    for entry in entries:
        if isinstance(entry, Answered):
            question = open_now.get(_identify(entry))
            if question:
                answers.add(question, entry.answer)
                answered += 1
        else:
            corrections.add(entry)
    edits = [
        *corrections.edits,
        *answers.edits,
        *insert_requirements(spec, answers.requirements),
        *insert_edge_cases(spec, answers.edge_cases),
        *insert_session(spec, answers.session, day=day),
    ]
    try:
        data = apply_edits(spec.source.data, edits)
    except SpliceError:
        where = "two entries change the same place; give them one after the other, in two files"
        return Applied(data=spec.source.data, problems=(_problem(where, 1, path),))
    return Applied(
        data=data,
        answered=answered,
        corrections=corrections.done,
        repeated=len(entries) - answered - corrections.done,
        refs=tuple({**corrections.refs, **answers.refs}),
    )


def _check(spec: Spec, entries: Sequence[Entry], path: str) -> list[Problem]:
    """Every entry that does not fit, found before a model is asked."""
    problems = []
    trial = Corrections(spec=spec)
    open_now = {one.id for one in find_questions(spec)}
    given = {identify_question(one.question): one.answer for one in spec.answers}
    seen: set[str] = set()
    for entry in entries:
        try:
            if isinstance(entry, Answered):
                _check_answer(entry, open_now=open_now, given=given, seen=seen)
            else:
                trial.add(entry)
        except UnfitEntryError as error:
            problems.append(_problem(str(error), entry.line, path))
    return problems


def _check_answer(
    entry: Answered, *, open_now: set[str], given: dict[str, str], seen: set[str]
) -> None:
    asked = _identify(entry)
    if asked in seen:
        raise UnfitEntryError(f"`{entry.question}` is answered twice")
    seen.add(asked)
    if asked in open_now:
        return
    if asked not in given:
        raise UnfitEntryError(f"there is no open question `{entry.question}`")
    if identify_question(given[asked]) != identify_question(entry.answer):
        raise UnfitEntryError(
            f"`{entry.question}` was answered before with “{given[asked]}”; change the spec itself"
        )


def _identify(entry: Answered) -> str:
    """The id of the question that an entry names, by id or by text."""
    return entry.question if entry.question.startswith("q-") else identify_question(entry.question)


def _problem(message: str, line: int, path: str) -> Problem:
    return Problem(
        code="answer-unfit",
        message=message,
        place=Place(path=path, line=max(line, 1)),
        hint="`headwater clarify --questions` shows what is open, `headwater trace` the refs.",
    )
