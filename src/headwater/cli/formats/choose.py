"""The formats by name, each imported only when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.cli.formats.interface import Format

FORMATS: Final[Mapping[str, str]] = {
    "text": "text",
    "concise": "concise",
    "json": "json_document",
    "sarif": "sarif",
    "github": "github",
    "junit": "junit",
}
"""What `--format` takes, to the module whose `render` it is."""


def load_format(name: str) -> Format:
    """The format with one of the names of `FORMATS`."""
    render: Format = import_module(f"headwater.cli.formats.{FORMATS[name]}").render
    return render
