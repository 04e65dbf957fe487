"""The search policy: which question follows which history."""

from __future__ import annotations

from headwater.spec.model import Place, Problem
from headwater.steps.deriving.judge import Judgement
from headwater.steps.deriving.search import Question, Style, Tried, choose_question
from headwater.steps.settings import SearchSettings
from headwater.targets.interface import TestResult, Verdict

SETTINGS = SearchSettings()
FAILING = Judgement(code="x", results=(TestResult(key="a", verdict=Verdict.FAILED),))
PARTLY = Judgement(
    code="xy",
    results=(
        TestResult(key="a", verdict=Verdict.PASSED),
        *(TestResult(key=key, verdict=Verdict.FAILED) for key in "bcde"),
    ),
)
BROKEN = Judgement(
    code="",
    problems=(Problem(code="syntax-error", message="no", place=Place(path="a.py", line=1)),),
)


def ask(
    judgements: list[Judgement],
    *,
    settings: SearchSettings = SETTINGS,
    seed: int = 0,
    updating: bool = False,
    tokens: int = 10,
) -> Question | None:
    """The question that follows these candidates."""
    filler = Question(style=Style.IMPLEMENT, temperature=0.0, seed=0)
    history = [Tried(question=filler, judgement=one, output_tokens=tokens) for one in judgements]
    return choose_question(history, settings=settings, seed=seed, updating=updating)


def sequence(judgement: Judgement, *, updating: bool = False) -> list[tuple[Style, float]]:
    """Style and temperature of every question when each candidate is judged the same."""
    questions = [ask([judgement] * count, updating=updating) for count in range(16)]
    return [(question.style, question.temperature) for question in questions if question]


def test_samples_get_bolder_when_nothing_passes() -> None:
    found = sequence(FAILING)
    assert [style for style, _ in found] == [Style.IMPLEMENT] * 16
    assert [heat for _, heat in found] == [0.0, 0.5, 0.7, 0.8, 0.9, *[1.0] * 11]


def test_every_fourth_sample_speaks_of_what_the_best_fails() -> None:
    styles = [style for style, _ in sequence(PARTLY)]
    assert [number for number, style in enumerate(styles) if style is Style.FOCUS] == [4, 8, 12]
    question = ask([FAILING, PARTLY, BROKEN, FAILING])
    assert question is not None
    assert question.failed == ("b", "c", "d")


def test_a_focus_needs_a_failure_to_speak_of() -> None:
    """A sound candidate without failures (only held-out ones) leaves nothing to say."""
    passing = Judgement(code="x", results=(TestResult(key="a", verdict=Verdict.PASSED),))
    question = ask([passing] * 4)
    assert question is not None
    assert (question.style, question.failed) == (Style.IMPLEMENT, ())


def test_a_file_that_is_there_is_updated_first_and_then_left_alone() -> None:
    found = sequence(PARTLY, updating=True)
    assert found[:4] == [
        (Style.UPDATE, 0.0),
        (Style.UPDATE, 0.6),
        (Style.IMPLEMENT, 0.0),
        (Style.IMPLEMENT, 0.5),
    ]
    assert found[6][0] is Style.FOCUS


def test_no_two_questions_share_a_seed() -> None:
    seeds = [q.seed for seed in (0, 1) for n in range(16) if (q := ask([FAILING] * n, seed=seed))]
    assert len(seeds) == len(set(seeds)) == 32


def test_the_search_ends_with_its_attempts() -> None:
    settings = SearchSettings(attempts=3)
    assert ask([FAILING] * 2, settings=settings) is not None
    assert ask([FAILING] * 3, settings=settings) is None
    assert ask([], settings=SearchSettings(attempts=0)) is None


def test_the_search_ends_with_its_tokens() -> None:
    settings = SearchSettings(tokens=100)
    assert ask([FAILING] * 3, settings=settings, tokens=33) is not None
    assert ask([FAILING] * 2, settings=settings, tokens=50) is None
