"""The version of a constitution, and how a change raises it: by Spec Kit's rules."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING

from headwater.policies.render_articles import FIRST_VERSION, render_version
from headwater.spec.model import Span
from headwater.spec.splice import Edit

if TYPE_CHECKING:
    from datetime import date

_LINE = re.compile(
    rb"(?m)^\*\*Version\*\*:\s*(?P<version>[^|\r\n]*?)\s*\|"
    rb"\s*\*\*Ratified\*\*:\s*(?P<ratified>[^|\r\n]*?)\s*"
    rb"\|\s*\*\*Last Amended\*\*:\s*(?P<amended>[^\r\n]*?)[ \t]*(?=\r?$)"
)


class Bump(IntEnum):
    """How much a change means, least first."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


def read_version(data: bytes) -> str:
    """The version that a constitution states; empty where it states none."""
    lines = list(_LINE.finditer(data))
    return lines[-1]["version"].decode(errors="replace") if lines else ""


def raise_version(version: str, bump: Bump) -> str:
    """The version after a change; one that is no semantic version becomes the first."""
    found = re.fullmatch(r"v?(\d{1,6})\.(\d{1,6})\.(\d{1,6})", version)
    if not found:
        return FIRST_VERSION
    major, minor, patch = map(int, found.groups())
    match bump:
        case Bump.MAJOR:
            return f"{major + 1}.0.0"
        case Bump.MINOR:
            return f"{major}.{minor + 1}.0"
        case Bump.PATCH:
            return f"{major}.{minor}.{patch + 1}"
        case _:
            return version


def edit_version(data: bytes, bump: Bump, *, today: date) -> Edit:
    """The edit that writes the new version and the day; a line is added where there is none."""
    lines = list(_LINE.finditer(data))
    version = raise_version(read_version(data), bump)
    if lines:
        ratified = lines[-1]["ratified"].decode(errors="replace")
        span = Span(start=lines[-1].start(), end=lines[-1].end())
        line = render_version(version, ratified=ratified, amended=str(today))
        return Edit(span=span, replacement=line.encode())
    line = render_version(version, ratified=str(today), amended=str(today))
    before = b"" if data.endswith(b"\n\n") else b"\n" if data.endswith(b"\n") else b"\n\n"
    return Edit(
        span=Span(start=len(data), end=len(data)), replacement=before + line.encode() + b"\n"
    )
