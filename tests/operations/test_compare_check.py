from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from headwater.operations.checking.compare_check import find_new_problems
from headwater.operations.standing.placed_problem import PlacedProblem
from headwater.spec.model import Place

FEW = st.sampled_from("ab")


@st.composite
def make_problem(draw: st.DrawFn) -> PlacedProblem:
    """One of few problems, so that many are alike."""
    feature, item = (
        draw(st.sampled_from(["001", "002"])),
        draw(st.sampled_from(["FR-001", "FR-002"])),
    )
    return PlacedProblem(
        code=draw(FEW),
        message=draw(FEW),
        place=Place(path=f"specs/{feature}/{draw(FEW)}.md", line=draw(st.integers(1, 3))),
        ref=f"{feature}/{item}",
        words=draw(FEW),
    )


PROBLEMS = st.lists(make_problem(), max_size=12)


def name(problem: PlacedProblem) -> tuple[str, str, str]:
    return (problem.code, problem.ref.partition("/")[2], problem.words)


@given(PROBLEMS, PROBLEMS)
def test_of_each_kind_as_many_are_new_as_there_are_more_of(
    now: list[PlacedProblem], then: list[PlacedProblem]
) -> None:
    new = find_new_problems(now, then)

    for kind in {name(problem) for problem in now}:
        counts = [sum(name(one) == kind for one in problems) for problems in (now, then, new)]
        assert counts[2] == max(counts[0] - counts[1], 0)


@given(PROBLEMS, st.integers(0, 12))
def test_order_makes_nothing_new(problems: list[PlacedProblem], split: int) -> None:
    assert find_new_problems(problems, [*problems[split:], *problems[:split]]) == ()


@given(PROBLEMS, make_problem())
def test_what_is_added_with_a_message_of_its_own_is_what_is_new(
    problems: list[PlacedProblem], added: PlacedProblem
) -> None:
    message = "none had this"
    own = PlacedProblem(
        code=added.code, message=message, place=added.place, ref=added.ref, words=added.words
    )

    assert find_new_problems([own, *problems], problems) == (own,)
