"""Lock records: the same text for the same record, and no trust in a damaged one."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.graph.lock import (
    BasisRecord,
    ComponentRecord,
    DerivedFile,
    FeatureRecord,
    Generator,
    Settled,
    Verification,
    WrittenRecord,
)
from headwater.graph.records import (
    CONFLICTED,
    DAMAGED,
    UNKNOWN_FORMAT,
    basis_path,
    digest_record,
    lock_path,
    read_basis_record,
    read_component_record,
    read_feature_record,
    read_verifications,
    render_record,
    render_verification,
    verified_path,
)
from headwater.spec.model import Problem, Severity

PATH = "specs/001-wallet/headwater.lock/C1.json"
WRITTEN = WrittenRecord(
    key="US1.1-w1", ref="001/US1.1", prose="aa", code="def test_x(): ...", touches=("001/C1",)
)
COMPONENT = ComponentRecord(
    component="001/C1",
    sources={"001/FR-001": "aa", "001/C1": "bb"},
    files=(DerivedFile(path="src/ä.py", sha256="cc"),),
    interface="dd",
    bodies={"src/ä.py": "ee"},
    generator=Generator(
        model="x:y", template="1", parameters={"n": "4"}, attempts=2, cost="0.1", diff="+3 -1"
    ),
    written=(WRITTEN,),
)
FEATURE = FeatureRecord(
    feature="001", drawn=("a", "b"), held_out=("b",), files=(), written=(WRITTEN,)
)
BASIS = BasisRecord(item="001/D1", settled=Settled.CONFIRMED, sources={"001/FR-001": "aa"})
VERIFICATION = Verification(
    bodies={"src/a.py": "aa"}, tests="t", emitter="1", toolchain="python", articles="", passed=3
)


def test_paths() -> None:
    assert lock_path("specs/001-wallet", "C1") == PATH
    assert basis_path("specs/001-wallet", "C1").endswith("headwater.lock/C1.basis.json")
    assert verified_path("specs/001-wallet", "C1").endswith("headwater.lock/C1.verified.jsonl")


def test_records_come_back() -> None:
    assert read_component_record(render_record(COMPONENT), path=PATH) == COMPONENT
    assert read_feature_record(render_record(FEATURE), path=PATH) == FEATURE
    assert read_basis_record(render_record(BASIS), path=PATH) == BASIS


def test_a_record_from_before_differences_were_measured_is_read() -> None:
    generator = json.loads(render_record(COMPONENT))["generator"]
    del generator["diff"]
    record = read_component_record(_signed(generator=generator), path=PATH)
    assert not isinstance(record, Problem)
    assert record == replace(COMPONENT, generator=replace(COMPONENT.generator, diff=""))


def test_the_text_is_canonical() -> None:
    text = render_record(COMPONENT)
    content = json.loads(text)
    assert list(content) == sorted(content)
    assert text.endswith("}\n")
    assert content["sha256"] == digest_record(COMPONENT)
    reordered = ComponentRecord(
        component="001/C1",
        sources=MappingProxyType({"001/C1": "bb", "001/FR-001": "aa"}),
        files=COMPONENT.files,
        interface="dd",
        bodies=COMPONENT.bodies,
        generator=COMPONENT.generator,
        written=COMPONENT.written,
    )
    assert render_record(reordered) == text


@given(data=st.data())
def test_any_changed_value_is_seen(data: st.DataObject) -> None:
    text = render_record(COMPONENT)
    values = [
        part for part in ("aa", "bb", "cc", "dd", "ee", "x:y", "001/C1", "0.1") if part in text
    ]
    value = data.draw(st.sampled_from(values))
    other = data.draw(st.from_regex(r"[a-f0-9]{2,6}", fullmatch=True).filter(lambda x: x != value))
    changed = text.replace(f'"{value}"', f'"{other}"', 1)
    problem = read_component_record(changed, path=PATH)
    assert isinstance(problem, Problem)
    assert problem.code == DAMAGED
    assert PATH in problem.hint


@given(text=st.text(max_size=80) | st.recursive(st.none() | st.text(), st.lists).map(json.dumps))
def test_no_text_stops_the_reader(text: str) -> None:
    assert isinstance(read_component_record(text, path=PATH), Problem)
    verifications, _ = read_verifications(text, path=PATH)
    assert verifications == ()


def _signed(**changes: object) -> str:
    """The component's record with other fields, and with the sha256 that fits them."""
    content = json.loads(render_record(COMPONENT)) | changes
    del content["sha256"]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return json.dumps(content | {"sha256": sha256(text.encode()).hexdigest()})


def test_only_a_fitting_hash_is_trusted() -> None:
    assert read_component_record(_signed(), path=PATH) == COMPONENT


@pytest.mark.parametrize(
    "changes",
    [
        {"component": 1},
        {"sources": []},
        {"sources": {"a": 1}},
        {"files": [1]},
        {"files": [{"path": "a"}]},
        {"generator": None},
        {"generator": {"model": "a"}},
        {"written": [{"key": "a"}]},
        {"written": [dict.fromkeys(("key", "ref", "prose", "code"), "a") | {"touches": [1]}]},
        {"bodies": "a"},
    ],
)
def test_fields_of_a_wrong_type_are_damage(changes: dict[str, object]) -> None:
    problem = read_component_record(_signed(**changes), path=PATH)
    assert isinstance(problem, Problem)
    assert problem.code == DAMAGED


def test_counts_are_whole_and_not_negative() -> None:
    generator = json.loads(render_record(COMPONENT))["generator"]
    for wrong in (-1, True, 1.5):
        problem = read_component_record(
            _signed(generator=generator | {"attempts": wrong}), path=PATH
        )
        assert isinstance(problem, Problem)
        assert problem.code == DAMAGED


def test_merge_markers_are_a_conflict() -> None:
    lines = render_record(COMPONENT).splitlines()
    conflict = ["<<<<<<< HEAD", lines[3], "=======", lines[4], ">>>>>>> other"]
    text = "\n".join([*lines[:3], *conflict, *lines[5:]])
    problem = read_component_record(text, path=PATH)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.place.line) == (CONFLICTED, 4)


def test_a_key_that_stands_twice_is_damage() -> None:
    text = render_record(COMPONENT).replace('  "component"', '  "interface": "xx",\n  "component"')
    problem = read_component_record(text, path=PATH)
    assert isinstance(problem, Problem)
    assert "twice" in problem.message


def test_another_format_is_told_apart_from_damage() -> None:
    text = render_record(COMPONENT).replace('"format": 1', '"format": 2')
    problem = read_component_record(text, path=PATH)
    assert isinstance(problem, Problem)
    assert problem.code == UNKNOWN_FORMAT


def test_verifications_are_a_line_each() -> None:
    text = render_verification(VERIFICATION)
    assert text.count("\n") == 1
    assert read_verifications(text * 2, path=PATH) == ((VERIFICATION, VERIFICATION), ())


@pytest.mark.parametrize("bad", ["{", "[]", "{}", '{"format": 9}', "<<<<<<< HEAD", '{"format": 1}'])
def test_a_bad_line_counts_for_nothing(bad: str) -> None:
    good = render_verification(VERIFICATION)
    verifications, (problem,) = read_verifications(f"{good}\n{bad}\n{good}", path=PATH)
    assert verifications == (VERIFICATION, VERIFICATION)
    assert problem.severity is Severity.WARNING
    assert problem.place.line == 3
