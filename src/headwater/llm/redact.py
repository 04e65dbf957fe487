"""Keeps secrets out of what is sent to models and of what they are said to have answered."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from headwater.llm.interface import ModelError
from headwater.secret_shapes import find_secret_shapes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from headwater.llm.interface import Model, ModelReply, ModelRequest

MARK = "[secret]"
"""What stands where a secret stood."""

_SHORTEST = 8

# What a replacement leaves side by side can make up another secret, so the text is gone over
# again; bounded, since secrets that look like the mark could make each other for ever.
_ROUNDS = 8

_SECRET_NAME = re.compile(
    r"(?:key|keys|token|tokens|secret|secrets|password|passwd|passphrase|credential|credentials"
    r"|auth|_pwd|_pass|_pat)(?:_|\d|$)",
    re.IGNORECASE,
)


class RedactedModel:
    """A model that never sees a secret: each is replaced by `[secret]` in every request."""

    def __init__(self, model: Model, *, secrets: Sequence[str]) -> None:
        self._model = model
        self._secrets = tuple(secrets)

    @property
    def name(self) -> str:
        """The inner model's name."""
        return self._model.name

    def complete(self, request: ModelRequest) -> ModelReply:
        """Answer the request without its secrets; errors are cleaned the same way."""
        cleaned = replace(
            request,
            prompt=self._clean(request.prompt),
            system=self._clean(request.system),
            prefill=self._clean(request.prefill),
            stop=tuple(self._clean(mark) for mark in request.stop),
            purpose=self._clean(request.purpose),
        )
        try:
            return self._model.complete(cleaned)
        except ModelError as error:
            message = self._clean(error.message)
            if message == error.message:
                raise
            # Without the cause, whose text would show the secret.
            raise ModelError(message, hint=self._clean(error.hint)) from None

    def _clean(self, text: str) -> str:
        return redact_text(text, secrets=self._secrets)


def find_secrets(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The values that must not leave: of variables named like secrets, and passwords in addresses.

    Values under 8 characters are left out: they would hide ordinary words. A value of several
    lines counts as a whole and line by line.
    """
    found: set[str] = set()
    for name, value in environment.items():
        if _SECRET_NAME.search(name):
            found.update(chain([value.strip()], (line.strip() for line in value.splitlines())))
        found.update(_find_passwords(value))
    return tuple(sorted(value for value in found if len(value) >= _SHORTEST and value != MARK))


def redact_text(text: str, *, secrets: Sequence[str]) -> str:
    """`text` with every secret, and everything shaped like a well-known token, as `[secret]`."""
    for _ in range(_ROUNDS):
        spans = sorted(chain(_find_all(text, secrets), _find_shapes(text)))
        if not spans:
            break
        text = _replace_spans(text, spans)
    return text


def _find_passwords(value: str) -> Iterator[str]:
    for address in value.split():
        try:
            password = urlsplit(address).password
        except ValueError:
            continue
        if password:
            yield password


def _find_all(text: str, secrets: Sequence[str]) -> Iterator[tuple[int, int]]:
    for secret in secrets:
        start = text.find(secret)
        while start >= 0:
            yield start, start + len(secret)
            start = text.find(secret, start + 1)


def _find_shapes(text: str) -> Iterator[tuple[int, int]]:
    return ((found.start, found.end) for found in find_secret_shapes(text))


def _replace_spans(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Replace the union of overlapping spans, in order of their starts, by one mark each."""
    pieces: list[str] = []
    end = 0
    for start, stop in spans:
        if start >= end:
            pieces += [text[end:start], MARK]
        end = max(end, stop)
    return "".join([*pieces, text[end:]])
