"""Digests of meaning: sha256 over normal forms, as hexadecimal text.

Every kind of thing is hashed under a name of its own, so that prose never has the digest of a row.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

from headwater.graph.prose import normalise_prose
from headwater.spec.examples import TableKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.spec.examples import ExampleTable, Row


_JSON = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest_text(text: str, *, steps: bool = False) -> str:
    """Digest of prose, the same for every way to write the same (`normalise_prose`)."""
    return digest_normal_prose(normalise_prose(text, steps=steps))


def digest_normal_prose(text: str) -> str:
    """Digest of prose that `normalise_prose` has put in its normal form."""
    return _digest("prose", text)


def digest_rows(table: ExampleTable, rows: Sequence[Row]) -> str:
    """Digest of the exact values of rows of `table`, in their order.

    A cell's padding and the back-ticks around it are decoration and do not count. Columns of a
    Run table go by their names, so that they may change places.
    """
    names = [normalise_cell(cell).lower() for cell in table.header]
    values: list[object] = []
    for row in rows:
        cells = [normalise_cell(cell) for cell in row.cells]
        if table.kind is TableKind.RUN:
            values.append(dict(zip(names, cells, strict=False)))
        else:
            values.append(cells)
    return digest_value("rows", [table.kind.value, values])


def digest_value(domain: str, value: object) -> str:
    """Digest of a JSON value under `domain`; the order of an object's keys does not count."""
    return _digest(domain, _JSON.encode(value))


def digest_bytes(data: bytes) -> str:
    """Plain sha256 of a file's bytes, as locks record it."""
    return sha256(data).hexdigest()


def normalise_cell(cell: str) -> str:
    """A cell without its padding and the back-ticks around it; the rest exact to the byte."""
    text = cell.strip(" \t")
    ticked = len(text) > 1 and text.startswith("`") and text.endswith("`")
    return text[1:-1].strip(" \t") if ticked and "`" not in text[1:-1] else text


def _digest(domain: str, text: str) -> str:
    return sha256(f"headwater {domain} 1\0{text}".encode(errors="surrogatepass")).hexdigest()
