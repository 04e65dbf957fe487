"""`headwater clarify`: what a spec leaves open, ranked; and answers, written where they belong."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.impact import Effect, find_impact
from headwater.operations.building.refusals import ProblemsError
from headwater.operations.drafting.feature import choose_feature
from headwater.operations.drafting.publish import Draft, publish_draft, refuse_uncommitted
from headwater.operations.standing.connect import connect_reading
from headwater.operations.standing.survey import take_survey
from headwater.spec.ids import qualify
from headwater.spec.model import Source
from headwater.spec.read_spec import read_spec
from headwater.steps.clarify.apply import apply_entries
from headwater.steps.clarify.find_questions import find_questions
from headwater.steps.clarify.read_entries import read_entries
from headwater.steps.clarify.reword import Reword
from headwater.steps.clarify.suggest import suggest_answers
from headwater.steps.drafting.asking import Ledger
from headwater.steps.prompting import template_version
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from headwater.graph.network import Network
    from headwater.llm.interface import Usage
    from headwater.operations.drafting.ports import DraftPorts
    from headwater.operations.drafting.report import DraftReport
    from headwater.operations.standing.survey import Survey
    from headwater.spec.model import Spec
    from headwater.steps.clarify.apply import Applied
    from headwater.steps.clarify.entries import Entry
    from headwater.steps.clarify.questions import OpenQuestion
    from headwater.steps.drafting.drafter import Drafter
    from headwater.workspace.repository import Repository

STEP = "clarify"


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionsReport:
    """What is open in one spec.

    Attributes:
        document: the spec's path.
        questions: those to ask now, those that most depends on first.
        more: how many others there are.
        notes: what a person should know, a sentence each.
        usage: of the calls for suggested answers.
    """

    document: str
    questions: tuple[OpenQuestion, ...]
    more: int
    notes: tuple[str, ...]
    usage: Usage


@dataclass(frozen=True, kw_only=True, slots=True)
class ClarifyReport:
    """What became of answers.

    Attributes:
        draft: the commit; None where nothing changed.
        answered, corrections, repeated: how many entries answered a question, corrected the spec,
            or said what it says already.
        left: questions that are still open.
    """

    draft: DraftReport | None
    answered: int
    corrections: int
    repeated: int
    left: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _Subject:
    """The spec that is asked about, and the graph that it stands in."""

    repository: Repository
    survey: Survey
    number: str
    spec: Spec


def list_questions(
    path: Path, feature: str = "", *, ports: DraftPorts, most: int = 5, suggest: bool = True
) -> QuestionsReport:
    """The open questions of a feature's spec, ranked by how much depends on their answers.

    Args:
        path: a folder of the repository.
        feature: number, folder or slug; empty for the branch's own.
        ports: models and languages.
        most: how many are asked at once.
        suggest: ask a model for answers to choose from, where a question brings none. Without a
            model that can be reached there are none, and a note says so.

    Raises:
        HeadwaterError: there is no such feature, or it has no spec.
    """
    subject = _read(path, feature, ports)
    ranked = _rank(subject)
    asked, notes, ledger = tuple(ranked[:most]), list[str](), Ledger()
    if suggest and any(not one.options for one in asked):
        try:
            with ports.open_drafter() as drafter:
                asked, failed = suggest_answers(asked, subject.spec, drafter=drafter, ledger=ledger)
        except HeadwaterError as error:
            failed = error.message
        notes += [f"No answers are suggested: {failed}."] if failed else []
    return QuestionsReport(
        document=subject.spec.source.path,
        questions=asked,
        more=len(ranked) - len(asked),
        notes=tuple(notes),
        usage=ledger.usage,
    )


def clarify(
    path: Path, feature: str = "", *, answers: str, source: str, ports: DraftPorts
) -> ClarifyReport:
    """Write answers and corrections into a spec, and commit it; all of them, or none.

    A model words the sentences that answers go into. Where it cannot, or none can be reached,
    answers are put in as they are written.

    Args:
        path: a folder of the repository.
        feature: number, folder or slug; empty for the branch's own.
        answers: an answers file's text.
        source: its name, for places.
        ports: models and languages.

    Raises:
        ProblemsError: an entry does not fit, or the spec would have an error.
        HeadwaterError: there is no such feature, or uncommitted changes are in the way.
    """
    subject = _read(path, feature, ports)
    entries, problems = read_entries(answers, path=source)
    if problems:
        raise ProblemsError(problems, consequence="nothing was written", where="the answers")
    document = subject.spec.source.path
    refuse_uncommitted(subject.repository, [document])
    applied, ledger, notes = _apply(subject, entries, source=source, ports=ports)
    if applied.problems:
        raise ProblemsError(
            applied.problems, consequence="nothing was written", where="the answers"
        )
    draft = None
    if applied.data != subject.spec.source.data:
        draft = publish_draft(
            subject.repository,
            Draft(
                step=STEP,
                documents={document: applied.data},
                subject=_write_subject(applied, subject.number),
                refs=tuple(qualify(ref, feature=subject.number) for ref in applied.refs)
                or (subject.number,),
                template=template_version(STEP) if ledger.models else "",
                spliced=True,
                models=tuple(ledger.models),
                usage=ledger.usage,
                refused=ledger.refused,
                notes=(*_count(applied), *notes),
            ),
            ports=ports,
        )
    return ClarifyReport(
        draft=draft,
        answered=applied.answered,
        corrections=applied.corrections,
        repeated=applied.repeated,
        left=len(find_questions(read_spec(Source(path=document, data=applied.data)))),
    )


def _read(path: Path, wanted: str, ports: DraftPorts) -> _Subject:
    repository = open_repository(path)
    survey = take_survey(repository.root, targets=ports.targets, kept=ports.kept)
    feature = choose_feature(repository, survey, wanted)
    spec = survey.reading.find_feature(feature.number).spec
    if spec is None:
        raise HeadwaterError(
            f"{feature.folder} has no spec.md to clarify",
            hint='Draft one: `headwater specify "…"`.',
        )
    return _Subject(repository=repository, survey=survey, number=feature.number, spec=spec)


def _rank(subject: _Subject) -> list[OpenQuestion]:
    """The questions with their impact, the greatest first; equal ones in the spec's order."""
    network = connect_reading(subject.survey.reading, subject.survey.lock)
    found = [
        replace(one, impact=_measure(network, one.refs, subject.number))
        for one in find_questions(subject.spec)
    ]
    return sorted(found, key=lambda one: -one.impact)


def _measure(network: Network, refs: Sequence[str], number: str) -> int:
    """How many things a change of these items touches, they themselves included."""
    changed = [(qualify(ref, feature=number), Effect.CHANGED) for ref in refs]
    return len(find_impact(network, changed))


def _apply(
    subject: _Subject, entries: Sequence[Entry], *, source: str, ports: DraftPorts
) -> tuple[Applied, Ledger, list[str]]:
    """Apply the entries with a model's wording, or without where none can be opened."""
    day = ports.today.isoformat()
    unworded = apply_entries(subject.spec, entries, day=day, reword=None, path=source)
    if unworded.problems or not unworded.answered:
        return unworded, Ledger(), []
    with ExitStack() as opened:
        try:
            drafter: Drafter = opened.enter_context(ports.open_drafter())
        except HeadwaterError as error:
            return unworded, Ledger(), [_tell_failure(error.message)]
        reword = Reword(drafter=drafter)
        applied = apply_entries(subject.spec, entries, day=day, reword=reword, path=source)
    notes = [_tell_failure(reword.failed)] if reword.failed else []
    return applied, reword.ledger, notes


def _tell_failure(message: str) -> str:
    return f"Answers were put in as they are written, since no model could be asked: {message}."


def _count(applied: Applied) -> list[str]:
    answered = f"{applied.answered} answered" if applied.answered else ""
    corrected = f"{applied.corrections} corrected" if applied.corrections else ""
    return [f"{', '.join(filter(None, (answered, corrected)))}."]


def _write_subject(applied: Applied, number: str) -> str:
    if not applied.answered:
        return f"Correct the spec of {number}"
    also = " and corrections" if applied.corrections else ""
    return f"Answer open questions of {number}{also}"
