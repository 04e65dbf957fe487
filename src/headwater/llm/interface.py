"""What every model looks like to the rest: one request in, one reply out, counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from headwater.errors import HeadwaterError

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelRequest:
    """One question to a model.

    Attributes:
        system: standing instructions; empty for none.
        prompt: the user's message. Text from documents in it is data, never instructions.
        prefill: how the answer begins; models that cannot continue a text ignore it, and
            `ModelReply.text` always holds the whole answer, prefill included where it was used.
        temperature: 0 for the most likely answer.
        seed: makes sampling repeatable where the model allows it.
        max_tokens: upper bound of the answer's length.
        stop: the answer ends before the first of these.
        schema: a JSON Schema (draft 2020-12) as text, which the answer is to be an instance of;
            empty for free text. Servers that can, hold the model to it while it writes; others
            are told of it, so an answer has to be checked either way.
        purpose: what the call is for (`implement 001/C1`); for logs and progress, not the model.
    """

    prompt: str
    system: str = ""
    prefill: str = ""
    temperature: float = 0.0
    seed: int = 0
    max_tokens: int = 1024
    stop: tuple[str, ...] = ()
    schema: str = ""
    purpose: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Usage:
    """What calls cost. Tokens as the provider counted them; `cost` in US dollars, None if unknown.

    `calls` counts requests that reached a model; an answer from the cache has 0 and no seconds.
    """

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0
    cost: Decimal | None = None

    def __add__(self, other: Usage) -> Usage:
        known = [cost for cost in (self.cost, other.cost) if cost is not None]
        return Usage(
            calls=self.calls + other.calls,
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            seconds=self.seconds + other.seconds,
            cost=sum(known[1:], known[0]) if known else None,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelReply:
    """A model's answer.

    Attributes:
        text: the whole answer, prefill included where it was used.
        output_tokens: length of the answer, also when it came from the cache and cost nothing;
            budgets count these, so that a search goes the same way with a full cache.
        usage: what this reply cost now.
        truncated: it hit `max_tokens`.
        cached: it came from the cache.
    """

    text: str
    model: str
    output_tokens: int = 0
    usage: Usage = field(default_factory=Usage)
    truncated: bool = False
    cached: bool = False


class Model(Protocol):
    """Something that answers requests; safe to call from several threads."""

    @property
    def name(self) -> str:
        """`provider:model`, as it is recorded in locks."""
        ...

    def complete(self, request: ModelRequest) -> ModelReply:
        """Answer one request.

        Raises:
            ModelError: the model could not be reached, refused, or answered nothing.
        """
        ...


class ModelError(HeadwaterError):
    """A model that cannot be reached, refuses, or answers nothing usable."""


class EmptyAnswerError(ModelError):
    """A model that was reached and answered nothing; another seed may do better."""
