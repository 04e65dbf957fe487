"""Requirements that change, refine or mention others."""

from __future__ import annotations

import pytest

from headwater.spec.marks import Change
from headwater.spec.model import Severity
from tests.spec.builders import at, spec_of


@pytest.mark.parametrize(
    ("mark", "changes"),
    [
        ("*(changes 001/FR-003)*", [Change(ref="001/FR-003")]),
        ("*(changes 001/FR-003 as of 1f9a03c2)*", [Change(ref="001/FR-003", digest="1f9a03c2")]),
        ("(changes `FR-003a` as of `1f9a`)", [Change(ref="FR-003a", digest="1f9a")]),
        (
            "**(changes 001/FR-003 as of 1f9a, 002/NFR-001)**",
            [Change(ref="001/FR-003", digest="1f9a"), Change(ref="002/NFR-001")],
        ),
    ],
)
def test_a_requirement_changes_earlier_ones(mark: str, changes: list[Change]) -> None:
    spec = spec_of(f"- **FR-001** {mark}: It MUST stop.\n- **FR-002**: It MUST stop {mark}.\n")
    assert spec.problems == ()
    assert [list(requirement.changes) for requirement in spec.requirements] == [changes, changes]
    assert spec.requirements[1].text == "It MUST stop."


def test_a_requirement_refines_others_and_mentions_the_rest() -> None:
    [requirement] = spec_of(
        "- **FR-007**: As in FR-001 to FR-003, but not FR-007 or SC-001,\n"
        "  it MUST stop *(refines FR-002 and 001/FR-004)* (refines FR-005).\n"
    ).requirements
    assert requirement.refines == ("FR-002", "001/FR-004", "FR-005")
    assert requirement.mentions == ("FR-001", "FR-002", "FR-003", "SC-001")
    assert requirement.text.endswith("it MUST stop.")


def test_words_that_are_no_marks_stay() -> None:
    text = "It changes (refines) what 001/FR-003 changes (changes nothing)."
    [requirement] = spec_of(f"- **FR-001**: {text}\n").requirements
    assert (requirement.text, requirement.changes, requirement.refines) == (text, (), ())


def test_a_mark_that_was_meant_and_is_wrong_is_reported_and_stays() -> None:
    spec = spec_of("- **FR-001**: It stops *(changes US1)* and *(refines)*.\n")
    assert [at(problem) for problem in spec.problems] == [("link-unreadable", 1, 5)] * 2
    assert "*(changes 001" in spec.problems[0].message
    assert "*(refines FR" in spec.problems[1].message
    assert {problem.severity for problem in spec.problems} == {Severity.WARNING}
    assert "*(changes US1)*" in spec.requirements[0].text
