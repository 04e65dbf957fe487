"""ReqIF: valid by the schema of the OMG, read by another program, the same for the same state."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from headwater.exports.reqif import NAMESPACE
from headwater.exports.trace_reqif import render_trace_reqif
from tests.exports.reports import EMPTY, HOSTILE, PAID, REPORT

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.operations.tracing.trace_report import TraceReport

TAG = f"{{{NAMESPACE}}}"


def read_root(text: str) -> ET.Element:
    return ET.fromstring(text.partition("\n")[2])


def name_objects(root: ET.Element) -> dict[str, str]:
    """Identifiers of objects to their refs."""
    return {one.attrib["IDENTIFIER"]: one.attrib["LONG-NAME"] for one in find(root, "SPEC-OBJECT")}


def find(root: ET.Element, tag: str) -> list[ET.Element]:
    return list(root.iter(f"{TAG}{tag}"))


def read_refs(one: ET.Element, tag: str, names: dict[str, str]) -> list[str]:
    found = one.find(f"{TAG}{tag}")
    assert found is not None
    return [names.get(ref.text or "", ref.text or "") for ref in found]


def list_tree(one: ET.Element, names: dict[str, str]) -> list[object]:
    children = one.find(f"{TAG}CHILDREN")
    below = [list_tree(child, names) for child in children] if children is not None else []
    (name,) = read_refs(one, "OBJECT", names)
    return [name, *below]


@pytest.mark.parametrize("report", [REPORT, EMPTY], ids=["full", "empty"])
def test_the_file_is_valid_by_the_schema(report: TraceReport) -> None:
    """The schema, with that of XHTML which it imports, comes with the package `reqif`."""
    xmlschema = pytest.importorskip("xmlschema", reason="the package `reqif` is not installed")
    place = files("reqif") / "reqif_schema" / "reqif.xsd"
    schema = xmlschema.XMLSchema(str(place))

    assert [str(error) for error in schema.iter_errors(render_trace_reqif(report))] == []


def test_another_program_reads_objects_relations_and_specifications(tmp_path: Path) -> None:
    parser = pytest.importorskip("reqif.parser", reason="the package `reqif` is not installed")
    place = tmp_path / "trace.reqif"
    place.write_text(render_trace_reqif(REPORT), encoding="utf-8")

    content = parser.ReqIFParser.parse(str(place)).core_content.req_if_content

    names = [one.long_name for one in content.spec_objects]
    assert {"001/FR-001", "001/US1", "001/C1", "001/FR-001-1f9a03c2"} <= set(names)
    assert len(content.spec_relations) == 6
    assert [one.long_name for one in content.specifications] == ["001 wallet"]


def test_every_edge_of_the_trace_is_a_relation() -> None:
    root = read_root(render_trace_reqif(REPORT))
    names = name_objects(root)
    relations = {
        (*read_refs(one, "SOURCE", names), *read_refs(one, "TARGET", names))
        for one in find(root, "SPEC-RELATION")
    }

    assert relations == {
        (source, "001/FR-001")
        for source in (
            *("001/D1", "001/C1", "002/C1", "001/T001"),
            *("001/FR-001-1f9a03c2", "001/FR-001-w"),
        )
    }


def test_a_specification_holds_stories_requirements_and_the_tests_below_them() -> None:
    root = read_root(render_trace_reqif(REPORT))
    names = name_objects(root)
    (specification,) = find(root, "SPECIFICATION")
    children = specification.find(f"{TAG}CHILDREN")
    assert children is not None

    assert [list_tree(child, names) for child in children] == [
        ["001/US1", ["001/US1.1"]],
        ["001/FR-001", ["001/FR-001-1f9a03c2"], ["001/FR-001-w"]],
        ["001/D1"],
        ["001/C1"],
        ["001/T001"],
    ]


def test_identifiers_are_unique_and_stay_when_the_content_changes() -> None:
    later = replace(
        REPORT,
        items=(replace(PAID, text="It MUST say something else."),),
        as_of=datetime(2026, 12, 1, tzinfo=UTC),
    )
    before, after = (read_root(render_trace_reqif(report)) for report in (REPORT, later))
    identifiers = [one.attrib["IDENTIFIER"] for one in before.iter() if "IDENTIFIER" in one.attrib]

    assert len(identifiers) == len(set(identifiers))
    known, now = name_objects(before), name_objects(after)
    assert now.items() <= known.items()
    assert {one.attrib["LAST-CHANGE"] for one in find(before, "SPEC-OBJECT")} == {
        "2026-11-24T10:30:00Z"
    }


def test_the_same_state_gives_the_same_file() -> None:
    assert render_trace_reqif(REPORT) == render_trace_reqif(replace(REPORT))


def test_hostile_text_stays_text() -> None:
    text = render_trace_reqif(REPORT)

    assert "<script>" not in text
    assert not set("\x00\x1b\u202e") & set(text)
    values = [one.attrib["THE-VALUE"] for one in find(read_root(text), "ATTRIBUTE-VALUE-STRING")]
    assert any(value.startswith(HOSTILE[:20]) for value in values)
