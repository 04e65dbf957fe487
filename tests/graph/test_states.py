"""States: what every change to documents, files and conditions makes of a component."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from headwater.graph.lock import (
    ComponentRecord,
    DerivedFile,
    FeatureRecord,
    Generator,
    Verification,
)
from headwater.graph.states import (
    Change,
    ComponentState,
    Present,
    Reason,
    State,
    compare_sources,
    compute_feature_states,
    compute_states,
)
from headwater.graph.verification import (
    Conditions,
    find_conditions,
    is_verified,
    make_verification,
    read_present_bodies,
)
from headwater.spec.model import Problem
from tests.graph.builders import at, component, feature, index_project, project, requirement

if TYPE_CHECKING:
    from headwater.graph.index import Index

REFS = ("001/C1", "001/C2")
INDEX = index_project(
    project(
        feature(
            requirements=[requirement("FR-001"), requirement("FR-002")],
            components=[
                component("C1"),
                component("C2", implements=("FR-002",), depends_on=("C1",)),
            ],
        )
    )
)
SOURCES = {
    "001/C1": {"001/FR-001": "a", "001/C1": "b"},
    "001/C2": {"001/FR-002": "c", "001/C1 interface": "d"},
}


def record(ref: str) -> ComponentRecord:
    """The record of a component as it was derived: code in `src/`, tests in `tests/`."""
    name = ref[-2:].lower()
    return ComponentRecord(
        component=ref,
        sources=SOURCES[ref],
        files=(
            DerivedFile(path=f"src/{name}.py", sha256=f"{name}-code"),
            DerivedFile(path=f"tests/{name}.py", sha256=f"{name}-tests"),
        ),
        interface="i",
        bodies={f"src/{name}.py": f"{name}-body"},
        generator=Generator(model="small", template="1"),
    )


RECORDS: dict[str, ComponentRecord | Problem] = {ref: record(ref) for ref in REFS}
FILES: dict[str, str | None] = {
    file.path: file.sha256 for ref in REFS for file in record(ref).files
}


def present(
    *,
    sources: dict[str, dict[str, str]] | None = None,
    files: dict[str, str | None] | None = None,
    emitter: str = "1",
    models: tuple[str, ...] = (),
    template: str = "",
    bodies: dict[str, str] | None = None,
    verified: bool = True,
) -> Present:
    """How things stand after some changes, with the verifications from before them."""
    records = {ref: record(ref) for ref in REFS}
    files = files if files is not None else FILES

    def conditions(emitter: str, present_files: dict[str, str | None]) -> dict[str, Conditions]:
        found = read_present_bodies(
            records.values(), present_files, digest_file=lambda path: (bodies or {}).get(path, "")
        )
        return {
            ref: find_conditions(
                ref,
                index=INDEX,
                records=records,
                bodies=found,
                tests={f"tests/{ref}": "t"},
                emitter=emitter,
                toolchain="python",
                articles="",
            )
            for ref in REFS
        }

    before, now = conditions("1", FILES), conditions(emitter, files)
    lines: dict[str, tuple[Verification, ...]] = {
        ref: (make_verification(before[ref], passed=1),) if verified else () for ref in REFS
    }
    return Present(
        sources=sources or SOURCES,
        files=files,
        conditions=now,
        verifications=lines,
        models=models,
        template=template,
    )


def states(
    now: Present,
    *,
    index: Index = INDEX,
    records: dict[str, ComponentRecord | Problem] | None = None,
) -> dict[str, tuple[State, list[str]]]:
    computed = compute_states(index, records if records is not None else RECORDS, now)
    return {ref: _show(state) for ref, state in computed.items()}


def _show(state: ComponentState) -> tuple[State, list[str]]:
    return state.state, [str(reason) for reason in state.reasons]


FRESH = (State.FRESH, list[str]())


def test_nothing_changed() -> None:
    assert states(present()) == {"001/C1": FRESH, "001/C2": FRESH}


def test_never_derived() -> None:
    assert states(present(), records={}) == {
        ref: (State.STALE, [f"{ref} never derived"]) for ref in REFS
    }


def test_a_changed_source_concerns_its_component_alone() -> None:
    changed = SOURCES | {"001/C1": {"001/FR-001": "x", "001/C1": "b"}}
    assert states(present(sources=changed)) == {
        "001/C1": (State.STALE, ["001/FR-001 changed"]),
        "001/C2": FRESH,
    }


def test_sources_added_and_removed() -> None:
    reasons = compare_sources({"a": "1", "b": "1"}, {"b": "2", "c": "1"})
    assert [str(reason) for reason in reasons] == ["b changed", "c added", "a removed"]


def test_a_hand_edit_wins_and_dependents_are_only_unverified() -> None:
    files = FILES | {"src/c1.py": "other"}
    changed = SOURCES | {"001/C1": {"001/FR-001": "x", "001/C1": "b"}}
    now = present(files=files, sources=changed, bodies={"src/c1.py": "new-body"})
    assert states(now) == {
        "001/C1": (State.EDITED, ["src/c1.py edited by hand", "001/FR-001 changed"]),
        "001/C2": (State.UNVERIFIED, ["src/c1.py changed"]),
    }


def test_an_edit_of_layout_leaves_dependents_fresh() -> None:
    """The file's bytes differ, the digest of its syntax does not."""
    now = present(files=FILES | {"src/c1.py": "other"}, bodies={"src/c1.py": "c1-body"})
    assert states(now) == {
        "001/C1": (State.EDITED, ["src/c1.py edited by hand"]),
        "001/C2": FRESH,
    }


def test_an_edited_test_is_an_edit() -> None:
    now = present(files=FILES | {"tests/c2.py": "other"})
    assert states(now)["001/C2"] == (State.EDITED, ["tests/c2.py edited by hand"])


@pytest.mark.parametrize("gone", [{"src/c1.py": None}, {}])
def test_missing_code_is_derived_again(gone: dict[str, str | None]) -> None:
    files = {path: sha256 for path, sha256 in FILES.items() if path != "src/c1.py"} | gone
    assert states(present(files=files)) == {
        "001/C1": (State.MISSING, ["src/c1.py gone"]),
        "001/C2": (State.UNVERIFIED, ["src/c1.py changed"]),
    }


def test_a_missing_test_file_costs_no_model_call() -> None:
    now = present(files=FILES | {"tests/c1.py": None})
    assert states(now) == {"001/C1": (State.UNVERIFIED, ["tests/c1.py gone"]), "001/C2": FRESH}


def test_another_emitter_means_verify_again() -> None:
    assert states(present(emitter="2")) == {
        ref: (State.UNVERIFIED, ["the test emitter changed"]) for ref in REFS
    }


def test_without_a_verification_nothing_is_fresh() -> None:
    expected = {ref: (State.UNVERIFIED, [f"{ref} never verified"]) for ref in REFS}
    assert states(present(verified=False)) == expected
    assert states(dataclasses.replace(present(), conditions={})) == expected


def test_another_generator_is_an_offer() -> None:
    assert states(present(models=("large",), template="2"))["001/C1"] == (
        State.UPGRADEABLE,
        [
            "the model small no longer what is configured",
            "the prompt template 1 no longer what is configured",
        ],
    )
    assert states(present(models=("large", "small"), template="1"))["001/C1"] == FRESH


def test_staleness_and_verification_come_before_an_upgrade() -> None:
    assert states(present(models=("large",), emitter="2"))["001/C1"] == (
        State.UNVERIFIED,
        ["the test emitter changed", "the model small no longer what is configured"],
    )


def test_an_unreadable_record_is_a_conflict_with_its_remedy() -> None:
    problem = Problem(code="lock-conflicted", message="", place=at(1, "x/C1.json"), hint="settle")
    computed = compute_states(INDEX, RECORDS | {"001/C1": problem}, present())
    assert computed["001/C1"] == ComponentState(
        component="001/C1",
        state=State.CONFLICTED,
        reasons=(Reason(change=Change.UNREADABLE, subject="x/C1.json"),),
        problem=problem,
    )


def _index(*, retired: bool = False, without: str = "", plan: bool = True) -> Index:
    """The project without a component, without a plan, or with C2's requirement retired."""
    components = [component("C1"), component("C2", implements=("FR-002",), depends_on=("C1",))]
    document = feature(
        requirements=[requirement("FR-001"), requirement("FR-002", retired=retired)],
        components=[each for each in components if each.id != without],
    )
    return index_project(project(document if plan else dataclasses.replace(document, plan=None)))


def test_a_component_that_left_the_plan_is_orphaned() -> None:
    found = states(present(), index=_index(without="C2"))
    assert found["001/C2"] == (State.ORPHANED, ["001/C2 removed"])


def test_a_component_whose_every_ref_is_retired_is_orphaned() -> None:
    expected = (State.ORPHANED, ["001/FR-002 retired"])
    assert states(present(), index=_index(retired=True))["001/C2"] == expected
    assert states(present(), index=_index(retired=True), records={})["001/C2"] == expected


def test_a_hand_edit_keeps_an_orphan() -> None:
    now = present(files=FILES | {"src/c2.py": "other"})
    assert states(now, index=_index(without="C2"))["001/C2"] == (
        State.EDITED,
        ["src/c2.py edited by hand", "001/C2 removed"],
    )


def test_a_plan_that_is_not_there_removes_nothing() -> None:
    """It may only be unreadable; derived files are not thrown away for that."""
    found = states(present(), index=_index(plan=False))
    assert found["001/C1"] == (State.STALE, ["001/plan gone"])


def test_a_ref_that_nobody_knows_orphans_nothing() -> None:
    document = feature(components=[component("C1", implements=("FR-404",))])
    found = states(present(), index=index_project(project(document)))
    assert found["001/C1"] == FRESH


def test_verified_means_under_exactly_these_conditions() -> None:
    now = present()
    conditions = now.conditions["001/C2"]
    assert set(conditions.bodies) == {"src/c1.py", "src/c2.py"}
    lines = now.verifications["001/C2"]
    assert is_verified(lines, conditions)
    for other in (
        dataclasses.replace(conditions, tests="other"),
        dataclasses.replace(conditions, emitter="other"),
        dataclasses.replace(conditions, toolchain="other"),
        dataclasses.replace(conditions, articles="other"),
        dataclasses.replace(conditions, bodies={"src/c2.py": "c2-body"}),
    ):
        assert not is_verified(lines, other)
    assert not is_verified((), conditions)


def test_the_nearest_verification_explains() -> None:
    """Two lines are off; the one that lacks least says what changed."""
    now = present(emitter="2")
    conditions = now.conditions["001/C1"]
    far = make_verification(
        dataclasses.replace(conditions, tests="x", toolchain="y", articles="z"), passed=1
    )
    lines = {"001/C1": (far, *now.verifications["001/C1"])}
    found = states(dataclasses.replace(now, verifications=lines))
    assert found["001/C1"] == (State.UNVERIFIED, ["the test emitter changed"])


@pytest.mark.parametrize(
    ("present_sha256", "state", "reasons"),
    [
        ("aa", State.FRESH, []),
        ("bb", State.EDITED, ["tests/t.py edited by hand"]),
        (None, State.MISSING, ["tests/t.py gone"]),
    ],
)
def test_files_of_a_feature(present_sha256: str | None, state: State, reasons: list[str]) -> None:
    own = FeatureRecord(
        feature="001",
        drawn=(),
        held_out=(),
        files=(DerivedFile(path="tests/t.py", sha256="aa"),),
    )
    found = compute_feature_states({"001": own}, {"tests/t.py": present_sha256})
    assert _show(found["001"]) == (state, reasons)


def test_an_unreadable_feature_record_is_a_conflict() -> None:
    problem = Problem(code="lock-damaged", message="", place=at(1, "feature.json"))
    assert compute_feature_states({"001": problem}, {})["001"].state is State.CONFLICTED
