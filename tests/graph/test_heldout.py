"""The held-out draw: a share, repeatable, and never all that says what a ref means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.graph.heldout import draw_held_out, visible_keys
from headwater.graph.lock import FeatureRecord
from headwater.graph.units import TestUnit
from headwater.spec.examples import TableKind
from tests.graph.builders import at


def units(counts: list[int]) -> list[TestUnit]:
    """Units of as many refs as there are counts, each with that many."""
    return [
        TestUnit(
            key=f"FR-{ref:03}-{number:08x}",
            ref=f"001/FR-{ref:03}",
            kind=TableKind.CALL,
            rows=(),
            digest=str(number),
            touches=(),
            owner="",
            exempt=False,
            place=at(1),
        )
        for ref, count in enumerate(counts)
        for number in range(count)
    ]


@given(
    counts=st.lists(st.integers(1, 12), min_size=1, max_size=8),
    seed=st.text(max_size=5),
    share=st.floats(0, 1),
)
def test_every_ref_keeps_a_visible_unit(counts: list[int], seed: str, share: float) -> None:
    made = units(counts)
    drawn = draw_held_out(made, seed_text=seed, share=share)
    visible = {unit.ref for unit in made if unit.key not in drawn}
    assert visible == {unit.ref for unit in made}
    assert len(drawn) <= max(1, round(share * len(made)))


@given(data=st.data(), seed=st.text(max_size=5))
def test_the_draw_depends_on_content_alone(data: st.DataObject, seed: str) -> None:
    made = units([6, 5])
    other = data.draw(st.permutations(made))
    assert draw_held_out(made, seed_text=seed) == draw_held_out(other, seed_text=seed)


@pytest.mark.parametrize(("count", "expected"), [(4, 0), (5, 1), (7, 1), (10, 2), (40, 8)])
def test_about_one_in_five(count: int, expected: int) -> None:
    assert len(draw_held_out(units([count]), seed_text="")) == expected


def test_another_text_gives_another_draw() -> None:
    draws = {draw_held_out(units([20]), seed_text=str(seed)) for seed in range(10)}
    assert len(draws) > 5


def test_no_share_holds_nothing_out() -> None:
    assert draw_held_out(units([20]), seed_text="", share=0) == frozenset()


def test_refs_with_one_unit_stay_visible() -> None:
    assert draw_held_out(units([1] * 9), seed_text="") == frozenset()


def test_units_that_took_no_part_are_visible() -> None:
    made = units([6])
    record = FeatureRecord(
        feature="001",
        drawn=tuple(unit.key for unit in made[:5]),
        held_out=(made[0].key, "FR-000-gone"),
        files=(),
    )
    assert visible_keys(record, made) == {unit.key for unit in made[1:]}
    assert visible_keys(None, made) == {unit.key for unit in made}
