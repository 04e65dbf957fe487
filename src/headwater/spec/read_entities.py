"""Reads a spec's key entities: a name, and what is said about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.spec.statements import Entity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.spec.document import Document
    from headwater.spec.find_entries import Entry

# In bold, in back-ticks, or up to a colon or dash; in a row of a table, the first cell.
_NAME = (
    r"\|?\s*(?:(?P<bold>\*\*|__)(?P<strong>[^*_\n]+?)\s*:?\s*(?P=bold)"
    r"|`(?P<code>[^`\n]+)`"
    r"|(?P<plain>[^\n:：|–—]{1,60}?(?=[ \t]*(?:[:：|]|[ \t][-–—][ \t]))))"
    r"[ \t]*(?:[:：|]|[-–—](?=\s))?\s*"
)


def read_entities(document: Document, entries: Iterable[Entry]) -> tuple[Entity, ...]:
    """Read each entry as an entity; one without a name of its own is named by its first line."""
    return tuple(_read_entity(document, entry) for entry in entries)


def _read_entity(document: Document, entry: Entry) -> Entity:
    match = re.match(_NAME, entry.text)
    if match:
        name = match["strong"] or match["code"] or match["plain"]
        text = entry.text[match.end() :]
    else:
        name, _, text = entry.text.partition("\n")
    place = document.place(entry.span.start)
    return Entity(name=name.strip().strip("`"), text=text.strip(), span=entry.span, place=place)
