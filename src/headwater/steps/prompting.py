"""Prompt templates: files beside this module, filled with values that are data and nothing else."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.resources import files

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@cache
def load_prompt(name: str) -> str:
    """The template `prompts/NAME.md`; the name is `STEP/template`."""
    return (files("headwater.steps") / "prompts" / f"{name}.md").read_text(encoding="utf-8")


def fill_prompt(name: str, values: dict[str, str]) -> str:
    """A template with its placeholders replaced.

    Values go in as they are: a placeholder inside a value stays text.

    Raises:
        KeyError: the template has a placeholder that `values` lacks.
    """
    return _PLACEHOLDER.sub(lambda match: values[match[1]], load_prompt(name)).strip()


@cache
def template_version(step: str) -> str:
    """Changes when any template of a step does: 12 hex digits of their common sha256."""
    digest = hashlib.sha256()
    folder = files("headwater.steps") / "prompts" / step
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
