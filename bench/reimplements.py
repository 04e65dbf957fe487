"""Real changes of a specification: corrected cases of exercises, built before and after."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if not __package__:  # run as a file, `python bench/reimplements.py`
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.exercism import find_exercises, list_slugs, read_correction
from bench.workplace import open_workplace
from headwater.cli.failures import report_failure
from headwater.cli.progress import PlainProgress, SilentProgress
from headwater.errors import ExitCode, HeadwaterError
from headwater.operations.build import BuildRequest, build
from headwater.wiring import Watchers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.exercism import Correction
    from bench.workplace import Workplace
    from headwater.operations.building.report import BuildReport

_HEADER = (
    "| exercise | cases corrected | first build | calls | after the change | calls | lines changed "
    "| judge's cases passed |\n| --- | --- | --- | --- | --- | --- | --- | --- |"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build every such exercise twice, and print a row for each."""
    try:
        return _run(_parse(arguments))
    except (HeadwaterError, KeyboardInterrupt) as error:
        return report_failure(error, folder=Path(), as_json=False)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/reimplements.py", description=__doc__)
    parser.add_argument("--only", nargs="+", default=[], metavar="SLUG", help="some exercises")
    parser.add_argument("--model", default="embedded:", help="the model (default: embedded:)")
    parser.add_argument("--seed", type=int, default=0, help="where sampling starts (default: 0)")
    parser.add_argument(
        "--tokens", type=int, default=2400, help="answer tokens a build may spend (default: 2400)"
    )
    return parser.parse_args(arguments)


def _run(options: argparse.Namespace) -> int:
    print(_HEADER, flush=True)
    overrides = {
        "model.name": options.model,
        "model.seed": options.seed,
        "search.tokens": options.tokens,
    }
    watchers = Watchers(build=SilentProgress(), pull=PlainProgress(sys.stderr))
    failed = False
    for slug, correction in _find_corrections(options.only):
        try:
            with open_workplace(correction.before, overrides=overrides, watchers=watchers) as place:
                cells = _build_twice(place, correction)
            print(f"| {slug} | {correction.replaced} | {cells} |", flush=True)
        except HeadwaterError as error:  # the others can still be measured
            failed = True
            print(f"{slug}: not measured", file=sys.stderr)
            report_failure(error, folder=Path(), as_json=False)
    return ExitCode.FINDINGS if failed else ExitCode.DONE


def _find_corrections(only: Sequence[str]) -> Iterator[tuple[str, Correction]]:
    folder = find_exercises()
    for slug in list_slugs(folder):
        correction = read_correction(folder / slug) if not only or slug in only else None
        if correction:
            yield slug, correction


def _build_twice(place: Workplace, correction: Correction) -> str:
    first = build(place.root, BuildRequest(), ports=place.ports)
    if not first.succeeded:
        return f"fell short | {first.usage.calls} | — | — | — | —"
    place.say(correction.after)
    second = build(place.root, BuildRequest(), ports=place.ports)
    (component,) = second.components
    code = (place.root / place.path).read_text(encoding="utf-8") if second.succeeded else ""
    score = place.score(code, tests=place.judging)
    return (
        f"accepted | {first.usage.calls} | {_name_end(second)} | {second.usage.calls} | "
        f"{component.diff or '—'} | {score.passed} of {score.total}"
    )


def _name_end(report: BuildReport) -> str:
    return report.components[0].action.value if report.succeeded else "fell short"


if __name__ == "__main__":
    sys.exit(main())
