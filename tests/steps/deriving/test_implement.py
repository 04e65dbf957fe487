"""The search for one component, with a scripted model and the real sandbox."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.engine.progress import AttemptStarted, Message, TestsJudged, TokensSpent
from headwater.llm.interface import EmptyAnswerError, ModelError
from headwater.steps.deriving.implement import Implemented, implement
from headwater.steps.deriving.search import Style
from headwater.steps.settings import SearchSettings
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import DOUBLE, Sketch, answer, make_workbench
from tests.operations.watching import Watcher
from tests.steps.deriving.builders import VISIBLE, make_feature_work, make_work

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.llm.interface import Model
    from headwater.steps.deriving.implement import Work

RIGHT = DOUBLE.code
WRONG = "def double(n: int) -> int:\n    return n + 1\n"
HALF = "def double(n: int) -> int:\n    return 10 if n == 5 else 0\n"
NUMBERS = (1103, 2207, 3301, 4409, 5501, 6607, 7703, 8807, 9901, 10303)
MANY = Sketch(parts=(replace(DOUBLE, rows=tuple((f"double({n})", str(2 * n)) for n in NUMBERS)),))

PAIR = Sketch(
    parts=(
        replace(
            DOUBLE,
            interface="def double(n: int) -> int: ...\n\n\ndef halve(n: int) -> int: ...",
            rows=(("double(3)", "6"), ("double(4)", "8"), ("halve(4)", "2"), ("halve(6)", "3")),
        ),
    )
)
TWO = "def double(n: int) -> int:\n    return {}\n\n\ndef halve(n: int) -> int:\n    return {}\n"


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """C1, judged by two visible examples."""
    return make_work(make_feature_work(tmp_path, Sketch(parts=(DOUBLE,))))


@pytest.fixture
def guarded(tmp_path: Path) -> Work:
    """C1, judged by eight visible examples and two held-out ones."""
    settings = SearchSettings(held_out_share=0.2)
    work = make_work(make_feature_work(tmp_path, MANY, settings=settings))
    assert [len(file.tests) for file in (*work.visible, *work.held_out)] == [8, 2]
    return work


def search(
    work: Work,
    *models: Model,
    settings: SearchSettings = VISIBLE,
    watcher: Watcher | None = None,
) -> Implemented:
    return implement(
        work,
        models=models,
        workbench=make_workbench(),
        settings=settings,
        seed=0,
        observer=watcher or Watcher(),
    )


def memorise(work: Work) -> str:
    """Code that knows the visible examples by heart and nothing else."""
    cells = [unit.rows[0].cells for unit in work.units]
    known = {call.strip("`")[len("double(") : -1]: result.strip("`") for call, result, *_ in cells}
    table = ", ".join(f"{n}: {result}" for n, result in known.items())
    return f"def double(n: int) -> int:\n    return {{{table}}}.get(n, 0)\n"


def test_the_first_right_candidate_ends_the_search(work: Work) -> None:
    model = ScriptedModel([answer(WRONG), answer(RIGHT), "never asked for"])
    watcher = Watcher()
    found = search(work, model, watcher=watcher)
    assert found.code.endswith(RIGHT)
    assert [tried.judgement.accepted for tried in found.history] == [False, True]
    assert found.usage.calls == 2
    assert found.model == model.name
    judged = [event for event in watcher.events if isinstance(event, TestsJudged)]
    assert [(event.passed, event.total) for event in judged] == [(1, 2), (2, 2)]
    started = [event.attempt for event in watcher.events if isinstance(event, AttemptStarted)]
    assert started == [1, 2]
    (said,) = [event.text for event in watcher.events if isinstance(event, Message)]
    assert "double(5)" in said
    spent = [event.output_tokens for event in watcher.events if isinstance(event, TokensSpent)]
    assert spent[1] == sum(tried.output_tokens for tried in found.history) > spent[0]


def test_prompts_hold_contract_examples_and_outline(work: Work) -> None:
    model = ScriptedModel([answer(RIGHT)])
    search(work, model)
    (request,) = model.requests
    assert "A number MUST be doubled." in request.prompt
    assert "See to doubles." in request.prompt
    assert ">>> double(5)\n10" in request.prompt
    assert "def double(n: int) -> int:" in request.prompt
    assert request.purpose == "implement 001/C1"
    assert request.prefill == "```python\n"


def test_an_unsound_answer_is_said_and_the_search_goes_on(work: Work) -> None:
    watcher = Watcher()
    found = search(
        work, ScriptedModel(["I cannot.", answer("def double(:"), answer(RIGHT)]), watcher=watcher
    )
    assert found.code
    assert [bool(tried.judgement.problems) for tried in found.history] == [True, True, False]
    messages = [event.text for event in watcher.events if isinstance(event, Message)]
    assert len(messages) == 2


def test_an_empty_budget_asks_nothing(work: Work) -> None:
    found = search(work, ScriptedModel([]), settings=SearchSettings(tokens=0))
    assert (found.code, found.history, found.best) == ("", (), None)


def test_what_comes_closest_is_known_when_the_search_gives_up(work: Work) -> None:
    model = ScriptedModel([answer("def double(n: int) -> int:\n    return -1\n"), answer(WRONG)])
    found = search(work, model, settings=SearchSettings(attempts=2))
    assert found.code == ""
    assert found.best is not None
    assert found.best.code.endswith(WRONG)
    assert found.disputed == ()


def test_the_next_model_of_the_ladder_gets_its_own_budget(work: Work) -> None:
    small = ScriptedModel([answer(WRONG)] * 2, name="small")
    large = ScriptedModel([answer(WRONG), answer(RIGHT)], name="large")
    found = search(work, small, large, settings=SearchSettings(attempts=2))
    assert found.code.endswith(RIGHT)
    assert found.model == "large"
    assert found.usage.calls == len(found.history) == 4
    assert [len(model.requests) for model in (small, large)] == [2, 2]


def test_a_ladder_needs_a_model(work: Work) -> None:
    with pytest.raises(ValueError, match="at least one model"):
        search(work)


def test_held_out_examples_reach_no_prompt(guarded: Work) -> None:
    """Not the contract, not a focus, not an update, whatever the candidates did before."""
    visible = {unit.rows[0].cells[0].strip("`")[len("double(") : -1] for unit in guarded.units}
    hidden = {str(n) for n in NUMBERS} - visible
    assert len(hidden) == 2
    partly = memorise(guarded).replace("10303: 20606", "10303: 1")
    assert partly != memorise(guarded)
    work = replace(guarded, current=WRONG, change="- double(1103) returns 2206")
    model = ScriptedModel([*[answer(partly)] * 7, answer(memorise(guarded))])
    found = search(work, model, settings=SearchSettings(attempts=8, held_out_retries=9))
    assert found.held_out_failures == 1
    styles = {tried.question.style for tried in found.history}
    assert styles == {Style.UPDATE, Style.IMPLEMENT, Style.FOCUS}
    prompts = "\n".join(request.system + request.prompt for request in model.requests)
    assert all(n in prompts for n in visible)
    for n in hidden:
        assert n not in prompts
        assert str(2 * int(n)) not in prompts


def test_a_candidate_that_fails_held_out_tests_is_replaced_without_a_word(guarded: Work) -> None:
    model = ScriptedModel([answer(memorise(guarded))] * 2 + [answer(RIGHT)])
    watcher = Watcher()
    found = search(guarded, model, watcher=watcher)
    assert found.code.endswith(RIGHT)
    assert found.held_out_failures == 2
    assert not [event for event in watcher.events if isinstance(event, Message)]
    assert len({request.prompt for request in model.requests}) == 1
    assert len({request.seed for request in model.requests}) == 3


def test_held_out_failures_end_the_search_after_two_replacements(guarded: Work) -> None:
    model = ScriptedModel([answer(memorise(guarded))] * 9)
    found = search(guarded, model)
    assert (found.code, found.held_out_failures) == ("", 3)
    assert len(model.requests) == 3


def test_functions_of_two_candidates_make_one_file(tmp_path: Path) -> None:
    work = make_work(make_feature_work(tmp_path, PAIR))
    first = TWO.format("2 * n", "0")
    second = TWO.format("1", "n // 2")
    model = ScriptedModel([answer(first), answer(second), "never asked for"])
    found = search(work, model)
    assert "return 2 * n" in found.code
    assert "return n // 2" in found.code
    assert len(model.requests) == 2
    assert len(found.history) == 2


def test_a_mixture_that_fails_is_tried_once(tmp_path: Path) -> None:
    work = make_work(make_feature_work(tmp_path, PAIR))
    answers = [answer(TWO.format(*values)) for values in ((6, 0), (0, 2), (0, 2))]
    found = search(work, ScriptedModel(answers), settings=SearchSettings(attempts=3))
    assert found.code == ""
    assert len(found.history) == 3


def test_a_file_that_is_there_is_shown_and_changed(work: Work) -> None:
    updating = replace(work, current=WRONG, change="- double(5) returns 10")
    model = ScriptedModel([answer(WRONG), answer(RIGHT)])
    search(updating, model)
    for request in model.requests:
        assert "return n + 1" in request.prompt
        assert request.prompt.endswith("What it must do now:\n- double(5) returns 10")


def test_a_focus_speaks_of_what_the_best_candidate_fails(work: Work) -> None:
    model = ScriptedModel([answer(HALF)] * 5)
    found = search(work, model, settings=SearchSettings(attempts=5))
    assert found.history[4].question.style is Style.FOCUS
    assert "An earlier attempt got these wrong:\n- " in model.requests[4].prompt
    assert "double(1)" in model.requests[4].prompt.rpartition("wrong:")[2]


def test_a_model_error_ends_the_search(work: Work) -> None:
    with pytest.raises(ModelError, match="gone"):
        search(work, ScriptedModel([ModelError("gone")]))


def test_an_empty_answer_is_one_bad_answer(work: Work) -> None:
    found = search(work, ScriptedModel([EmptyAnswerError("nothing"), answer(RIGHT)]))
    assert found.code.endswith(RIGHT)
    assert len(found.history) == 2
