"""From ideas to plans on a model: does each pass `check`, and how much is there to review?"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if not __package__:  # run as a file, `python bench/planning.py`
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from headwater.cli.failures import report_failure
from headwater.errors import ExitCode, HeadwaterError
from headwater.graph.index import ItemKind
from headwater.operations.standing.reading import read_repository
from headwater.spec.model import Severity
from headwater.spec.words import count_words
from headwater.wiring import list_targets
from headwater.workspace.git import run_git

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from headwater.operations.standing.reading import Reading

IDEAS = Path(__file__).resolve().parent / "ideas"
HEADWATER = str(Path(sys.executable).with_name("headwater"))
STEPS = ("specify", "plan", "tasks")
_LONGEST_SAID = 60
_COUNTS = {
    "warnings": "warnings",
    "requirements": "requirements",
    "with examples": "with examples",
    "clarifications": "clarifications",
    "refs": "refs",
    "covered": "covered by the plan",
    "words": "words to review",
}
_HEAD = ("idea", "ended", "errors", *_COUNTS.values(), "calls", "tokens in + out", "minutes")


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One command: how it ended, what it printed as JSON, and how long it took in seconds."""

    name: str
    code: int
    printed: Mapping[str, object]
    seconds: float

    @property
    def said(self) -> str:
        """The error that it ended with, cut short; empty without one."""
        error = self.printed.get("error")
        message = error.get("message", "") if isinstance(error, dict) else ""
        return str(message)[:_LONGEST_SAID]


@dataclass(kw_only=True, slots=True)
class Outcome:
    """What became of one idea; counts are those of the documents that were committed."""

    idea: str
    steps: list[Step] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    """How many findings of severity error `check` has, by their code."""

    @property
    def ended(self) -> str:
        """Where it ended: `planned`, or the step that did not succeed and why."""
        last = self.steps[-1]
        return "planned" if last.code == ExitCode.DONE else f"{last.name}: {last.said}"

    def total(self, name: str) -> int:
        """A count of model usage over all steps."""
        usages = (step.printed.get("usage") for step in self.steps)
        return sum(int(usage.get(name) or 0) for usage in usages if isinstance(usage, dict))


def main(arguments: Sequence[str] | None = None) -> int:
    """Take every idea as far as it goes, and print a line of the table for each as it ends."""
    options = _read_options(arguments)
    try:
        with TemporaryDirectory(prefix="headwater-bench-") as name:
            print(f"| {' | '.join(_HEAD)} |\n|{' --- |' * len(_HEAD)}", flush=True)
            for path in _choose_ideas(options.ideas):
                folder = Path(name) / path.stem
                outcome = take_idea(path, folder, model=options.model, seed=options.seed)
                print(render_outcome(outcome), flush=True)
            if options.keep:
                Path(name).rename(options.keep)
                Path(name).mkdir()
    except (HeadwaterError, KeyboardInterrupt) as error:
        return report_failure(error, folder=Path(), as_json=False)
    return 0


def take_idea(path: Path, folder: Path, *, model: str, seed: int) -> Outcome:
    """One idea in a fresh repository: specified, planned, cut into tasks, checked."""
    folder.mkdir()
    begin_repository(folder)
    outcome = Outcome(idea=path.stem)
    options = ("--model", model, "--seed", str(seed), "--yes", "--json", "--quiet")
    commands = {
        "specify": ("specify", "--from", str(path), *options),
        "plan": ("plan", "--allow-open", *options),
        "tasks": ("tasks", "--json"),
    }
    for name in STEPS:
        outcome.steps.append(run_command(name, commands[name], folder))
        if outcome.steps[-1].code != ExitCode.DONE:
            break
    checked = run_command("check", ("check", "--json", "--allow-stale"), folder)
    outcome.errors = _count_findings(checked, Severity.ERROR)
    warnings = _count_findings(checked, Severity.WARNING).total()
    outcome.counts = {"warnings": warnings, **_count_items(folder)}
    return outcome


def render_outcome(one: Outcome) -> str:
    """One line of the Markdown table."""
    seconds = sum(step.seconds for step in one.steps)
    cells = (
        one.idea,
        one.ended,
        ", ".join(f"{count} {code}" for code, count in sorted(one.errors.items())) or "0",
        *(str(one.counts.get(name, 0)) for name in _COUNTS),
        str(one.total("calls")),
        f"{one.total('input_tokens')} + {one.total('output_tokens')}",
        f"{seconds / 60:.1f}",
    )
    return f"| {' | '.join(cells)} |"


def begin_repository(folder: Path) -> None:
    """A repository with one commit, made ready by `init`."""
    run_git(folder, ["init", "--quiet", "--initial-branch=main"])
    for key, value in (("user.name", "Bench"), ("user.email", "bench@example.org")):
        run_git(folder, ["config", key, value])
    subprocess.run([HEADWATER, "init", "--yes"], cwd=folder, check=True, capture_output=True)
    run_git(folder, ["add", "--all"])
    run_git(folder, ["commit", "--quiet", "--message", "Begin"])


def run_command(name: str, arguments: Sequence[str], folder: Path) -> Step:
    """Run one command of the program in a repository; it prints JSON."""
    started = time.monotonic()
    finished = subprocess.run(
        [HEADWATER, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    try:
        printed = json.loads(finished.stdout)
    except ValueError:
        printed = {"error": {"message": finished.stderr.strip()}}
    return Step(
        name=name,
        code=finished.returncode,
        printed=printed if isinstance(printed, dict) else {},
        seconds=time.monotonic() - started,
    )


def _count_findings(checked: Step, severity: Severity) -> Counter[str]:
    findings = checked.printed.get("findings")
    return Counter(
        str(one.get("code"))
        for one in (findings if isinstance(findings, list) else [])
        if isinstance(one, dict) and one.get("severity") == severity.value
    )


def _count_items(folder: Path) -> dict[str, int]:
    reading = read_repository(folder, targets=list_targets())
    features = [reading.find_feature(number) for number in reading.summaries]
    specs = [feature.spec for feature in features if feature.spec]
    requirements = [one for spec in specs for one in spec.requirements]
    refs = set(_list_refs(reading))
    covered = {ref for one in reading.index.components.values() for ref in one.implements}
    documents = (data for path, data in reading.documents.items() if path.startswith("specs/"))
    return {
        "requirements": len(requirements),
        "with examples": sum(bool(one.tables) for one in requirements),
        "clarifications": sum(len(spec.clarifications) for spec in specs),
        "refs": len(refs),
        "covered": len(refs & covered),
        "words": sum(count_words(data.decode()) for data in documents),
    }


def _list_refs(reading: Reading) -> Iterator[str]:
    """What a plan has to implement: requirements and scenarios."""
    wanted = {ItemKind.REQUIREMENT, ItemKind.SCENARIO}
    for summary in reading.summaries.values():
        yield from (one.ref for one in summary.items if one.kind in wanted and not one.retired)


def _choose_ideas(names: Sequence[str]) -> list[Path]:
    ideas = sorted(IDEAS.glob("*.md"))
    chosen = [path for path in ideas if not names or path.stem in names]
    if not chosen:
        known = ", ".join(path.stem for path in ideas)
        raise HeadwaterError("there is no such idea", hint=f"There are: {known}.")
    return chosen


def _read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.planning", description=__doc__)
    parser.add_argument("ideas", nargs="*", help="names in bench/ideas; all when none is given")
    parser.add_argument("--model", default="embedded:", help="the model to ask")
    parser.add_argument("--seed", type=int, default=0, help="where sampling starts")
    parser.add_argument("--keep", type=Path, help="move the repositories to this new folder")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
