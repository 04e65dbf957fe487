"""Reads files of settings as lines: each is a block, so that a fact can be cited."""

from __future__ import annotations

from headwater.policies.decode_bytes import decode_bytes
from headwater.policies.interface import BlockKind, PolicyBlock, PolicyLine, PolicyText
from headwater.spec.article_sources import Spot


def read_lines(path: str, data: bytes) -> PolicyText:
    """Every line that is not blank. None is prose, so that no statements are found in it."""
    text = decode_bytes(path, data)
    if isinstance(text, PolicyText):
        return text
    blocks = (
        PolicyBlock(kind=BlockKind.CODE, lines=(PolicyLine(text=line, spot=Spot(0, number)),))
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip()
    )
    return PolicyText(path=path, blocks=tuple(blocks))
