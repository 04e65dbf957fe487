"""What the drafting steps may ask of a model, and how long their documents may get."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftSettings:
    """Bounds of the planning steps. Words are those that a person has to read.

    Attributes:
        attempts: answers asked for to get one that fits, on each model of the ladder.
        answer_tokens: upper bound of one answer; an answer that is cut off gets twice as many in
            its next attempt.
        questions: open questions that `clarify` asks in one run.
        spec_words: budget of a specification.
        plan_words: budget of a plan.
        tasks_words: budget of a task list.
        constitution_words: budget of a constitution.
    """

    attempts: int = 3
    answer_tokens: int = 700
    questions: int = 5
    spec_words: int = 900
    plan_words: int = 900
    tasks_words: int = 500
    constitution_words: int = 1500
