"""States: what every change to documents, files and conditions makes of a component."""

from __future__ import annotations

import pytest

from headwater.graph.states import (
    Change,
    ComponentState,
    Reason,
    State,
    compare_sources,
    compute_states,
)
from headwater.spec.model import Problem
from tests.graph.builders import at
from tests.graph.derived import FILES, FRESH, INDEX, RECORDS, REFS, SOURCES, present, states


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
