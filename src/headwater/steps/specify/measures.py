"""Success criteria and key entities: only where the idea gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field

from headwater.rules.completeness.thresholds import gives_threshold
from headwater.steps.drafting.asking import Question, ask
from headwater.steps.drafting.texts import PlainLine, PlainShort
from headwater.steps.specify.context import show_requirements
from headwater.steps.specify.numbers import find_invented, find_numbers
from headwater.steps.specify.operations import ValueType
from headwater.steps.specify.stories import end_sentence
from headwater.steps.specify.words import is_said, list_stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.steps.specify.context import Context
    from headwater.steps.specify.draft import DraftedRequirement
    from headwater.steps.specify.operations import Operation

MOST_CRITERIA, MOST_ENTITIES = 2, 3
# Stems of words that speak of kept data.
_KEEPING_WORDS = "account entri entry record stor sav list log databas"
_KEEPING = frozenset(_KEEPING_WORDS.split())
_ALIKE = 0.75


class CriteriaAnswer(BaseModel):
    """Outcomes that can be measured."""

    criteria: Annotated[list[PlainLine], Field(max_length=MOST_CRITERIA)]


class EntityPart(BaseModel):
    """A thing that the feature keeps data about."""

    name: PlainShort
    meaning: PlainLine


class EntitiesAnswer(BaseModel):
    """The things that the feature keeps data about."""

    entities: Annotated[list[EntityPart], Field(max_length=MOST_ENTITIES)]


def draft_criteria(context: Context, requirements: Sequence[DraftedRequirement]) -> tuple[str, ...]:
    """Measurable outcomes with numbers of the idea that no requirement says already.

    Raises:
        ModelError: a model could not be reached, or refused.
    """
    if not find_numbers(context.idea.text):
        return ()

    def check(answer: CriteriaAnswer) -> Sequence[str]:
        invented = [
            number
            for text in answer.criteria
            for number in find_invented(text, known=context.known_numbers)
        ]
        return [f"the idea does not give the number {invented[0]}"] if invented else []

    question = Question(
        template="specify/criteria",
        values={"idea": context.show_idea(), "requirements": show_requirements(requirements)},
        kind=CriteriaAnswer,
        about="success criteria",
        check=check,
    )
    answer = context.ledger.add(ask(question, drafter=context.drafter)).value
    said = [one.text for one in requirements]
    return tuple(
        end_sentence(text)
        for text in dict.fromkeys(answer.criteria if answer else ())
        if find_numbers(text) and gives_threshold(text) and not is_said(text, said, share=_ALIKE)
    )


def draft_entities(
    context: Context,
    requirements: Sequence[DraftedRequirement],
    *,
    operations: Sequence[Operation],
) -> tuple[tuple[str, str], ...]:
    """Names and meanings of what data is kept about; none where no data is involved.

    Raises:
        ModelError: a model could not be reached, or refused.
    """
    stems = list_stems(" ".join(one.text for one in requirements))
    if not (_handles_objects(operations) or stems & _KEEPING):
        return ()

    def check(answer: EntitiesAnswer) -> Sequence[str]:
        strange = [part.name for part in answer.entities if not list_stems(part.name) & stems]
        return [f"no requirement speaks of `{strange[0]}`"] if strange else []

    question = Question(
        template="specify/entities",
        values={"idea": context.show_idea(), "requirements": show_requirements(requirements)},
        kind=EntitiesAnswer,
        about="key entities",
        check=check,
    )
    answer = context.ledger.add(ask(question, drafter=context.drafter)).value
    found = {part.name.casefold(): part for part in (answer.entities if answer else ())}
    return tuple((part.name, end_sentence(part.meaning)) for part in found.values())


def _handles_objects(operations: Sequence[Operation]) -> bool:
    kinds = {kind for one in operations for _, kind in one.parameters}
    return ValueType.OBJECT in kinds | {one.result for one in operations}
