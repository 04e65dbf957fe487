"""States of components that nothing asks for any more, and of those that only seem so."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from headwater.graph.states import State
from tests.graph.builders import component, feature, index_project, project, requirement
from tests.graph.derived import FILES, FRESH, present, states

if TYPE_CHECKING:
    from headwater.graph.index import Index


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
