"""ReqIF 1.2 (OMG formal/16-07-01) as XML: objects, relations and the specifications they stand in.

Only what traces need: every attribute is a text. The schema's names stand here and nowhere else.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAMESPACE = "http://www.omg.org/spec/ReqIF/20110401/reqif.xsd"
# The schema of ReqIF 1.2 still fixes this value.
_VERSION = "1.0"
_TEXT = "text"
_LONGEST_TEXT = 1_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class ReqifObject:
    """A spec object of a type (`requirement`); `values` are texts by the type's attributes."""

    name: str
    kind: str
    values: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReqifRelation:
    """A spec relation of a type (`implements`) between two objects, by their names."""

    kind: str
    source: str
    target: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReqifEntry:
    """An object's place in a specification, and what stands below it."""

    name: str
    children: tuple[ReqifEntry, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReqifSpecification:
    """A specification: a tree of objects."""

    name: str
    title: str
    entries: tuple[ReqifEntry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReqifDocument:
    """A whole file.

    Attributes:
        title: of the file.
        tool: what wrote it, with its version.
        moment: when its content was as it is, `2026-11-24T10:00:00Z`.
        attributes: type of object to the names of its attributes.
        relation_kinds: types of relations.
        objects: each name once.
        relations: between them.
        specifications: the trees.
    """

    title: str
    tool: str
    moment: str
    attributes: Mapping[str, Sequence[str]]
    relation_kinds: Sequence[str]
    objects: Sequence[ReqifObject]
    relations: Sequence[ReqifRelation]
    specifications: Sequence[ReqifSpecification]


def render_reqif(document: ReqifDocument) -> str:
    """The file. The same names give the same identifiers, so that an import updates the last."""
    return _Writer(document).write()


class _Writer:
    def __init__(self, document: ReqifDocument) -> None:
        self._document = document
        self._root = ET.Element("REQ-IF", {"xmlns": NAMESPACE})

    def write(self) -> str:
        self._write_header()
        core = ET.SubElement(self._root, "CORE-CONTENT")
        content = ET.SubElement(core, "REQ-IF-CONTENT")
        self._write_datatypes(ET.SubElement(content, "DATATYPES"))
        self._write_types(ET.SubElement(content, "SPEC-TYPES"))
        self._write_objects(ET.SubElement(content, "SPEC-OBJECTS"))
        self._write_relations(ET.SubElement(content, "SPEC-RELATIONS"))
        self._write_specifications(ET.SubElement(content, "SPECIFICATIONS"))
        ET.indent(self._root, space=" ")
        text = ET.tostring(self._root, encoding="unicode")
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'

    def _write_header(self) -> None:
        outer = ET.SubElement(self._root, "THE-HEADER")
        identifier = _identify("header", self._document.title)
        header = ET.SubElement(outer, "REQ-IF-HEADER", {"IDENTIFIER": identifier})
        for name, value in (
            ("CREATION-TIME", self._document.moment),
            ("REQ-IF-TOOL-ID", self._document.tool),
            ("REQ-IF-VERSION", _VERSION),
            ("SOURCE-TOOL-ID", self._document.tool),
            ("TITLE", self._document.title),
        ):
            ET.SubElement(header, name).text = value

    def _write_datatypes(self, parent: ET.Element) -> None:
        datatype = self._add(parent, "DATATYPE-DEFINITION-STRING", "datatype", _TEXT, title=_TEXT)
        datatype.set("MAX-LENGTH", str(_LONGEST_TEXT))

    def _write_types(self, parent: ET.Element) -> None:
        for kind, names in self._document.attributes.items():
            kept = self._add(parent, "SPEC-OBJECT-TYPE", "object type", kind, title=kind)
            attributes = ET.SubElement(kept, "SPEC-ATTRIBUTES")
            for name in names:
                domain = f"attribute of {kind}"
                tag = "ATTRIBUTE-DEFINITION-STRING"
                attribute = self._add(attributes, tag, domain, name, title=name)
                _refer(attribute, "TYPE", "DATATYPE-DEFINITION-STRING-REF", "datatype", _TEXT)
        for kind in self._document.relation_kinds:
            self._add(parent, "SPEC-RELATION-TYPE", "relation type", kind, title=kind)
        self._add(parent, "SPECIFICATION-TYPE", "specification type", "feature", title="feature")

    def _write_objects(self, parent: ET.Element) -> None:
        for one in self._document.objects:
            kept = self._add(parent, "SPEC-OBJECT", "object", one.name, title=one.name)
            values = ET.SubElement(kept, "VALUES")
            for name, text in one.values.items():
                value = ET.SubElement(
                    values, "ATTRIBUTE-VALUE-STRING", {"THE-VALUE": text[:_LONGEST_TEXT]}
                )
                domain = f"attribute of {one.kind}"
                _refer(value, "DEFINITION", "ATTRIBUTE-DEFINITION-STRING-REF", domain, name)
            _refer(kept, "TYPE", "SPEC-OBJECT-TYPE-REF", "object type", one.kind)

    def _write_relations(self, parent: ET.Element) -> None:
        for one in self._document.relations:
            name = f"{one.source}\n{one.kind}\n{one.target}"
            kept = self._add(parent, "SPEC-RELATION", "relation", name)
            _refer(kept, "SOURCE", "SPEC-OBJECT-REF", "object", one.source)
            _refer(kept, "TARGET", "SPEC-OBJECT-REF", "object", one.target)
            _refer(kept, "TYPE", "SPEC-RELATION-TYPE-REF", "relation type", one.kind)

    def _write_specifications(self, parent: ET.Element) -> None:
        for one in self._document.specifications:
            kept = self._add(parent, "SPECIFICATION", "specification", one.name, title=one.title)
            _refer(kept, "TYPE", "SPECIFICATION-TYPE-REF", "specification type", "feature")
            self._write_entries(kept, one.entries, way=one.name)

    def _write_entries(
        self, parent: ET.Element, entries: Sequence[ReqifEntry], *, way: str
    ) -> None:
        """An object may stand in several places; each place has a name of its own."""
        if not entries:
            return
        children = ET.SubElement(parent, "CHILDREN")
        for entry in entries:
            place = f"{way}\n{entry.name}"
            kept = self._add(children, "SPEC-HIERARCHY", "place", place)
            _refer(kept, "OBJECT", "SPEC-OBJECT-REF", "object", entry.name)
            self._write_entries(kept, entry.children, way=place)

    def _add(
        self, parent: ET.Element, tag: str, domain: str, name: str, *, title: str = ""
    ) -> ET.Element:
        named = {"LONG-NAME": title} if title else {}
        required = {"IDENTIFIER": _identify(domain, name), "LAST-CHANGE": self._document.moment}
        return ET.SubElement(parent, tag, {**required, **named})


def _refer(parent: ET.Element, tag: str, reference: str, domain: str, name: str) -> None:
    outer = ET.SubElement(parent, tag)
    ET.SubElement(outer, reference).text = _identify(domain, name)


def _identify(domain: str, name: str) -> str:
    """An identifier that begins as XML demands, and stays the same for the same thing."""
    return f"_{uuid5(NAMESPACE_URL, f'headwater:{domain}:{name}')}"
