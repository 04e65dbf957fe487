"""Asking a model: to a search, an empty answer is one bad answer, and no reason to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.llm.interface import EmptyAnswerError, ModelReply

if TYPE_CHECKING:
    from headwater.llm.interface import Model, ModelRequest


def ask_model(model: Model, request: ModelRequest) -> ModelReply:
    """The model's reply; one with an empty text when it answered nothing.

    Raises:
        ModelError: the model could not be reached, or refused.
    """
    try:
        return model.complete(request)
    except EmptyAnswerError:
        return ModelReply(text="", model=model.name)
