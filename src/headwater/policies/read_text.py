"""Reads policies that are plain text."""

from __future__ import annotations

from headwater.policies.decode_bytes import decode_bytes
from headwater.policies.interface import PolicyLine, PolicyText
from headwater.policies.outline_lines import outline_lines
from headwater.spec.article_sources import Spot


def read_text(path: str, data: bytes) -> PolicyText:
    """The blocks of a plain text, as its blank lines and list markers tell them."""
    text = decode_bytes(path, data)
    if isinstance(text, PolicyText):
        return text
    lines = (
        PolicyLine(text=line, spot=Spot(0, number))
        for number, line in enumerate(text.split("\n"), 1)
    )
    return PolicyText(path=path, blocks=outline_lines(lines))
