"""Questions that a model answers with one of a few given words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel

from headwater.steps.drafting.narrowing import choose_from, narrow

if TYPE_CHECKING:
    from collections.abc import Iterable


class Choice(BaseModel):
    """An answer that is one of the words offered."""

    choice: str


def offer(options: Iterable[str]) -> type[Choice]:
    """The form that takes these words only, whether or not a server holds the model to it."""
    return narrow(Choice, choice=choose_from(options))
