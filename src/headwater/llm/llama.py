"""The llama.cpp server inside this process, by xllamacpp (the extra `local`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import xllamacpp

if TYPE_CHECKING:
    from pathlib import Path

_CACHE_MIB = 1024


@dataclass(slots=True)
class LlamaEngine:
    """A running server."""

    server: Any

    @property
    def url(self) -> str:
        """Where it listens."""
        return str(self.server.listening_address)

    def close(self) -> None:
        """Stop it: the library ends its threads when the last reference goes."""
        self.server = None


def start_llama(model: Path, *, name: str, context: int, threads: int, key: str) -> LlamaEngine:
    """Load a model and serve it on a free loopback port.

    One slot: more buy no speed on a processor, and one keeps the whole context for one prompt.
    Prompts that left the slot are kept in memory, so that clients may take turns without reading
    their shared prefixes again.

    Raises:
        RuntimeError: the library refuses the file; the log says why.
    """
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(model)
    parameters.model_alias = {name}
    parameters.n_ctx = context
    parameters.n_parallel = 1
    parameters.cache_ram_mib = _CACHE_MIB
    for processors in (parameters.cpuparams, parameters.cpuparams_batch):
        processors.n_threads = threads
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.api_keys = [key]
    parameters.ui = False
    parameters.endpoint_slots = False
    parameters.cors_origins = "null"
    return LlamaEngine(server=xllamacpp.Server(parameters))
