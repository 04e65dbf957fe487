"""Components: how functions are grouped, who needs whom, and who sees to what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.graph.summary import summarise_feature
from headwater.spec.model import Source
from headwater.spec.read_plan import read_plan
from tests.steps.plan.builders import TARGET, draft, make_brief, write_spec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.spec.model import Component

FOUR = write_spec(
    'It MUST parse.\n`parse("a")` | `1`\n`show(1)` | `"a"`',
    "It MUST add.\n`add(1, 2)` | `3`",
    "It MUST double.\n`double(2)` | `4`",
)


def plan(text: str, answers: Mapping[str, object] | None = None) -> dict[str, Component]:
    """The components by name; every plan is sound."""
    drafted = draft(text, answers)
    assert (drafted.trial.problems, drafted.trial.misfits) == ((), ())
    source = Source(path="specs/001-fees/plan.md", data=drafted.text.encode())
    return {component.name: component for component in read_plan(source).components}


def test_a_small_feature_is_one_component_and_nobody_is_asked() -> None:
    drafted = draft(write_spec("It MUST add.\n`add(1, 2)` | `3`", "It MUST halt."))
    assert [part.name for part in drafted.parts] == ["fees"]
    assert drafted.parts[0].refs == {"FR-001": None, "FR-002": None}
    assert not any("grouped" in note for note in drafted.notes)


def test_without_a_model_functions_of_one_requirement_stay_together() -> None:
    found = plan(FOUR)
    assert {name: one.implements for name, one in found.items()} == {
        "parse_rules": ("FR-001", "FR-002"),
        "double_rules": ("FR-003",),
    }


@pytest.mark.parametrize(
    "components",
    [
        [{"name": "one", "functions": ["parse", "show"]}, {"name": "two", "functions": ["show"]}],
        [{"name": "one", "functions": ["parse", "show"]}, {"name": "one", "functions": ["add"]}],
        [{"name": "add", "functions": ["parse", "show", "add", "double"]}],
        [{"name": "class", "functions": ["parse", "show", "add", "double"]}],
    ],
)
def test_a_grouping_that_loses_much_or_misnames_is_not_taken(components: object) -> None:
    answers = {"components components": [{"components": components}] * 2}
    assert set(plan(FOUR, answers)) == {"parse_rules", "double_rules"}


def test_a_grouping_that_forgets_one_or_names_one_twice_is_completed() -> None:
    answers: dict[str, object] = {
        "components components": {
            "components": [
                {"name": "words", "functions": ["parse", "show"]},
                {"name": "sums", "functions": ["show", "add"]},
            ]
        }
    }
    drafted = draft(FOUR, answers)
    assert [(part.name, part.functions) for part in drafted.parts] == [
        ("words", ["parse", "show"]),
        ("sums", ["add", "double"]),
    ]


def test_calls_make_dependencies_and_never_a_circle() -> None:
    answers: dict[str, object] = {
        "components components": {
            "components": [
                {"name": "words", "functions": ["parse", "show"]},
                {"name": "sums", "functions": ["add", "double"]},
            ]
        },
        "duty words": {"does": "Read words", "calls": ["add"]},
        "duty sums": {"does": "Add up", "calls": ["show"]},
    }
    found = plan(FOUR, answers)
    assert {one.id: one.depends_on for one in found.values()} == {"C1": (), "C2": ("C1",)}
    assert found["words"].depends_on == ("C1",)
    assert found["words"].responsibility == "Read words. Uses `add`."
    assert found["sums"].responsibility == "Add up."


def test_parts_that_need_each_others_types_become_one() -> None:
    text = write_spec(
        'It MUST make.\n`make_a(1)` | `{"x": 1, "y": "a"}`\n`use_b({"u": 1, "v": "b"})` | `1`',
        'It MUST make.\n`make_b(1)` | `{"u": 1, "v": "b"}`\n`use_a({"x": 1, "y": "a"})` | `1`',
    )
    answers: dict[str, object] = {
        "record make_a": {"kind": "record", "name": "First"},
        "record use_b": {"kind": "record", "name": "Second"},
        "components components": {
            "components": [
                {"name": "one", "functions": ["make_a", "use_b"]},
                {"name": "two", "functions": ["make_b", "use_a"]},
            ]
        },
    }
    assert list(plan(text, answers)) == ["one"]


def test_a_command_is_a_component_that_depends_on_the_library() -> None:
    scenarios = (
        "### User Story 1 - Count (Priority: P1)\n\n**Acceptance Scenarios**:\n\n"
        "1. **Given** a log, **When** it is counted, **Then** a number is printed.\n\n"
        '   | Run | Stdout | Exit |\n   | --- | --- | --- |\n   | `count a` | `"1\\n"` | `0` |\n'
    )
    found = plan(write_spec("It MUST add.\n`add(1, 2)` | `3`", before=scenarios))
    assert found["cli"].commands == {"count": ("python", "-m", "fees.cli")}
    assert found["cli"].implements == ("US1.1",)
    assert found["cli"].depends_on == ("C1",)


def test_an_error_belongs_to_the_component_that_raises_it() -> None:
    found = plan(write_spec("It MUST add.\n`add(1)` | raises `TooMuch`\n`add(2)` | `1`"))
    assert "class TooMuch(Exception): ..." in found["fees"].interface


def test_what_has_no_example_goes_where_a_model_says() -> None:
    text = f"{FOUR}\n- **FR-009**: It MUST be kind.\n"
    answers: dict[str, object] = {"place FR-009": {"component": "double_rules"}}
    assert plan(text, answers)["double_rules"].implements == ("FR-003", "FR-009")


def test_what_another_feature_declares_is_used_and_not_declared_again() -> None:
    first = draft(
        write_spec(
            'It MUST parse.\n`parse("a 1")` | `{"name": "a", "size": 1}`\n'
            '`parse("")` | raises `Bad`\n`total([Entry("a", 1)])` | `1`'
        )
    )
    brief = make_brief("# Feature Specification: x\n")
    plan = read_plan(Source(path="specs/001-fees/plan.md", data=first.text.encode()))
    planned = replace(brief.feature, plan=plan)
    interfaces = {f"001/{one.id}": TARGET.read_interface(one) for one in plan.components}
    summary = summarise_feature(planned, interfaces=interfaces)

    def load(ref: str) -> Component:
        return next(one for one in plan.components if f"001/{one.id}" == ref)

    spec = write_spec(
        'It MUST show.\n`show(Entry("a", 1))` | `"a"`\n`show(parse("a 1"))` | `"a"`',
        'It MUST be strict.\n`weigh("x")` | raises `Bad`',
        "It MUST round.\n`round_up(1.5)` | `2`\n`cut(1.5)` | `1`",
    )
    second = replace(make_brief(spec).feature, number="002", folder="specs/002-show", slug="show")
    drafted = draft(spec, feature=second, others=(summary,), package="show", load=load)
    assert drafted.text.count("class ") == 0
    assert "from fees.fees import Entry\n\n\ndef show(entry: Entry) -> str: ..." in drafted.text
    assert [part.name for part in drafted.parts] == ["show_rules", "up"]
    needs = [sorted(one.ref for one in part.neighbours) for part in drafted.parts]
    assert needs == [["001/C1"], []]
    assert "**Depends on**: 001/C1" in drafted.text
    assert (drafted.trial.problems, drafted.trial.misfits) == ((), ())


def test_measured_requirements_are_no_component_s() -> None:
    text = f"{FOUR}\n- **NFR-001**: It MUST answer in a second.\n"
    assert not any("NFR-001" in one.implements for one in plan(text).values())
