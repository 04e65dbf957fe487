"""Policies as bytes and back, so that a PDF or DOCX is not converted again until it changes."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from headwater.policies.interface import BlockKind, PolicyBlock, PolicyLine, PolicyText
from headwater.spec.article_sources import Spot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

FORMAT: Final = b"policy text 1"
"""To be raised with every change of what a reader gives."""


def make_key(suffix: str, data: bytes) -> bytes:
    """What the text of a file follows from: the reader, by the file's suffix, and the bytes."""
    return sha256(b"\0".join((FORMAT, suffix.encode(), data))).digest()


def encode_policy(policy: PolicyText) -> bytes:
    """The blocks of a policy that can be read."""
    blocks = [
        [
            block.kind.value,
            block.level,
            block.table,
            block.header,
            block.cells,
            [[line.spot.page, line.spot.line, line.text] for line in block.lines],
        ]
        for block in policy.blocks
    ]
    return json.dumps([policy.unit, blocks]).encode()


def decode_policy(path: str, data: bytes) -> PolicyText:
    """The policy again.

    Raises:
        ValueError, TypeError, LookupError: the bytes are none of `encode_policy`.
    """
    unit, blocks = json.loads(data)
    return PolicyText(path=path, unit=unit, blocks=tuple(map(_decode_block, blocks)))


def _decode_block(values: Sequence[Any]) -> PolicyBlock:
    kind, level, table, header, cells, lines = values
    return PolicyBlock(
        kind=BlockKind(kind),
        level=level,
        table=table,
        header=tuple(header),
        cells=tuple(cells),
        lines=tuple(PolicyLine(text=text, spot=Spot(page, line)) for page, line, text in lines),
    )
