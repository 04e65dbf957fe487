"""Asking for a typed answer: the model's words are checked, and what does not fit is asked again.

A step never sees an answer of the wrong shape. It gets a value, or the reasons why there is none,
and then leaves its document as it was.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from headwater.engine.progress import Message
from headwater.errors import HeadwaterError
from headwater.llm.interface import ModelRequest, Usage
from headwater.steps.asking import ask_model
from headwater.steps.prompting import fill_prompt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from headwater.llm.interface import Model, ModelReply
    from headwater.steps.drafting.drafter import Drafter

T = TypeVar("T", bound=BaseModel)

_FENCED = re.compile(r"\A\s*```(?:json)?\s*\n(.*?)\n```\s*\Z", re.DOTALL)
_LONGEST_REASON = 300


class DraftError(HeadwaterError):
    """A model that gave no usable answer; the document is as it was."""


def accept_anything(_: object) -> Sequence[str]:
    """The check of a question whose every well-formed answer will do."""
    return ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Question(Generic[T]):
    """One thing to ask.

    Attributes:
        template: the prompt, `specify/outline`.
        values: what its placeholders stand for.
        kind: the answer's type.
        about: what it concerns, for whoever watches: a ref, or the part of a document.
        check: what else is wrong with an answer of the right type; each reason is a sentence that
            the model is shown.
        wishes: what could be better about an answer that will do; it is asked for once more with
            this said, and taken if nothing better comes.
        tokens: bound of the answer, None for the settings' own.
    """

    template: str
    values: Mapping[str, str]
    kind: type[T]
    about: str
    check: Callable[[T], Sequence[str]] = accept_anything
    wishes: Callable[[T], Sequence[str]] = accept_anything
    tokens: int | None = None

    @property
    def purpose(self) -> str:
        """What the call is for: `specify/outline US1`."""
        return f"{self.template} {self.about}".strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked(Generic[T]):
    """The answer, or None with the reasons why none would do.

    Attributes:
        model: who gave the answer; empty without one.
        usage: of all calls.
        refused: why earlier answers were refused, in order.
    """

    value: T | None
    model: str
    usage: Usage
    refused: tuple[str, ...] = ()


@dataclass(kw_only=True, slots=True)
class Ledger:
    """What a step spent and whom it asked, added up over its questions."""

    usage: Usage = field(default_factory=Usage)
    models: dict[str, None] = field(default_factory=dict)
    refused: int = 0

    def add(self, asked: Asked[T]) -> Asked[T]:
        """Count an answer in, and give it back."""
        self.usage += asked.usage
        self.refused += len(asked.refused)
        if asked.model:
            self.models[asked.model] = None
        return asked


def ask(question: Question[T], *, drafter: Drafter) -> Asked[T]:
    """Ask until an answer fits, up the ladder of models.

    A refused answer is asked for again with its faults named, at a higher temperature; one that
    was cut off, with a longer bound.

    Raises:
        ModelError: a model could not be reached, or refused.
    """
    usage = Usage()
    refused: list[str] = []
    kept: tuple[T, Model] | None = None
    for model in drafter.models:
        tokens = question.tokens or drafter.settings.answer_tokens
        for attempt in range(drafter.settings.attempts):
            reply = ask_model(
                model, _write_request(question, refused, attempt, tokens, seed=drafter.seed)
            )
            usage += reply.usage
            value, reason = read_answer(reply, question)
            wishes = question.wishes(value) if value is not None and kept is None else ()
            if value is not None and wishes:
                kept, value, reason = (value, model), None, "; ".join(wishes)[:_LONGEST_REASON]
            text = f"{question.template}: {reason or 'done'}"
            drafter.observer.notify(
                Message(component=question.about, purpose=question.template, text=text)
            )
            if value is not None:
                return _succeed(value, model, usage, refused)
            refused.append(reason)
            if kept and not wishes:
                break  # it was asked once more, and nothing better came
            tokens *= 2 if reply.truncated else 1
        if kept:
            return _succeed(*kept, usage, refused)
    return Asked(value=None, model="", usage=usage, refused=tuple(refused))


def require(asked: Asked[T], *, what: str) -> T:
    """The value of an answer that a document cannot do without.

    Raises:
        DraftError: there is none.
    """
    if asked.value is None:
        last = asked.refused[-1] if asked.refused else "it was not asked"
        raise DraftError(
            f"no model gave {what} that can be used after {len(asked.refused)} answers: {last}",
            hint="The document is as it was. Try another `--seed`, or a stronger `--model`.",
        )
    return asked.value


def read_answer(reply: ModelReply, question: Question[T]) -> tuple[T | None, str]:
    """The answer as its type, or None and what is wrong with it."""
    if not reply.text.strip():
        return None, "the answer is empty"
    if reply.truncated:
        return None, "the answer was cut off; make it shorter"
    fenced = _FENCED.match(reply.text)
    try:
        value = question.kind.model_validate_json(fenced[1] if fenced else reply.text)
    except ValidationError as error:
        return None, _describe(error)
    faults = question.check(value)
    return (None, "; ".join(faults)[:_LONGEST_REASON]) if faults else (value, "")


def _succeed(value: T, model: Model, usage: Usage, refused: list[str]) -> Asked[T]:
    return Asked(value=value, model=model.name, usage=usage, refused=tuple(refused))


def _write_request(
    question: Question[T], refused: Sequence[str], attempt: int, tokens: int, *, seed: int
) -> ModelRequest:
    prompt = fill_prompt(question.template, dict(question.values))
    if refused:
        # The last fault alone: a small model repeats what it reads.
        prompt += f"\n\nAn earlier answer was refused: {refused[-1]}. Mend that."
    return ModelRequest(
        system=fill_prompt("drafting/system", {}),
        prompt=prompt,
        schema=json.dumps(question.kind.model_json_schema(), sort_keys=True),
        temperature=min(0.3 * attempt, 0.9),
        seed=seed * 1000 + attempt,
        max_tokens=tokens,
        purpose=question.purpose,
    )


def _describe(error: ValidationError) -> str:
    """The first fault of an answer, with the way to it: `stories.0.title: it is empty`."""
    first = error.errors(include_url=False)[0]
    where = ".".join(map(str, first["loc"]))
    message = first["msg"].removeprefix("Value error, ")
    return f"{where}: {message}"[:_LONGEST_REASON] if where else message[:_LONGEST_REASON]
