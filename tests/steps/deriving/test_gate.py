"""The feature gate: who answers for a failure, and in which order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.steps.deriving.gate import Charge, check_feature, choose_charged
from headwater.steps.deriving.suites import judges
from headwater.targets.interface import TestResult, Verdict
from tests.operations.builders import SUMS, make_workbench
from tests.steps.deriving.builders import make_feature_work

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.steps.deriving.feature import FeatureWork

SPANNING = replace(
    SUMS,
    parts=SUMS.change(3, rows=(("label(1)", '"4!"'), ("label(double(1))", '"8!"'))).parts,
)


@pytest.fixture
def feature(tmp_path: Path) -> FeatureWork:
    """Four components; the last example of C3 spans C1 and C3, so it is a feature test."""
    return make_feature_work(tmp_path, SPANNING)


def charge(feature: FeatureWork, key: str, *tried: str, hidden: bool = False) -> Charge | None:
    results = [
        TestResult(
            key=test.key,
            verdict=Verdict.FAILED if test.key == key else Verdict.PASSED,
            message="it failed",
        )
        for test in feature.suite.tests
    ]
    suite = replace(feature.suite, held_out=frozenset({key} if hidden else ()))
    return choose_charged(
        results,
        suite=suite,
        owners=feature.owners,
        needs=feature.needs,
        tried=frozenset(tried),
    )


def test_the_whole_suite_runs_in_one_go(feature: FeatureWork) -> None:
    files = {part.path: part.code for part in SPANNING.parts}
    files["src/sums/quadruples.py"] = "from sums.doubles import double\n" + SPANNING.part(2).code
    files["src/sums/labels.py"] = "from sums.quadruples import quadruple\n" + SPANNING.part(3).code
    results = check_feature(feature.suite, files=files, workbench=make_workbench()).results
    assert {result.verdict for result in results} == {Verdict.PASSED}
    assert [r.key for r in results] == [t.key for t in feature.suite.tests]
    files["src/sums/shouts.py"] = "def shout(text: str) -> str:\n    return text\n"
    results = check_feature(feature.suite, files=files, workbench=make_workbench()).results
    assert [r.key for r in results if r.verdict is not Verdict.PASSED] == [
        test.key for test in feature.suite.tests if test.owner == "001/C4"
    ]


def test_a_passing_suite_charges_nobody(feature: FeatureWork) -> None:
    assert charge(feature, "none") is None


def test_the_owner_is_charged_and_then_what_it_depends_on(feature: FeatureWork) -> None:
    key = next(test.key for test in feature.suite.tests if test.owner == "001/C3")
    first = charge(feature, key)
    assert first == Charge(component="001/C3", keys=frozenset({key}), reason="it failed")
    charged: list[str] = []
    for _ in range(5):
        found = charge(feature, key, *charged)
        if found:
            charged.append(found.component)
    assert charged[0] == "001/C3"
    assert sorted(charged) == ["001/C1", "001/C2", "001/C3"]


def test_a_feature_test_is_charged_to_who_implements_its_ref(feature: FeatureWork) -> None:
    test = next(test for test in feature.suite.tests if not test.owner)
    assert test.touches == ("001/C1", "001/C3")
    found = charge(feature, test.key)
    assert found is not None
    assert found.component == "001/C3"


def test_who_only_is_touched_is_charged_last(feature: FeatureWork) -> None:
    """A ref that no component implements leaves those that the test runs."""
    test = next(test for test in feature.suite.tests if not test.owner)
    orphan = replace(feature, owners={})
    found = charge(orphan, test.key)
    assert found is not None
    assert found.component == "001/C1"


def test_a_held_out_failure_is_charged_without_its_message(feature: FeatureWork) -> None:
    key = feature.suite.tests[0].key
    found = charge(feature, key, hidden=True)
    assert found is not None
    assert found.reason == ""


def test_an_owner_from_another_feature_is_charged_without_its_needs(feature: FeatureWork) -> None:
    """Its dependencies are no business of this feature's gate."""
    test = next(test for test in feature.suite.tests if not test.owner)
    found = charge(replace(feature, owners={test.ref: ("002/C1",)}), test.key)
    assert found is not None
    assert found.component == "002/C1"


def test_a_component_is_judged_by_its_own_tests_and_those_it_can_run(feature: FeatureWork) -> None:
    tests = {test.key: test for test in feature.suite.tests}
    spanning = next(test.key for test in tests.values() if not test.owner)

    def judging(component: str, *available: str) -> set[str]:
        choose = judges(component, available=frozenset(available))
        return {key for key, test in tests.items() if choose(test)}

    own = {test.key for test in tests.values() if test.owner == "001/C3"}
    assert judging("001/C3", "001/C1", "001/C2", "001/C3") == own | {spanning}
    assert judging("001/C3", "001/C3") == own
    assert spanning not in judging("001/C1", "001/C1")
    assert spanning not in judging("001/C2", "001/C1", "001/C2", "001/C3")
