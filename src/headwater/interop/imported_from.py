"""The line by which an imported spec tells where it came from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from headwater.interop.interface import Format
    from headwater.spec.read_project import FeatureFolder

_LINE = rb"(?m)^\*\*Imported from\*\*: `([^`\r\n]+)`[ \t]*\r?$"


def render_origin(folder: str) -> str:
    """The line for a feature that stood in `folder`."""
    return f"**Imported from**: `{folder}`"


def find_imported(native: Iterable[FeatureFolder]) -> dict[str, str]:
    """The folders that native features were imported from, each to the native one."""
    return {
        match[1].decode(errors="replace"): folder.path
        for folder in native
        for match in re.finditer(_LINE, folder.documents.get("spec.md", b""))
    }


def find_native(one: Format, folder: str, imported: Mapping[str, str]) -> str:
    """The native folder that a foreign one, or what it is a part of, was imported to; or empty."""
    return imported.get(folder) or imported.get(one.find_parent(folder), "")
