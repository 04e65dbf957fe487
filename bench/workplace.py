"""One exercise made ready to be solved: a fresh repository, its tools, and the tests that judge."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench.feature_documents import NUMBER, write_documents
from headwater.operations.building.prepare import prepare_feature
from headwater.operations.building.refusals import refuse_problems
from headwater.operations.init import init
from headwater.operations.standing.reading import read_repository
from headwater.operations.standing.survey import take_survey
from headwater.steps.deriving.suites import Suite
from headwater.targets.interface import Verdict
from headwater.wiring import read_settings, wire_build
from headwater.workspace.git import run_git

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bench.exercism import Case, Exercise
    from headwater.operations.build import BuildPorts
    from headwater.spec.model import Component
    from headwater.steps.deriving.tools import Tools
    from headwater.steps.settings import SearchSettings
    from headwater.targets.interface import Target, TestFile
    from headwater.wiring import Watchers


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """How many tests a solution passes."""

    passed: int
    total: int

    @property
    def full(self) -> bool:
        """Whether every test passes."""
        return self.passed == self.total


@dataclass(frozen=True, kw_only=True, slots=True)
class Workplace:
    """An exercise in a repository of its own, whose response cache is empty.

    Attributes:
        ports: what `build` is wired with; the model and the sandbox are those of all arms.
        shown: the cases that Headwater shows to its model: the given ones without its own
            held-out share. The other arms see the same.
        visible: tests of the shown cases.
        judging: tests of the judge's cases.
        support: files that the tests need, path to text.
    """

    exercise: Exercise
    root: Path
    ports: BuildPorts
    tools: Tools
    search: SearchSettings
    component: Component
    shown: tuple[Case, ...]
    visible: tuple[TestFile, ...]
    judging: tuple[TestFile, ...]
    support: Mapping[str, str]

    @property
    def path(self) -> str:
        """Where the solution stands, relative to `root`."""
        return self.component.files[0]

    def say(self, exercise: Exercise) -> None:
        """Put another version of the exercise's documents in place, and commit it."""
        _write_files(self.root, write_documents(exercise, exercise.given))
        _commit(self.root, "Say what is wanted now")

    def score(self, code: str, *, tests: Sequence[TestFile]) -> Score:
        """Run tests on a solution in the sandbox, as it is; no code passes nothing."""
        total = sum(len(file.tests) for file in tests)
        if not code:
            return Score(passed=0, total=total)
        results = self.tools.workbench.run_tests({**self.support, self.path: code}, tests=tests)
        passed = sum(result.verdict is Verdict.PASSED for result in results)
        return Score(passed=passed, total=total)


@contextmanager
def open_workplace(
    exercise: Exercise, *, overrides: Mapping[str, object], watchers: Watchers
) -> Iterator[Workplace]:
    """Make an exercise ready; its folder is removed at the end of the block.

    Args:
        exercise: what is to be solved.
        overrides: settings by dotted name (`model.name`).
        watchers: who is told of progress.

    Raises:
        HeadwaterError: its documents hold errors, or no sandbox works here.
    """
    with TemporaryDirectory(prefix="headwater-bench-") as name:
        root, court = Path(name, "repository"), Path(name, "court")
        _make_repository(root, write_documents(exercise, exercise.given))
        _write_files(court, write_documents(exercise, exercise.judged))
        settings = read_settings(root, overrides)
        ports = wire_build(root, settings, watchers=watchers)
        target = ports.targets["python"]
        given = _read_suite(root, ports=ports, search=settings.search)
        judged = _read_judged(court, target=target)
        with ports.open_tools(target) as tools:
            yield Workplace(
                exercise=exercise,
                root=root,
                ports=ports,
                tools=tools,
                search=settings.search,
                component=next(iter(given.components.values())),
                shown=tuple(
                    case
                    for case, unit in zip(exercise.given, given.units, strict=True)
                    if unit.key not in given.held_out
                ),
                visible=given.select(target, lambda test: test.key not in given.held_out),
                judging=judged.select(target, lambda _: True),
                support=target.emit_support(given.feature),
            )


def _make_repository(root: Path, documents: Mapping[str, str]) -> None:
    root.mkdir()
    init(root, create_repository=True, settings_file="headwater.toml", settings_text="")
    _write_files(root, documents)
    run_git(root, ["config", "user.name", "Bench"])
    run_git(root, ["config", "user.email", "bench@example.org"])
    _commit(root, "Say what is wanted")


def _commit(root: Path, message: str) -> None:
    run_git(root, ["add", "--all"])
    run_git(root, ["commit", "--quiet", "--allow-empty", "--message", message])


def _write_files(folder: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="\n")


def _read_suite(root: Path, *, ports: BuildPorts, search: SearchSettings) -> Suite:
    """The tests of the given cases, with the draw that `build` will make."""
    survey = take_survey(root, targets=ports.targets)
    refuse_problems(survey.problems)
    return prepare_feature(
        survey,
        survey.reading.find_feature(NUMBER),
        target=ports.targets["python"],
        todo=frozenset(),
        settings=search,
    ).suite


def _read_judged(folder: Path, *, target: Target) -> Suite:
    reading = read_repository(folder, targets={target.name: target})
    refuse_problems(reading.problems)
    feature = reading.find_feature(NUMBER)
    return Suite(
        feature=f"{feature.number}-{feature.slug}",
        units=reading.load_units(NUMBER),
        written=(),
        held_out=frozenset(),
        components=reading.load_components(reading.index.components),
    )
