"""How many exercises are solved: one plain prompt, plain resampling, and `headwater build`."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if not __package__:  # run as a file, `python bench/solve.py`, which puts only `bench/` on the path
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.arms import Arm, Solution, solve_by_build, solve_by_prompt, solve_by_resampling
from bench.exercism import TUNING, find_exercises, list_slugs, read_exercise
from bench.results import Result, append_result, read_results, render_table
from bench.workplace import Workplace, open_workplace
from headwater.cli.failures import report_failure
from headwater.cli.progress import PlainProgress, SilentProgress
from headwater.errors import ExitCode, HeadwaterError, UsageError
from headwater.wiring import Watchers

if TYPE_CHECKING:
    from collections.abc import Sequence

RESULTS = Path(__file__).resolve().parent / "results" / "solve.jsonl"

# The build comes first: what it spends is what resampling may spend.
_ORDER = (Arm.BUILT, Arm.PLAIN, Arm.RESAMPLED)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what the results file lacks, then print the table of all that was asked for."""
    try:
        return _run(_parse(arguments))
    except (HeadwaterError, KeyboardInterrupt) as error:
        return report_failure(error, folder=Path(), as_json=False)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/solve.py", description=__doc__)
    parser.add_argument(
        "--only",
        nargs="+",
        default=["all"],
        metavar="SLUG",
        help="exercises by name, `tuning` for the twelve tuning exercises, `all` (default)",
    )
    parser.add_argument("--arms", default="a,b,c", help="which of a, b, c to run (default: all)")
    parser.add_argument("--seed", type=int, default=0, help="where sampling starts (default: 0)")
    parser.add_argument(
        "--tokens", type=int, default=2400, help="answer tokens a build may spend (default: 2400)"
    )
    parser.add_argument("--model", default="embedded:", help="the model (default: embedded:)")
    parser.add_argument(
        "--results",
        type=Path,
        default=RESULTS,
        help="JSON lines, appended to; what is there is not measured again",
    )
    return parser.parse_args(arguments)


def _run(options: argparse.Namespace) -> int:
    folder = find_exercises()
    slugs = choose_slugs(options.only, known=list_slugs(folder))
    arms = choose_arms(options.arms)
    failed = False
    for number, slug in enumerate(slugs, 1):
        progress = f"[{number}/{len(slugs)}] {slug}"
        try:
            _measure(folder / slug, arms, options, progress=progress)
        except HeadwaterError as error:  # the others can still be measured
            failed = True
            _tell(f"{progress}: not measured")
            report_failure(error, folder=Path(), as_json=False)
    results = [result for result in _read_own(options) if result.exercise in slugs]
    print(render_table([result for result in results if Arm(result.arm) in arms]))
    return ExitCode.FINDINGS if failed else ExitCode.DONE


def choose_slugs(wanted: Sequence[str], *, known: Sequence[str]) -> list[str]:
    """The exercises that `--only` names, in order and once each.

    Raises:
        UsageError: there is no such exercise.
    """
    groups = {"all": tuple(known), "tuning": TUNING}
    slugs = dict.fromkeys(slug for name in wanted for slug in groups.get(name, (name,)))
    unknown = [slug for slug in slugs if slug not in known]
    if unknown:
        raise UsageError(
            f"there is no exercise {', '.join(unknown)}", hint=f"There are: {', '.join(known)}."
        )
    return list(slugs)


def choose_arms(text: str) -> list[Arm]:
    """The arms that `a,c` names, in the order in which they must run.

    Raises:
        UsageError: there is no such arm.
    """
    wanted = [name.strip() for name in text.split(",")]
    unknown = [name for name in wanted if name not in {arm.value for arm in Arm}]
    if unknown:
        raise UsageError(f"there is no arm {unknown[0]!r}", hint="There are a, b and c.")
    return [arm for arm in _ORDER if arm.value in wanted]


def _read_own(options: argparse.Namespace) -> list[Result]:
    """The results in the file that were measured with these settings."""
    wanted = (options.model, options.seed, options.tokens)
    found = read_results(options.results)
    return [item for item in found if (item.model, item.seed, item.tokens) == wanted]


def _measure(
    folder: Path, arms: Sequence[Arm], options: argparse.Namespace, *, progress: str
) -> None:
    done = {item.arm: item for item in _read_own(options) if item.exercise == folder.name}
    missing = [arm for arm in arms if arm.value not in done]
    if not missing:
        return
    overrides = {
        "model.name": options.model,
        "model.seed": options.seed,
        "search.tokens": options.tokens,
    }
    watchers = Watchers(build=SilentProgress(), pull=PlainProgress(sys.stderr))
    with open_workplace(read_exercise(folder), overrides=overrides, watchers=watchers) as place:
        for arm in missing:
            _tell(f"{progress} {arm.value} …")
            result = _try_arm(arm, place, options, built=done.get(Arm.BUILT.value))
            append_result(options.results, result)
            done[arm.value] = result
            _tell(f"{progress} {arm.value}: {_describe(result)}")


def _try_arm(
    arm: Arm, place: Workplace, options: argparse.Namespace, *, built: Result | None
) -> Result:
    started = time.monotonic()
    solution = _solve(arm, place, built=built)
    seconds = time.monotonic() - started
    judged = place.score(solution.code, tests=place.judging)
    visible = place.score(solution.code, tests=place.visible)
    return Result(
        exercise=place.exercise.slug,
        arm=arm.value,
        model=options.model,
        seed=options.seed,
        tokens=options.tokens,
        solved=judged.full,
        claimed=solution.claimed,
        judged=judged.passed,
        judged_total=judged.total,
        visible=visible.passed,
        visible_total=visible.total,
        attempts=solution.attempts,
        input_tokens=solution.usage.input_tokens,
        output_tokens=solution.usage.output_tokens,
        seconds=round(seconds, 1),
        code=solution.code,
    )


def _solve(arm: Arm, place: Workplace, *, built: Result | None) -> Solution:
    if arm is Arm.PLAIN:
        return solve_by_prompt(place)
    if arm is Arm.BUILT:
        return solve_by_build(place)
    if built is None:
        raise UsageError(
            "arm b may spend what arm c spent, and c is not measured", hint="Run c as well."
        )
    return solve_by_resampling(place, tokens=built.output_tokens)


def _describe(result: Result) -> str:
    outcome = "solved" if result.solved else "not solved"
    return f"{outcome}, {result.output_tokens} tokens, {result.seconds:.0f} s"


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
