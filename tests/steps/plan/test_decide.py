"""Decisions: options really weighed, packages only where they are allowed, facts or a plain no."""

from __future__ import annotations

import pytest

from headwater.steps.plan.packages import AllowedPackages
from headwater.workspace.package_index import PackageFacts
from tests.steps.plan.builders import draft, write_spec

SPEC = write_spec("It MUST cost.\n`fee(30)` | `5`")
ANSWERS: dict[str, object] = {
    "topics choices": {"choices": [{"title": "How money is held", "serves": ["FR-001"]}]},
    "options D1": {
        "context": "Cents get lost.",
        "options": [
            {
                "name": "Moneyed",
                "good": "knows currencies",
                "bad": "heavy",
                "package": "py-moneyed",
            },
            {"name": "Cents", "good": "exact", "bad": "plain", "package": ""},
        ],
    },
    "choice D1": {"rationale": "It knows currencies.", "option": 1},
}
OFFLINE = """\
# Constitution

### I. Few parts

```yaml
enforce:
  - {check: imports.forbidden, modules: [py_moneyed, requests]}
```
"""
FACTS = PackageFacts(
    name="py-moneyed", version="3.0", licence="BSD-3-Clause", released="2022-11-27"
)


def test_facts_are_weighed_shown_and_pinned() -> None:
    asked: list[str] = []

    def find_facts(name: str) -> PackageFacts:
        asked.append(name)
        return FACTS

    text = draft(SPEC, ANSWERS, find_facts=find_facts).text
    assert asked == ["py-moneyed"]
    assert "Moneyed [py-moneyed: 3.0, BSD-3-Clause, released 2022-11-27] (+ knows" in text
    assert "**Primary Dependencies**: py-moneyed==3.0\n" in text
    assert "**Choice**: Moneyed.\n" in text
    assert "**Serves**: FR-001" in text
    assert "no facts" not in text


def test_without_facts_the_plan_says_so() -> None:
    text = draft(SPEC, ANSWERS).text
    assert "**Facts**: no facts on packages could be had." in text
    assert "**Primary Dependencies**: py-moneyed\n" in text


def test_where_versions_are_pinned_a_library_without_one_is_not_weighed() -> None:
    check = "{check: imports.forbidden, modules: [py_moneyed, requests]}"
    pinned = OFFLINE.replace(check, "{check: dependencies.pinned}")
    drafted = draft(SPEC, ANSWERS, constitution=pinned)
    assert "Moneyed" not in drafted.text
    assert any("no version of it is known to pin: Moneyed" in note for note in drafted.notes)


@pytest.mark.parametrize("name", ["pytest", "Hypothesis"])
def test_a_tool_for_tests_is_no_part_of_a_program(name: str) -> None:
    names = frozenset({"pytest", "hypothesis", "attrs"})
    allowed = AllowedPackages(allowed=names, forbidden=frozenset())
    assert not allowed.permits(name)
    assert allowed.permits("attrs")


def test_a_package_that_an_article_forbids_is_neither_weighed_nor_looked_up() -> None:
    asked: list[str] = []

    def find_facts(name: str) -> None:
        asked.append(name)

    drafted = draft(SPEC, ANSWERS, constitution=OFFLINE, find_facts=find_facts)
    assert asked == []
    assert "Moneyed" not in drafted.text
    assert "## Decisions" not in drafted.text
    assert "Only one way is allowed: How money is held." in drafted.notes
    assert "Not weighed, since no article allows it: Moneyed." in drafted.notes


def test_where_only_some_packages_are_allowed_no_other_is_weighed() -> None:
    allowed = OFFLINE.replace(
        "imports.forbidden, modules: [py_moneyed", "dependencies.allowed, names: [attrs"
    )
    drafted = draft(SPEC, ANSWERS, constitution=allowed)
    assert "Moneyed" not in drafted.text


def test_two_libraries_are_weighed_against_none() -> None:
    both = {
        "context": "Cents get lost.",
        "options": [
            {"name": "Moneyed", "good": "a", "bad": "b", "package": "py-moneyed"},
            {"name": "Stock", "good": "a", "bad": "b", "package": "stockholm"},
        ],
    }
    text = draft(SPEC, ANSWERS | {"options D1": both}).text
    assert "The standard library only (+ nothing to install" in text


def test_a_choice_that_there_is_not_leaves_the_decision_out() -> None:
    wrong = {"rationale": "It is best.", "option": 7}
    drafted = draft(SPEC, ANSWERS | {"choice D1": [wrong, wrong]})
    assert "## Decisions" not in drafted.text
    assert "Left undecided: How money is held." in drafted.notes


def test_no_decision_is_made_where_none_is_wanted() -> None:
    drafted = draft(SPEC, ANSWERS, decisions=0)
    assert "## Decisions" not in drafted.text
    assert not any("choices" in note for note in drafted.notes)
