"""What the bench measured: one JSON line a result, and the table made of them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from bench.arms import Arm
from headwater.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """One exercise solved, or not, in one way.

    Attributes:
        arm: `a`, `b` or `c`.
        tokens: the setting `search.tokens`.
        solved: every test of the judge passes.
        claimed: the arm said that its code is right.
        judged, judged_total: tests of the judge passed, of how many.
        visible, visible_total: likewise the tests of the visible rows.
        seconds: wall-clock time of the arm, without the judge's.
    """

    exercise: str
    arm: str
    model: str
    seed: int
    tokens: int
    solved: bool
    claimed: bool
    judged: int
    judged_total: int
    visible: int
    visible_total: int
    attempts: int
    input_tokens: int
    output_tokens: int
    seconds: float
    code: str


def read_results(path: Path) -> list[Result]:
    """The results in a file; none when it is not there.

    Raises:
        UsageError: a line is no result.
    """
    if not path.exists():
        return []
    results = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        try:
            if line:
                results.append(Result(**json.loads(line)))
        except (ValueError, TypeError) as error:
            hint = "Take that line out, or name another file."
            raise UsageError(f"{path}:{number}: this is no result: {error}", hint=hint) from error
    return results


def append_result(path: Path, result: Result) -> None:
    """Add one result as a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(result)) + "\n")


def render_table(results: Sequence[Result]) -> str:
    """The results as a Markdown table with a line of totals, and what they come to."""
    arms = [arm.value for arm in Arm]
    found = {(result.exercise, result.arm): result for result in results}
    lines = [
        _row("exercise", *arms, *(f"tokens {arm}" for arm in arms), *(f"s {arm}" for arm in arms)),
        _row("---", *["---"] * (3 * len(arms))),
    ]
    for exercise in sorted({result.exercise for result in results}):
        own = [found.get((exercise, arm)) for arm in arms]
        lines.append(_row(exercise, *_describe(own)))
    totals = [[result for result in results if result.arm == arm] for arm in arms]
    lines.append(
        _row(
            "total",
            *(f"{_count_solved(own)} of {len(own)}" if own else "" for own in totals),
            *(str(sum(result.output_tokens for result in own)) if own else "" for own in totals),
            *(f"{sum(result.seconds for result in own):.0f}" if own else "" for own in totals),
        )
    )
    return "\n".join([*lines, "", *_compare(found)])


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _describe(own: Sequence[Result | None]) -> Iterator[str]:
    yield from ("" if result is None else "yes" if result.solved else "no" for result in own)
    yield from ("" if result is None else str(result.output_tokens) for result in own)
    yield from ("" if result is None else f"{result.seconds:.0f}" for result in own)


def _count_solved(results: Iterable[Result]) -> int:
    return sum(result.solved for result in results)


def _compare(found: Mapping[tuple[str, str], Result]) -> Iterator[str]:
    """Ratios over the exercises that both arms were measured on."""
    for other in (Arm.PLAIN, Arm.RESAMPLED):
        both = [name for name, arm in found if arm == "c" and (name, other.value) in found]
        if both:
            built = _count_solved(found[name, "c"] for name in both)
            plain = _count_solved(found[name, other.value] for name in both)
            ratio = f"{built / plain:.2f}" if plain else "no number"
            yield f"c/{other.value}: {ratio} ({built} solved to {plain}, of {len(both)})"
    for arm in Arm:
        own = [result for (_, name), result in found.items() if name == arm.value]
        wrong = sum(result.claimed and not result.solved for result in own)
        if own:
            yield f"{arm.value}: {wrong} of {len(own)} given as right and wrong"
