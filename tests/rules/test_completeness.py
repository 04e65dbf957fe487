"""What rules about missing things find, and when they keep silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.operations.check import check
from headwater.rules.completeness.sample import write_spec
from headwater.rules.sample import PLAN, REQUIREMENTS
from headwater.rules.settings import RuleSettings
from headwater.wiring import list_targets
from tests.rules.cases import write_case
from tests.rules.findings import find_problems

if TYPE_CHECKING:
    from pathlib import Path

QUESTION = "[NEEDS CLARIFICATION: which currency?]"


def ask(number: int) -> str:
    return write_spec(requirements=f"{REQUIREMENTS}\n" + f"{QUESTION}\n" * number)


@pytest.mark.parametrize(
    ("questions", "planned", "codes"),
    [
        (2, False, ["open-clarification"] * 2),
        (4, False, ["too-many-clarifications"]),
        (4, True, ["overdue-clarification"] * 4),
    ],
)
def test_an_open_question_is_reported_by_one_rule_only(
    questions: int, planned: bool, codes: list[str]
) -> None:
    case = {"spec.md": ask(questions)} | ({"plan.md": PLAN} if planned else {})
    assert [problem.code for problem in find_problems(case)] == codes


def test_the_bound_of_questions_is_a_setting() -> None:
    problems = find_problems({"spec.md": ask(2)}, settings=RuleSettings(clarifications=1))
    assert [problem.code for problem in problems] == ["too-many-clarifications"]


SLO = """\
  ```yaml
  apiVersion: openslo/v1
  kind: SLO
  metadata: {name: nfr-001}
  spec:
    indicatorRef: answers
    budgetingMethod: Occurrences
    objectives: [{target: 0.99}]
  ```
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("openslo/v1", "openslo/v1alpha", "expected apiVersion openslo/v1, found openslo/v1alpha"),
        ("kind: SLO", "kind: Service", "expected kind SLO, found Service"),
        ("{name: nfr-001}", "nfr-001", "expected metadata.name nfr-001, found None"),
        ("indicatorRef: answers", "service: ledger", "spec.indicator or spec.indicatorRef"),
        ("Occurrences", "Sometimes", "spec.budgetingMethod"),
        ("[{target: 0.99}]", "[]", "expected spec.objectives"),
        ("{target: 0.99}", "{op: lt}", "target or targetPercent"),
        ("kind: SLO", "kind: [", "cannot be read as YAML"),
        ("apiVersion", "- apiVersion", "cannot be read as YAML"),
    ],
)
def test_an_slo_is_told_what_is_wrong_with_it(old: str, new: str, message: str) -> None:
    requirement = f"{REQUIREMENTS}\n- **NFR-001**: The ledger MUST answer.\n\n"
    sound = write_spec(requirements=requirement + SLO)
    assert find_problems({"spec.md": sound}) == []
    (problem,) = find_problems(
        {"spec.md": write_spec(requirements=requirement + SLO.replace(old, new))}
    )
    assert problem.code == "unmeasured-slo"
    assert message in problem.message
    first_line = sound.split("\n").index("  ```yaml") + 1
    assert problem.place.line == first_line


def test_a_deeply_nested_slo_is_refused_without_a_crash() -> None:
    nested = "  ```yaml\n  " + "[" * 5000 + "\n  ```\n"
    requirement = f"{REQUIREMENTS}\n- **NFR-001**: The ledger MUST answer.\n\n{nested}"
    (problem,) = find_problems({"spec.md": write_spec(requirements=requirement)})
    assert problem.code == "unmeasured-slo"


def test_an_slo_that_multiplies_itself_is_refused_unread() -> None:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    block = "\n".join(f"  {line}" for line in ["```yaml", *lines, "kind: *a59", "```"])
    requirement = f"{REQUIREMENTS}\n- **NFR-001**: The ledger MUST answer.\n\n{block}\n"
    (problem,) = find_problems({"spec.md": write_spec(requirements=requirement)})
    assert "found an alias" in problem.message


def test_an_empty_section_is_reported_once_and_at_its_heading() -> None:
    spec = write_spec(more="## Edge Cases\n\n## Dependencies\n\n### Edge Cases\n\n* * *\n")
    problems = find_problems({"spec.md": spec})
    lines = spec.split("\n")
    assert [(problem.code, problem.place.line) for problem in problems] == [
        ("empty-section", lines.index("## Edge Cases") + 1),
        ("empty-section", lines.index("### Edge Cases") + 1),
    ]


def test_a_document_without_headings_has_no_empty_section() -> None:
    assert find_problems({"tasks.md": "- [ ] T001 Add up the entries (FR-001; C1)\n"}) == []


def test_an_empty_section_of_the_authors_own_is_left_alone() -> None:
    assert find_problems({"spec.md": write_spec(more="## Notes\n\n## More\n")}) == []


def test_template_text_is_one_finding_a_document() -> None:
    plan = (
        "# Implementation Plan: [FEATURE]\n\n**Date**: [DATE]\n\n## Summary\n\n"
        "[Extract from feature spec: primary requirement]\n"
    )
    (problem,) = find_problems({"spec.md": write_spec(), "plan.md": plan})
    assert problem.code == "template-text"
    assert "3 places" in problem.message
    assert (problem.place.line, problem.place.column) == (1, 24)


def test_template_text_is_found_in_the_constitution(repository: Path) -> None:
    constitution = "# [PROJECT_NAME] Constitution\n\n## Core Principles\n\n### I. Offline\n\nYes.\n"
    write_case(repository, {".specify/memory/constitution.md": constitution})
    report = check(repository, targets=list_targets())
    (problem,) = [problem for problem in report.findings if problem.code == "template-text"]
    assert str(problem.place) == ".specify/memory/constitution.md:1:3"


def test_assumptions_are_asked_about_once_one_of_them_is_marked() -> None:
    two = "## Assumptions\n\n- Every account has one currency.\n- Clerks read English{mark}\n"
    assert find_problems({"spec.md": write_spec(more=two.format(mark="."))}) == []
    (problem,) = find_problems({"spec.md": write_spec(more=two.format(mark=" (open)."))})
    assert problem.code == "assumption-unsettled"


def test_examples_are_asked_for_once_there_is_a_plan_to_derive_from() -> None:
    bare = write_spec(requirements=REQUIREMENTS.split("|", maxsplit=1)[0])
    assert find_problems({"spec.md": bare}) == []
    (problem,) = find_problems({"spec.md": bare, "plan.md": PLAN})
    assert problem.code == "requirement-without-example"
