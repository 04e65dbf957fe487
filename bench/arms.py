"""The three ways to solve an exercise that the bench compares: once asked, resampled, built."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from bench.feature_documents import place_arguments, write_signature
from headwater.llm.interface import ModelReply, ModelRequest, Usage
from headwater.operations.build import BuildRequest, build

if TYPE_CHECKING:
    from bench.exercism import Case, Exercise
    from bench.workplace import Workplace


class Arm(Enum):
    """A way to solve an exercise."""

    PLAIN = "a"
    RESAMPLED = "b"
    BUILT = "c"


@dataclass(frozen=True, kw_only=True, slots=True)
class Solution:
    """What an arm came up with.

    Attributes:
        code: the module; empty when the arm gave up.
        claimed: the arm says that it is right: a plain prompt always does, resampling when all
            visible tests pass, Headwater when it accepts the code.
        usage: of all its model calls.
        attempts: answers that it asked for.
    """

    code: str
    claimed: bool
    usage: Usage
    attempts: int


_TEMPERATURE = 0.8


def solve_by_prompt(place: Workplace) -> Solution:
    """Ask once, for the most likely answer."""
    reply = _ask(place, temperature=0.0, seed=place.tools.seed)
    code = _extract(place, reply)
    return Solution(code=code, claimed=bool(code), usage=reply.usage, attempts=1)


def solve_by_resampling(place: Workplace, *, tokens: int) -> Solution:
    """Ask the same again and again, and keep the answer that passes most visible tests.

    Args:
        place: the exercise.
        tokens: answer tokens to spend; at least one answer is asked for. It ends sooner when an
            answer passes all visible tests.
    """
    usage, attempts, spent = Usage(), 0, 0
    best, most, full = "", -1, False
    while not full and (not attempts or spent < tokens):
        attempts += 1
        reply = _ask(place, temperature=_TEMPERATURE, seed=place.tools.seed * 1000 + attempts)
        usage += reply.usage
        spent += max(reply.output_tokens, 1)
        code = _extract(place, reply)
        score = place.score(code, tests=place.visible)
        if score.passed > most:
            best, most, full = code, score.passed, bool(code) and score.full
    return Solution(code=best, claimed=full, usage=usage, attempts=attempts)


def solve_by_build(place: Workplace) -> Solution:
    """`headwater build`, in the exercise's repository."""
    report = build(place.root, BuildRequest(), ports=place.ports)
    code = (place.root / place.path).read_text(encoding="utf-8") if report.succeeded else ""
    return Solution(
        code=code, claimed=report.succeeded, usage=report.usage, attempts=report.usage.calls
    )


def render_plain_prompt(exercise: Exercise, shown: tuple[Case, ...]) -> str:
    """What a person would send: the description, the signatures, the visible examples."""
    signatures = "\n".join(write_signature(function) for function in exercise.functions)
    examples = "\n".join(_render_example(case, exercise) for case in shown)
    return (
        f"{exercise.description.strip()}\n\n"
        f"Write a Python module with:\n\n```python\n{signatures}\n```\n\n"
        f"Examples:\n\n{examples}\n\n"
        "Reply with one Python code block."
    )


def _render_example(case: Case, exercise: Exercise) -> str:
    function = next(item for item in exercise.functions if item.name == case.function)
    arguments = ", ".join(
        f"{name}={value!r}" if name else repr(value)
        for name, value in place_arguments(case, function)
    )
    result = "raises ValueError" if case.fails else f"returns {case.expected!r}"
    return f"- {case.function}({arguments}) {result}"


def _ask(place: Workplace, *, temperature: float, seed: int) -> ModelReply:
    return place.tools.models[0].complete(
        ModelRequest(
            prompt=render_plain_prompt(place.exercise, place.shown),
            temperature=temperature,
            seed=seed,
            max_tokens=place.search.answer_tokens,
            purpose="plain prompt",
        )
    )


def _extract(place: Workplace, reply: ModelReply) -> str:
    return place.tools.target.extract_code(place.component, reply.text)
