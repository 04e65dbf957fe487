"""When a component counts as verified, and what is said where it does not."""

from __future__ import annotations

import dataclasses

from headwater.graph.states import State
from headwater.graph.verification import is_verified, make_verification
from tests.graph.derived import REFS, present, states


def test_another_emitter_means_verify_again() -> None:
    assert states(present(emitter="2")) == {
        ref: (State.UNVERIFIED, ["the test emitter changed"]) for ref in REFS
    }


def test_without_a_verification_nothing_is_fresh() -> None:
    expected = {ref: (State.UNVERIFIED, [f"{ref} never verified"]) for ref in REFS}
    assert states(present(verified=False)) == expected
    assert states(dataclasses.replace(present(), conditions={})) == expected


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
