"""Answers kept by content, so that an interrupted or repeated build pays for none twice."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from headwater.llm.files import write_atomically
from headwater.llm.interface import EmptyAnswerError, ModelError, ModelReply

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.llm.interface import Model, ModelRequest
    from headwater.llm.shared_cache import SharedAnswers


class CachedModel:
    """A model whose answers are kept in a folder; safe for threads and processes at once.

    The key is the sha256 of the model's name and every field of the request but its purpose. A
    damaged or missing file is a miss. What is not in the folder is looked for among the answers
    that are shared with others, and every new answer is put there too.

    Args:
        model: asked on a miss.
        folder: one JSON file an answer, below two levels of folders.
        shared: answers of others; None for none.
        frozen: raise on a miss instead of asking.
    """

    def __init__(
        self,
        model: Model,
        *,
        folder: Path,
        shared: SharedAnswers | None = None,
        frozen: bool = False,
    ) -> None:
        self._model = model
        self._folder = folder
        self._shared = shared
        self._frozen = frozen

    @property
    def name(self) -> str:
        """The inner model's name."""
        return self._model.name

    def complete(self, request: ModelRequest) -> ModelReply:
        """Answer from the cache, else from the model.

        Raises:
            ModelError: the model fails; or the answer is not there and the cache is frozen.
        """
        name = _name_file(self.name, request)
        kept = self._find(name)
        if kept is not None and not kept.text:
            raise EmptyAnswerError(f"{self.name} answered nothing, as is kept in the cache")
        if kept is not None:
            return kept
        if self._frozen:
            raise ModelError(
                f"no answer to `{request.purpose or 'a request'}` by {self.name} is in the cache, "
                "and a frozen run asks no model",
                hint="Run once without `--frozen`, or restore the cache that the lock came from.",
            )
        try:
            reply = self._model.complete(request)
        except EmptyAnswerError:
            # It was paid for like any other, and would be the same again.
            self._keep(name, ModelReply(text="", model=self.name))
            raise
        self._keep(name, reply)
        return reply

    def _find(self, name: str) -> ModelReply | None:
        kept = _read_reply(_read_file(self._folder / name))
        if kept is not None or self._shared is None:
            return kept
        data = self._shared.read(name)
        shared = _read_reply(data)
        if data is None or shared is None or shared.model != self.name:
            return None
        write_atomically(self._folder / name, data)
        return shared

    def _keep(self, name: str, reply: ModelReply) -> None:
        data = _write_reply(reply)
        write_atomically(self._folder / name, data)
        if self._shared is not None:
            self._shared.write(name, data)


def _name_file(model: str, request: ModelRequest) -> str:
    key = request_key(model, request)
    return f"{key[:2]}/{key[2:4]}/{key}.json"


def request_key(model: str, request: ModelRequest) -> str:
    """The hex sha256 that an answer by `model` to `request` is kept under."""
    fields = asdict(request)
    del fields["purpose"]
    if not request.schema:
        del fields["schema"]  # caches from before there were schemas stay of use
    text = json.dumps([model, fields], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class _Spent(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    input_tokens: int
    output_tokens: int
    seconds: float
    cost: str | None


class _KeptReply(BaseModel):
    """An answer on disk, with what it cost when the model gave it."""

    model_config = ConfigDict(strict=True, extra="forbid")

    text: str
    model: str
    output_tokens: int
    truncated: bool
    spent: _Spent


def _write_reply(reply: ModelReply) -> bytes:
    cost = reply.usage.cost
    kept = _KeptReply(
        text=reply.text,
        model=reply.model,
        output_tokens=reply.output_tokens,
        truncated=reply.truncated,
        spent=_Spent(
            input_tokens=reply.usage.input_tokens,
            output_tokens=reply.usage.output_tokens,
            seconds=reply.usage.seconds,
            cost=None if cost is None else str(cost),
        ),
    )
    # In ASCII, so that any text survives, lone surrogates of a broken answer included.
    return json.dumps(kept.model_dump(), indent=1).encode()


def _read_file(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _read_reply(data: bytes | None) -> ModelReply | None:
    if data is None:
        return None
    try:
        kept = _KeptReply.model_validate(json.loads(data))
    except (ValueError, RecursionError):
        return None
    return ModelReply(
        text=kept.text,
        model=kept.model,
        output_tokens=kept.output_tokens,
        truncated=kept.truncated,
        cached=True,
    )
