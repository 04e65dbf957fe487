"""States of the files that belong to a feature as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.graph.lock import DerivedFile, FeatureRecord
from headwater.graph.states import State, compute_feature_states
from headwater.spec.model import Problem
from tests.graph.builders import at

if TYPE_CHECKING:
    from headwater.graph.states import ComponentState


def _show(state: ComponentState) -> tuple[State, list[str]]:
    return state.state, [str(reason) for reason in state.reasons]


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
