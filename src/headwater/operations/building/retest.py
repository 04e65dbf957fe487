"""The tests of a feature, made again from its documents and run again as they were committed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headwater.graph.digest import digest_bytes
from headwater.operations.building.prepare import prepare_feature
from headwater.steps.settings import SearchSettings
from headwater.workspace.files import read_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.operations.standing.survey import Survey
    from headwater.steps.deriving.suites import Suite
    from headwater.steps.deriving.workbench import Workbench
    from headwater.targets.interface import Target, TestFile, TestResult


@dataclass(frozen=True, kw_only=True, slots=True)
class Retest:
    """What became of a feature's tests.

    Attributes:
        made: path of every test file to the sha256 that it has when it is made again; empty where
            another emitter made those that are there.
        results: of every test; empty when none was run.
        touched: key of every test, to the components that it judges.
    """

    made: Mapping[str, str]
    results: tuple[TestResult, ...]
    touched: Mapping[str, frozenset[str]]


def retest_feature(
    survey: Survey, number: str, *, target: Target, workbench: Workbench | None
) -> Retest:
    """Make the tests of a feature again, and run those that are there; no model is asked.

    Args:
        survey: the repository as it stands.
        number: of the feature.
        target: its language.
        workbench: where tests are run; None to run none.

    Raises:
        HeadwaterError: an example does not fit what the plan declares.
    """
    feature = survey.reading.find_feature(number)
    work = prepare_feature(
        survey, feature, target=target, todo=frozenset(), settings=SearchSettings()
    )
    suite = work.suite
    tests = suite.select(target, lambda _: True)
    texts = {**target.emit_support(suite.feature), **{file.path: file.text for file in tests}}
    committed = {
        path: _read_committed(survey, path, otherwise=text) for path, text in texts.items()
    }
    results: tuple[TestResult, ...] = ()
    if workbench is not None:
        results = workbench.run_tests(
            {**work.files, **committed}, tests=[_take_text(file, committed) for file in tests]
        )
    made = {path: digest_bytes(text.encode()) for path, text in texts.items()}
    return Retest(
        made=made if _is_same_emitter(survey, number, target=target) else {},
        results=results,
        touched=_list_touched(suite),
    )


def _take_text(file: TestFile, committed: Mapping[str, str]) -> TestFile:
    return replace(file, text=committed[file.path])


def _read_committed(survey: Survey, path: str, *, otherwise: str) -> str:
    """A derived file as it is there; where it is gone, as it would be."""
    if survey.present.files.get(path) is None:
        return otherwise
    return read_file(survey.reading.root, path).decode(errors="replace")


def _is_same_emitter(survey: Survey, number: str, *, target: Target) -> bool:
    emitters = {
        line.emitter
        for ref, lines in survey.lock.verifications.items()
        if ref.startswith(f"{number}/")
        for line in lines
    }
    return not emitters or target.emitter_version in emitters


def _list_touched(suite: Suite) -> dict[str, frozenset[str]]:
    return {
        test.key: frozenset((test.owner,) if test.owner else test.touches) for test in suite.tests
    }
