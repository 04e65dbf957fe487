"""Questions that a model answers with one of a few given words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, Field, create_model

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Choice(BaseModel):
    """An answer that is one of the words offered."""

    choice: str


def offer(options: Sequence[str]) -> type[Choice]:
    """The form whose schema allows these words only; `check_choice` holds an answer to them."""
    words = Field(json_schema_extra={"enum": list(options)})
    made: type[Choice] = create_model("Choice", __base__=Choice, choice=(str, words))
    return made


def check_choice(options: Sequence[str]) -> Callable[[Choice], list[str]]:
    """What is wrong with a choice among `options`: a server may not enforce the schema."""

    def check(answer: Choice) -> list[str]:
        if answer.choice in options:
            return []
        return [f"`choice` must be one of {', '.join(options)}"]

    return check
