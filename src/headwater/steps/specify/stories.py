"""User stories: one for a small idea, at most three, each with scenarios that stand alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field

from headwater.steps.drafting.asking import Question, ask, require
from headwater.steps.drafting.quoting import quote_data
from headwater.steps.drafting.texts import PlainLine, PlainShort, TalkLine
from headwater.steps.specify.context import show_requirements
from headwater.steps.specify.draft import DraftedScenario, DraftedStory
from headwater.steps.specify.numbers import add_boundaries, find_invented

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.steps.specify.context import Context
    from headwater.steps.specify.draft import DraftedRequirement

MOST_STORIES = 3
_REQUIREMENTS_EACH = 4
_CONDITIONAL = re.compile(
    r"(?:When|If|While|Where) (?P<when>.+?), (?:then )?the system MUST (?P<then>.+)\.$"
)
_KEYWORD = re.compile(r"^(?:given|when|then|and)\s+(?:that\s+)?", re.IGNORECASE)


class GoalsAnswer(BaseModel):
    """What people want to get done, the most important first."""

    goals: Annotated[list[PlainShort], Field(min_length=1, max_length=MOST_STORIES)]


class ScenarioPart(BaseModel):
    """A scenario in its parts."""

    given: PlainLine
    when: PlainLine
    then: PlainLine


class StoryAnswer(BaseModel):
    """One story."""

    title: PlainShort
    narrative: TalkLine
    why: TalkLine
    test: TalkLine
    scenarios: Annotated[list[ScenarioPart], Field(min_length=1, max_length=2)]


def draft_stories(
    context: Context, requirements: Sequence[DraftedRequirement], *, title: str
) -> tuple[DraftedStory, ...]:
    """The stories, the most important first; a small feature has one.

    Raises:
        DraftError: no answer fitted for the goals.
        ModelError: a model could not be reached, or refused.
    """
    most = min(MOST_STORIES, 1 + (len(requirements) - 1) // _REQUIREMENTS_EACH)
    goals = _list_goals(context, requirements, most=most) if most > 1 else (title,)
    stories = [_draft(context, requirements, goal, number) for number, goal in enumerate(goals, 1)]
    found = {story.title.casefold(): story for story in stories if story}
    return tuple(found.values())


def _list_goals(
    context: Context, requirements: Sequence[DraftedRequirement], *, most: int
) -> tuple[str, ...]:
    def check(answer: GoalsAnswer) -> Sequence[str]:
        return [] if len(answer.goals) <= most else [f"give at most {most} goals"]

    question = Question(
        template="specify/goals",
        values={
            "idea": context.show_idea(),
            "requirements": show_requirements(requirements),
            "most": str(most),
        },
        kind=GoalsAnswer,
        about="stories",
        check=check,
    )
    asked = context.ledger.add(ask(question, drafter=context.drafter))
    return tuple(dict.fromkeys(require(asked, what="the goals of users").goals))


def _draft(
    context: Context, requirements: Sequence[DraftedRequirement], goal: str, number: int
) -> DraftedStory | None:
    """A story; None where no answer fitted and others can do without it."""
    question = Question(
        template="specify/story",
        values={
            "idea": context.show_idea(),
            "requirements": show_requirements(requirements),
            "goal": quote_data("goal", goal),
        },
        kind=StoryAnswer,
        about=f"US{number}",
        check=lambda story: _find_faults(story, known=context.known_numbers),
    )
    asked = context.ledger.add(ask(question, drafter=context.drafter))
    if asked.value:
        return _make(asked.value)
    if number > 1:
        context.notes.append(f"Left out, since no answer fitted: a story about “{goal}”.")
        return None
    context.notes.append("The story is made of the requirements alone, since no answer fitted.")
    return _make_plain(goal, requirements)


def _find_faults(story: StoryAnswer, *, known: frozenset[str]) -> Sequence[str]:
    allowed = add_boundaries(known)
    texts = [story.title, story.narrative, story.why, story.test]
    texts += [text for part in story.scenarios for text in (part.given, part.when, part.then)]
    invented = [number for text in texts for number in find_invented(text, known=allowed)]
    return [f"the idea does not give the number {invented[0]}"] if invented else []


def _make(story: StoryAnswer) -> DraftedStory:
    return DraftedStory(
        title=story.title.rstrip("."),
        narrative=end_sentence(story.narrative),
        why=end_sentence(story.why),
        test=end_sentence(story.test),
        scenarios=tuple(
            DraftedScenario(given=_step(part.given), when=_step(part.when), then=_step(part.then))
            for part in story.scenarios
        ),
    )


def _make_plain(goal: str, requirements: Sequence[DraftedRequirement]) -> DraftedStory:
    """A story without a model: its scenario is the first requirement that has a condition."""
    matches = (_CONDITIONAL.match(one.text) for one in requirements)
    found = next((match for match in matches if match), None)
    return DraftedStory(
        title=goal.rstrip("."),
        narrative=f"Whoever uses the system gets this done: {end_sentence(goal)}",
        why="It is what the idea asks for first.",
        test="The examples of its requirements can be run alone.",
        scenarios=(
            DraftedScenario(
                given="the system is ready",
                when=found["when"] if found else "it is used",
                then=f"the system does this: {found['then'] if found else goal}",
            ),
        ),
    )


def end_sentence(text: str) -> str:
    """A text that ends as a sentence does."""
    return text if text.endswith((".", "!", "?")) else f"{text.rstrip(' ,;:')}."


def _step(text: str) -> str:
    """A step without the keyword that is written before it, and without its full stop."""
    return _KEYWORD.sub("", text).rstrip(" .,;")
