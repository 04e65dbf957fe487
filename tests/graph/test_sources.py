"""Sources: every input of a component's derivation, named, and nothing else."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from headwater.graph.make_units import make_units
from headwater.graph.sources import list_counting, list_sources
from tests.graph.builders import (
    component,
    feature,
    function,
    index_project,
    interface,
    project,
    requirement,
    scenario,
    story,
    summarise,
)
from tests.graph.examples import call, row, run_row, table

if TYPE_CHECKING:
    from headwater.graph.facts import CodeInterface
    from headwater.spec.model import Component, Feature

INTERFACES = {
    "001/C1": interface(function("add"), digest="one"),
    "001/C2": interface(function("show"), digest="two"),
}
C1 = component("C1", implements=("FR-001", "FR-009"), interface="def add(): ...")
C2 = component("C2", implements=("FR-002", "US1"), depends_on=("C1",), commands=("wallet",))


def wallet(*components: Component) -> Feature:
    return feature(
        requirements=[
            requirement("FR-001", table(row(call("add"), 1))),
            requirement("FR-002", table(row(call("show"), call("add")))),
            requirement("FR-009", retired=True),
        ],
        stories=[story("US1", scenario("US1.1", table(run_row("wallet show"))))],
        components=components or (C1, C2),
        fields={"Language/Version": "Python 3.11", "Storage": "none"},
    )


def sources_of(
    document: Feature, interfaces: dict[str, CodeInterface] | None = None
) -> dict[str, dict[str, str]]:
    documents = project(document)
    interfaces = interfaces or INTERFACES
    index = index_project(documents, interfaces)
    units, _ = make_units(document, index=index, interfaces=interfaces)
    return list_sources(index, units=units, summaries=summarise(documents, interfaces))


def changed_by(document: Feature, interfaces: dict[str, CodeInterface] | None = None) -> set[str]:
    """Names of C2's sources that are no longer what they were."""
    before, after = sources_of(wallet())["001/C2"], sources_of(document, interfaces)["001/C2"]
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


def test_sources_have_names_that_a_person_understands() -> None:
    sources = sources_of(wallet())
    (example,) = [name for name in sources["001/C1"] if "example" in name]
    assert example.startswith("001/FR-001 example FR-001-")
    assert set(sources["001/C1"]) == {
        "001/C1",
        "001/FR-001",
        example,
        "001/plan Target",
        "001/plan Language/Version",
    }
    examples = {name for name in sources["001/C2"] if "example" in name}
    assert len(examples) == 2
    assert set(sources["001/C2"]) - examples == {
        "001/C2",
        "001/FR-002",
        "001/US1",
        "001/US1.1",
        "001/C1 interface",
        "001/plan Target",
        "001/plan Language/Version",
    }


def test_a_requirement_counts_by_its_meaning() -> None:
    other = wallet()
    assert other.spec is not None
    first, second, third = other.spec.requirements
    wrapped = dataclasses.replace(second, text=second.text.replace(" ", "\n  "))
    reworded = dataclasses.replace(second, text=second.text + " Always.")
    for requirement_, expected in ((wrapped, set()), (reworded, {"001/FR-002"})):
        spec = dataclasses.replace(other.spec, requirements=(first, requirement_, third))
        assert changed_by(dataclasses.replace(other, spec=spec)) == expected


def test_an_interface_counts_by_its_syntax() -> None:
    """The text of the block differs, the digest that the target gives it does not."""
    commented = "def f():  # comment\n    ..."
    own = dataclasses.replace(
        C2, interface=commented, text=C2.text.replace("def f(): ...", commented)
    )
    assert changed_by(wallet(C1, own)) == set()
    other = INTERFACES | {"001/C2": interface(function("show"), digest="other")}
    assert changed_by(wallet(), other) == {"001/C2"}


def test_the_interface_of_a_dependency_counts_and_its_section_does_not() -> None:
    reworded = dataclasses.replace(C1, text=C1.text + "\nMore.", responsibility="More.")
    assert changed_by(wallet(reworded, C2)) == set()
    other = INTERFACES | {"001/C1": interface(function("add"), digest="other")}
    assert changed_by(wallet(), other) == {"001/C1 interface"}


def test_a_dependency_that_moves_counts() -> None:
    """Whoever imports it must import it from elsewhere."""
    assert changed_by(wallet(dataclasses.replace(C1, files=("src/new.py",)), C2)) == {
        "001/C1 interface"
    }


def test_fields_that_stand_outside_the_section_text_count() -> None:
    for change in (
        dataclasses.replace(C2, name="other"),
        dataclasses.replace(C2, files=("src/new.py",)),
        dataclasses.replace(C2, responsibility="Other."),
    ):
        assert changed_by(wallet(C1, change)) == {"001/C2"}


def test_the_target_counts() -> None:
    other = wallet()
    assert other.plan is not None
    assert other.plan.context is not None
    context = dataclasses.replace(other.plan.context, target="go", fields={})
    plan = dataclasses.replace(other.plan, context=context)
    assert changed_by(dataclasses.replace(other, plan=plan)) == {
        "001/plan Target",
        "001/plan Language/Version",
    }


def test_without_an_interface_its_text_counts() -> None:
    first = sources_of(wallet(), {"001/C1": INTERFACES["001/C1"]})["001/C2"]
    other = dataclasses.replace(C2, interface="def g(): ...")
    second = sources_of(wallet(C1, other), {"001/C1": INTERFACES["001/C1"]})["001/C2"]
    assert first["001/C2"] != second["001/C2"]


def test_a_requirement_of_two_components_counts_for_both() -> None:
    sources = sources_of(wallet(C1, dataclasses.replace(C2, implements=("FR-001",))))
    assert sources["001/C1"]["001/FR-001"] == sources["001/C2"]["001/FR-001"]


def test_without_target_or_dependency_there_is_no_such_source() -> None:
    other = wallet(dataclasses.replace(C1, depends_on=("C7",)))
    assert other.plan is not None
    assert other.plan.context is not None
    context = dataclasses.replace(other.plan.context, target="", fields={})
    plan = dataclasses.replace(other.plan, context=context)
    names = sources_of(dataclasses.replace(other, plan=plan))["001/C1"].keys()
    assert {name for name in names if "example" not in name} == {"001/C1", "001/FR-001"}


def test_a_feature_test_that_no_component_implements_counts_for_those_it_touches() -> None:
    document = wallet(C1, dataclasses.replace(C2, implements=("FR-001",)))
    index = index_project(project(document))
    units, _ = make_units(document, index=index, interfaces=INTERFACES)
    runs = units[0]
    assert runs.ref == "001/US1.1"
    assert list_counting(runs, index=index) == ("001/C2",)
    both = units[-1]
    assert both.ref == "001/FR-002"
    assert list_counting(both, index=index) == ("001/C2",)
