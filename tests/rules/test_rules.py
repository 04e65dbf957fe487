"""Every rule finds its bad case, exactly, and leaves its good cases alone; all rules are asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from headwater.operations.check import check
from headwater.rules.registry import RULES
from headwater.wiring import list_targets
from tests.rules.cases import write_case

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.rules.interface import Case, Rule
    from headwater.spec.model import Problem

# Work in progress that no rule speaks of: a case need not have a plan.
_UNFINISHED = {"plan-missing", "spec-missing", "components-missing"}

RULE = pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
GOOD_CASES = [
    pytest.param(case, id=f"{rule.name}-{number}")
    for rule in RULES.values()
    for number, case in enumerate((rule.good, *rule.alone))
]


def find(root: Path, case: Case) -> list[Problem]:
    write_case(root, case)
    report = check(root, targets=list_targets())
    return [problem for problem in report.findings if problem.code not in _UNFINISHED]


@RULE
def test_the_bad_case_gets_exactly_this_finding(rule: Rule, repository: Path) -> None:
    found = find(repository, rule.bad)
    assert [problem.code for problem in found] == [rule.name], found
    (problem,) = found
    assert problem.severity is rule.severity
    assert problem.hint
    # What a reader or the graph finds may concern a document, or a folder, as a whole.
    has_finder = rule.find_in_feature or rule.find_in_project
    assert problem.place.line > 1 or problem.place.column or not has_finder


@pytest.mark.parametrize("case", GOOD_CASES)
def test_good_cases_get_no_finding_of_any_rule(case: Case, repository: Path) -> None:
    assert find(repository, case) == []


@RULE
def test_a_rule_is_documented(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", rule.name)
    assert rule.title[0].isupper()
    assert not rule.title.endswith(".")
    assert len(rule.why) > 40
    assert rule.bad != rule.good
