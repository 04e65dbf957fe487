"""What a model says of articles that no check enforces, feature by feature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.meaning import state_document
from headwater.graph.statement import Topic
from headwater.spec.model import Place
from headwater.steps.drafting.passages import Passage
from headwater.steps.review.judge import judge_article
from headwater.workspace.files import read_file, resolve_inside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.operations.standing.survey import Survey
    from headwater.steps.drafting.asking import Ledger
    from headwater.steps.drafting.drafter import Drafter
    from headwater.steps.review.judgement import Judgement

_TOLD = frozenset(Topic) - {Topic.TASK, Topic.ARTICLE, Topic.QUESTION}


def judge_feature(
    survey: Survey, number: str, *, drafter: Drafter, ledger: Ledger
) -> tuple[tuple[Judgement, ...], int]:
    """Judgements of all articles without checks, and how many had no quote that stands there.

    Raises:
        ModelError: a model could not be reached, or refused.
    """
    constitution = survey.reading.constitution
    articles = [one for one in constitution.articles if not one.checks] if constitution else []
    passages = [*_list_said(survey, number), *_list_code(survey, number)]
    found = [
        judge_article(
            article,
            passages,
            about=f"{number} article/{article.id}",
            drafter=drafter,
            ledger=ledger,
        )
        for article in articles
    ]
    return tuple(one for one in found if one is not None), found.count(None)


def _list_said(survey: Survey, number: str) -> Iterator[Passage]:
    """What spec and plan say, statement by statement."""
    feature = survey.reading.find_feature(number)
    for document in (feature.spec, feature.plan):
        for one in state_document(document, feature=number) if document else ():
            if one.topic in _TOLD:
                text = f"{one.key} → {one.text}" if one.topic is Topic.EXAMPLE else one.text
                yield Passage(text=" ".join(text.split()), place=one.place)


def _list_code(survey: Survey, number: str) -> Iterator[Passage]:
    """Every function and class of the feature's derived files."""
    reading = survey.reading
    target = reading.target_of(reading.summaries[number])
    for ref in reading.index.plans.get(number, ()) if target else ():
        record = survey.lock.records.get(ref)
        for file in record.files if record else ():
            if target is None or not resolve_inside(reading.root, file.path).is_file():
                continue
            code = read_file(reading.root, file.path).decode(errors="replace")
            lines = code.split("\n")
            for one in target.read_definitions(code):
                if one.first:
                    place = Place(path=file.path, line=one.first)
                    yield Passage(text="\n".join(lines[one.first - 1 : one.last]), place=place)
