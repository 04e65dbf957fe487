"""Reads the entities of a feature's `data-model.md`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.spec.document import find_unclosed, find_unreadable, open_document, sort_problems
from headwater.spec.markdown import BlockKind
from headwater.spec.model import Source, Span
from headwater.spec.sections import find_sections
from headwater.spec.side_documents import DataModel
from headwater.spec.statements import Entity
from headwater.spec.table_cells import split_row

if TYPE_CHECKING:
    from headwater.spec.document import Document
    from headwater.spec.sections import Section

_NAMED = r"(?i)(?:entity|model|table|type)\s*\d*\s*[:：]\s*"
_ENTITIES = r"(?i)\W*(?:\w+\s+){0,2}entities\b"
_FIELDS = ("field", "attribute", "property", "column")


def read_data_model(source: Source) -> DataModel:
    """Read a data model.

    An entity is a section `Entity: name`, one below Entities, or one with a table of fields.
    """
    unreadable = find_unreadable(source)
    if unreadable:
        return DataModel(source=source, problems=(unreadable,))
    document = open_document(source)
    return DataModel(
        source=source,
        entities=tuple(
            _read_entity(document, section)
            for section in find_sections(document)
            if section.level > 1 and _is_entity(document, section)
        ),
        problems=sort_problems(find_unclosed(document)),
    )


def _is_entity(document: Document, section: Section) -> bool:
    below = bool(section.parents and re.match(_ENTITIES, section.parents[-1]))
    return below or bool(re.match(_NAMED, section.title)) or _lists_fields(document, section)


def _lists_fields(document: Document, section: Section) -> bool:
    tables = (block for block in section.blocks if block.kind is BlockKind.TABLE)
    headers = (split_row(document.masked, block.rows[0]) for block in tables)
    return any(cells and cells[0].raw.strip("`*_ ").lower() in _FIELDS for cells in headers)


def _read_entity(document: Document, section: Section) -> Entity:
    """The section up to the next heading, whatever its level: that may be another entity's."""
    end = section.blocks[-1].span.end if section.blocks else section.body.start
    name, _, aside = re.sub(_NAMED, "", section.title).partition(" (")
    text = document.raw(Span(start=section.body.start, end=max(section.body.start, end)))
    return Entity(
        name=name.strip("`* "),
        text="\n\n".join(filter(None, [f"({aside}" if aside else "", text])),
        span=document.trimmed(Span(start=section.start, end=end)),
        place=document.place(section.start),
    )
