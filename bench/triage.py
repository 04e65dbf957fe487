"""Ten seeded bugs, five of them gaps in the spec: is each traced to what is wrong, and where?"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if not __package__:  # run as a file, `python bench/triage.py`
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.planning import Step, run_command
from bench.seeded_bugs import Bug, build_project, read_bugs, seed_bug
from headwater.cli.failures import report_failure
from headwater.errors import ExitCode, HeadwaterError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SCRIPTED = "scripted"
_HEAD = (
    "bug",
    "form",
    "component",
    "nearest ref",
    "expected",
    "verdict",
    "right",
    "evidence",
    "way on",
    "calls",
    "seconds",
)
_LONGEST_EVIDENCE = 140


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What `headwater triage` made of one bug."""

    bug: Bug
    step: Step

    @property
    def verdict(self) -> str:
        """The verdict; why there is none, where there is none."""
        return str(self.step.printed.get("verdict") or self.step.said or "no answer")

    @property
    def right(self) -> bool:
        """Whether the verdict is the seeded one."""
        return self.verdict == self.bug.verdict.value

    @property
    def placed(self) -> bool:
        """Whether the component is the one that has the bug."""
        return self.step.printed.get("component") == self.bug.component

    @property
    def ref(self) -> str:
        """The nearest ref that it gives."""
        return str(next(iter(_list(self.step.printed, "refs")), ""))

    @property
    def calls(self) -> int:
        """Answers that a model gave."""
        usage = self.step.printed.get("usage")
        return int(usage.get("calls") or 0) if isinstance(usage, dict) else 0

    @property
    def evidence(self) -> str:
        """The first reason of the verdict: what is nearest to the failure."""
        reasons = [
            str(one.get("text"))
            for one in _list(self.step.printed, "evidence")
            if isinstance(one, dict) and one.get("step") == "verdict"
        ]
        return reasons[0] if reasons else ""

    @property
    def way(self) -> str:
        """What it proposes."""
        printed = self.step.printed
        change = printed.get("change")
        if isinstance(change, dict):
            return f"a row for {change.get('ref')}: {printed.get('call')} {printed.get('expected')}"
        if printed.get("withdrawn"):
            return "derive again"
        return "a question" if printed.get("question") else "none"


def main(arguments: Sequence[str] | None = None) -> int:
    """Trace every bug, and print a line of the table for each as it ends."""
    options = _read_options(arguments)
    try:
        bugs = read_bugs(options.bugs)
        with TemporaryDirectory(prefix="headwater-bench-") as name:
            print(f"| {' | '.join(_HEAD)} |\n|{' --- |' * len(_HEAD)}", flush=True)
            outcomes = []
            for outcome in trace_bugs(bugs, Path(name), model=options.model, seed=options.seed):
                outcomes.append(outcome)
                print(render_outcome(outcome), flush=True)
    except (HeadwaterError, KeyboardInterrupt) as error:
        return report_failure(error, folder=Path(), as_json=False)
    print(f"\n{summarise(outcomes)}")
    return ExitCode.DONE


def trace_bugs(bugs: Sequence[Bug], folder: Path, *, model: str, seed: int) -> Iterator[Outcome]:
    """Each bug in a copy of its project.

    Args:
        bugs: what to trace.
        folder: where to work.
        model: its name; `scripted` for the answers that stand with each bug.
        seed: where sampling starts.
    """
    for project in dict.fromkeys(bug.project for bug in bugs):
        build_project(project, folder / project)
    for bug in bugs:
        root = folder / bug.name
        seed_bug(bug, folder / bug.project, root)
        name = _write_script(bug, folder) if model == SCRIPTED else model
        options = ("--model", name, "--seed", str(seed), "--json", "--quiet")
        step = run_command("triage", ("triage", *bug.arguments, *options), root)
        yield Outcome(bug=bug, step=step)


def render_outcome(one: Outcome) -> str:
    """One line of the Markdown table."""
    cells = (
        one.bug.name,
        one.bug.form,
        "right" if one.placed else f"wrong: {one.step.printed.get('component', 'none')}",
        "right" if one.ref == one.bug.ref else f"wrong: {one.ref or 'none'}",
        one.bug.verdict.value,
        one.verdict,
        "yes" if one.right else "no",
        one.evidence[:_LONGEST_EVIDENCE],
        one.way,
        str(one.calls),
        f"{one.step.seconds:.0f}",
    )
    return f"| {' | '.join(cell.replace('|', '¦') for cell in cells)} |"


def summarise(outcomes: Sequence[Outcome]) -> str:
    """How many were right in each way."""
    total = len(outcomes)
    counts = {
        "components": sum(one.placed for one in outcomes),
        "nearest refs": sum(one.ref == one.bug.ref for one in outcomes),
        "verdicts": sum(one.right for one in outcomes),
    }
    told = ", ".join(f"{count} of {total} {name}" for name, count in counts.items())
    return f"Right: {told}; {sum(one.calls for one in outcomes)} model calls."


def _list(printed: Mapping[str, object], name: str) -> list[object]:
    value = printed.get(name)
    return value if isinstance(value, list) else []


def _write_script(bug: Bug, folder: Path) -> str:
    script = folder / f"{bug.name}.json"
    script.write_text(json.dumps(dict(bug.answers)), encoding="utf-8")
    return f"scripted:{script}"


def _read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.triage", description=__doc__)
    parser.add_argument("bugs", nargs="*", help="names in bench/bugs; all when none is given")
    parser.add_argument(
        "--model", default=SCRIPTED, help="the model to ask (default: answers from a script)"
    )
    parser.add_argument("--seed", type=int, default=0, help="where sampling starts")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
