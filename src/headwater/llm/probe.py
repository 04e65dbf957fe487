"""Looks for model servers on this machine and says which of their models can write code."""

from __future__ import annotations

import http.client
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Sequence

LOCAL_SERVERS = (
    "http://127.0.0.1:11434/v1",  # Ollama
    "http://127.0.0.1:1234/v1",  # LM Studio
    "http://127.0.0.1:8080/v1",  # llama-server
)
"""Where the usual servers listen when nobody told them otherwise."""

_TIMEOUT = 0.5
_LARGEST_ANSWER = 1 << 20
_SMALLEST = 3.0
_OTHER_USES = re.compile(r"embed|rerank|whisper|tts|bge-|clip|guard|moderation", re.IGNORECASE)
_SIZE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)b(?![a-z])", re.IGNORECASE)
_CODE = re.compile(r"cod(?:er|e)|devstral|starcoder", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class LocalModel:
    """A model that a server on this machine offers."""

    base_url: str
    model: str


def find_local_models(servers: Sequence[str] = LOCAL_SERVERS) -> tuple[LocalModel, ...]:
    """Every model of the servers that answer at once."""
    return tuple(
        LocalModel(base_url=server, model=model)
        for server in servers
        for model in _list_models(server)
    )


def pick_capable(models: Sequence[LocalModel]) -> LocalModel | None:
    """The model to write code with: a code model first, then the largest; None if none will do.

    Judged by name, which is all that servers agree to tell. Models for other uses and those that
    say they are under three billion parameters are left out.
    """
    able = [model for model in models if _is_capable(model.model)]
    return max(able, key=lambda model: _rank(model.model), default=None)


def _list_models(server: str) -> tuple[str, ...]:
    address = urlsplit(server)
    connection = http.client.HTTPConnection(address.netloc, timeout=_TIMEOUT)
    try:
        connection.request("GET", f"{address.path}/models")
        response = connection.getresponse()
        if response.status != http.client.OK:
            return ()
        return _read_names(response.read(_LARGEST_ANSWER))
    except (OSError, http.client.HTTPException):
        return ()
    finally:
        connection.close()


def _read_names(body: bytes) -> tuple[str, ...]:
    """The ids of an OpenAI model list; nothing when something else answered."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return ()
    data = content.get("data") if isinstance(content, dict) else None
    entries = data if isinstance(data, list) else []
    names = (entry.get("id") for entry in entries if isinstance(entry, dict))
    return tuple(name for name in names if isinstance(name, str) and name)


def _is_capable(name: str) -> bool:
    size = _read_size(name)
    return not _OTHER_USES.search(name) and (size is None or size >= _SMALLEST)


def _rank(name: str) -> tuple[bool, float]:
    return bool(_CODE.search(name)), _read_size(name) or 0.0


def _read_size(name: str) -> float | None:
    """Billions of parameters as the name says it: 7 for `qwen2.5-coder:7b`."""
    sizes = [float(size) for size in _SIZE.findall(name)]
    return max(sizes, default=None)
