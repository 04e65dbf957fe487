"""Trace, explanation and ownership: from requirements to files and back."""

from __future__ import annotations

import pytest

from headwater.graph.explain import explain_file
from headwater.graph.index import ItemKind
from headwater.graph.lock import (
    ComponentRecord,
    DerivedFile,
    FeatureRecord,
    Generator,
    WrittenRecord,
)
from headwater.graph.make_units import make_units
from headwater.graph.network import connect_items
from headwater.graph.ownership import check_planned_files, map_owners
from headwater.graph.states import Change, ComponentState, Reason, State
from headwater.graph.trace import Coverage, TracedTest, TraceRow, trace_refs
from tests.graph.builders import (
    component,
    decision,
    feature,
    function,
    index_project,
    interface,
    project,
    requirement,
    scenario,
    story,
    task,
)
from tests.graph.examples import call, row, run_row, table

FEATURE = feature(
    requirements=[
        requirement("FR-001", table(row(call("add"), 1))),
        requirement("FR-002"),
        requirement("FR-003"),
        requirement("FR-004", retired=True),
        requirement("FR-005", table(row(call("show"), 1))),
    ],
    stories=[story("US1", scenario("US1.1", table(run_row("wallet"))))],
    components=[
        component("C1", implements=("FR-001", "FR-002"), commands=("wallet",)),
        component("C2", implements=("FR-005",), depends_on=("C1",)),
    ],
    decisions=[decision("D1", "FR-001", "US1.1")],
    tasks=[task("T001", "FR-001"), task("T002", "FR-004")],
)
INDEX = index_project(project(FEATURE))
UNITS, _ = make_units(
    FEATURE,
    index=INDEX,
    interfaces={"001/C1": interface(function("add")), "001/C2": interface(function("show"))},
)
TEST_FILES = {"001/C1": "tests/test_c1.py", "001": "tests/test_feature.py"}
STALE = Reason(change=Change.CHANGED, subject="001/FR-005")
STATES = {
    "001/C1": ComponentState(component="001/C1", state=State.UPGRADEABLE),
    "001/C2": ComponentState(component="001/C2", state=State.STALE, reasons=(STALE,)),
    "001": ComponentState(component="001", state=State.FRESH),
}
WRITTEN = WrittenRecord(key="US1.1-w", ref="001/US1.1", prose="", code="", touches=("001/C2",))


def rows(ref: str = "", written: tuple[WrittenRecord, ...] = ()) -> list[TraceRow]:
    network = connect_items(INDEX, units=UNITS, written=written, test_files=TEST_FILES)
    return trace_refs(INDEX, network=network, units=UNITS, written=written, states=STATES, ref=ref)


def test_uncovered_requirements_come_first() -> None:
    assert [(each.ref, each.coverage) for each in rows()] == [
        ("001/FR-003", Coverage.UNIMPLEMENTED),
        ("001/FR-002", Coverage.UNTESTED),
        ("001/FR-005", Coverage.PENDING),
        ("001/US1.1", Coverage.VERIFIED),
        ("001/FR-001", Coverage.VERIFIED),
    ]


def test_a_row_leads_to_components_files_and_tests() -> None:
    (found,) = rows("001/FR-001")
    (unit,) = [unit for unit in UNITS if unit.ref == "001/FR-001"]
    assert found == TraceRow(
        ref="001/FR-001",
        kind=ItemKind.REQUIREMENT,
        decisions=("001/D1",),
        components=("001/C1",),
        tasks=("001/T001",),
        files=("src/c1.py",),
        tests=(TracedTest(key=unit.key, file="tests/test_c1.py", passed=True),),
        coverage=Coverage.VERIFIED,
    )


def test_tests_that_a_model_wrote_are_marked() -> None:
    (found,) = rows("001/US1.1", (WRITTEN,))
    assert [test.by_model for test in found.tests] == [False, True]
    assert found.components == ("001/C1", "001/C2")
    assert found.coverage is Coverage.PENDING


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("001/US1", {"001/US1.1"}),
        ("001/C2", {"001/FR-005"}),
        ("001/D1", {"001/FR-001", "001/US1.1"}),
        ("001/T001", {"001/FR-001"}),
        ("001/T002", set()),
        ("src/c2.py", {"001/FR-005"}),
        ("tests/test_c1.py", {"001/FR-001"}),
        ("tests/test_feature.py", {"001/US1.1"}),
        ("001", {"001/FR-001", "001/FR-002", "001/FR-003", "001/FR-005", "001/US1.1"}),
        ("001/FR-00", set()),
        ("002", set()),
    ],
)
def test_only_what_is_asked(asked: str, expected: set[str]) -> None:
    assert {each.ref for each in rows(asked)} == expected


RECORD = ComponentRecord(
    component="001/C1",
    sources={"b": "2", "a": "1"},
    files=(
        DerivedFile(path="src/c1.py", sha256="aa"),
        DerivedFile(path="tests/test_c1.py", sha256="bb"),
    ),
    interface="",
    bodies={"src/c1.py": "cc"},
    generator=Generator(model="m", template="1"),
)
FEATURE_RECORD = FeatureRecord(
    feature="001",
    drawn=(),
    held_out=(),
    files=(DerivedFile(path="tests/test_feature.py", sha256="dd"),),
    written=(WRITTEN,),
)


def test_a_derived_file_is_explained() -> None:
    def explain(path: str) -> object:
        return explain_file(
            path,
            index=INDEX,
            components={"001/C1": RECORD},
            features={"001": FEATURE_RECORD},
            states=STATES,
        )

    code, test, shared = map(explain, ("src/c1.py", "tests/test_c1.py", "tests/test_feature.py"))
    assert code is not None
    assert vars_of(code) == {
        "path": "src/c1.py",
        "owner": "001/C1",
        "is_code": True,
        "refs": ("001/FR-001", "001/FR-002"),
        "sources": ("a", "b"),
        "generator": RECORD.generator,
        "dependencies": (),
        "dependents": ("001/C2",),
        "state": State.UPGRADEABLE,
        "reasons": (),
    }
    assert vars_of(test)["is_code"] is False
    assert vars_of(shared)["owner"] == "001"
    assert vars_of(shared)["refs"] == ("001/US1.1",)
    assert explain("README.md") is None


def test_the_file_of_a_component_that_left_the_plan_is_explained() -> None:
    gone = index_project(project(feature()))
    found = explain_file(
        "src/c1.py", index=gone, components={"001/C1": RECORD}, features={}, states={}
    )
    assert found is not None
    assert (found.owner, found.refs, found.state) == ("001/C1", (), None)


def vars_of(value: object) -> dict[str, object]:
    return {name: getattr(value, name) for name in value.__slots__}  # type: ignore[attr-defined]  # a slotted dataclass


def test_every_derived_file_has_an_owner() -> None:
    assert map_owners([RECORD], [FEATURE_RECORD]) == {
        "src/c1.py": "001/C1",
        "tests/test_c1.py": "001/C1",
        "tests/test_feature.py": "001",
    }


@pytest.mark.parametrize(
    ("owners", "files", "messages"),
    [
        ({}, {}, []),
        ({"src/c1.py": "001/C1"}, {"src/c1.py": "aa"}, []),
        ({}, {"src/c1.py": "aa"}, ["`src/c1.py` of 001/C1 exists and is not derived"]),
        ({"src/c2.py": "002/C9"}, {}, ["`src/c2.py` of 001/C2 is derived for 002/C9"]),
    ],
)
def test_planned_files_must_be_free(
    owners: dict[str, str], files: dict[str, str | None], messages: list[str]
) -> None:
    found = check_planned_files(INDEX, owners=owners, files=files)
    assert [problem.message for problem in found] == messages
