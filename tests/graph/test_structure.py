"""What is wrong with the documents as a whole, each problem with its place."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from headwater.graph.derived_paths import find_path_fault
from headwater.graph.facts import CodeInterface
from headwater.graph.structure import check_buildable
from headwater.spec.model import (
    Article,
    Constitution,
    Problem,
    Project,
    Severity,
    Source,
    SuccessCriterion,
)
from tests.graph.builders import (
    SPAN,
    at,
    check_project,
    component,
    decision,
    feature,
    project,
    requirement,
    scenario,
    story,
    summarise,
    task,
)

if TYPE_CHECKING:
    from headwater.spec.model import Feature

FR1 = requirement("FR-001")


def check(*features: Feature) -> list[Problem]:
    return check_project(project(*features), {}, targets=["python", "go"])


def lacks(document: Feature) -> list[Problem]:
    (summary,) = summarise(project(document))
    return check_buildable(summary)


def codes(*features: Feature) -> list[str]:
    return [problem.code for problem in check(*features)]


def test_a_sound_project_has_no_problem() -> None:
    sound = feature(
        requirements=[FR1, requirement("FR-002", retired=True), requirement("NFR-001")],
        stories=[story("US1", scenario("US1.1"))],
        components=[component("C1"), component("C2", depends_on=("C1",), implements=("US1.1",))],
        decisions=[decision("D1", "FR-001")],
        tasks=[task("T001", "FR-001", "C1")],
    )
    assert check(sound) == []


def test_a_plain_spec_kit_project_has_no_problem() -> None:
    """Without components nothing is to be derived, so nothing is missing."""
    plain = feature(requirements=[FR1], target="")
    assert check(plain, dataclasses.replace(plain, number="002", spec=None, plan=None)) == []


def test_an_unknown_ref_is_located_and_its_neighbours_named() -> None:
    (problem,) = check(
        feature(requirements=[FR1], components=[component("C1", implements=("FR-001", "FR-010"))])
    )
    assert problem.code == "unknown-ref"
    assert problem.message == "**Implements** names `001/FR-010`, which no document has"
    assert problem.place == at(1, "specs/001-wallet/plan.md")
    assert "`001/FR-001`" in problem.hint


@pytest.mark.parametrize(
    ("document", "code", "severity"),
    [
        (feature(decisions=[decision("D1", "FR-009")]), "unknown-ref", Severity.ERROR),
        (feature(tasks=[task("T001", "FR-009")]), "unknown-task-ref", Severity.WARNING),
        (
            feature(
                requirements=[requirement("FR-001", retired=True)], tasks=[task("T1", "FR-001")]
            ),
            "retired-ref",
            Severity.WARNING,
        ),
        (
            feature(requirements=[FR1], components=[component("C1", depends_on=("C7",))]),
            "unknown-ref",
            Severity.ERROR,
        ),
        (
            feature(requirements=[FR1], components=[component("C1", depends_on=("FR-001",))]),
            "no-component",
            Severity.ERROR,
        ),
        (
            feature(requirements=[FR1], components=[component("C1", files=())]),
            "component-without-file",
            Severity.ERROR,
        ),
        (
            feature(
                requirements=[FR1], components=[component("C1", files=("src/a.py", "src/b.py"))]
            ),
            "component-with-several-files",
            Severity.ERROR,
        ),
        (
            feature(requirements=[FR1], components=[component("C1", interface=" ")]),
            "component-without-interface",
            Severity.ERROR,
        ),
        (
            feature(components=[component("C1", implements=())]),
            "component-without-requirement",
            Severity.ERROR,
        ),
        (
            feature(requirements=[FR1], components=[component("C1", files=("../x.py",))]),
            "forbidden-path",
            Severity.ERROR,
        ),
        (
            feature(requirements=[FR1, requirement("FR-002")], components=[component("C1")]),
            "unimplemented-requirement",
            Severity.WARNING,
        ),
        (
            feature(requirements=[FR1], components=[component("C1")], target=""),
            "target-missing",
            Severity.ERROR,
        ),
        (
            feature(requirements=[FR1], components=[component("C1")], target="cobol"),
            "target-unknown",
            Severity.ERROR,
        ),
        (
            feature(requirements=[FR1, requirement("FR-001", line=9)]),
            "duplicate-id",
            Severity.ERROR,
        ),
        (
            feature(requirements=[FR1, requirement("FR-001", line=9, retired=True)]),
            "retired-id-reused",
            Severity.ERROR,
        ),
        (
            feature(tasks=[dataclasses.replace(task("T1"), depends_on=("T9",))]),
            "unknown-task-dependency",
            Severity.WARNING,
        ),
        (
            feature(
                tasks=[task("T1"), dataclasses.replace(task("T1"), place=at(9, "tasks.md"))],
            ),
            "duplicate-label",
            Severity.WARNING,
        ),
    ],
)
def test_one_problem(document: Feature, code: str, severity: Severity) -> None:
    assert [(problem.code, problem.severity) for problem in check(document)] == [(code, severity)]


def test_a_plan_without_technical_context_has_no_target() -> None:
    document = feature(requirements=[FR1], components=[component("C1")])
    assert document.plan is not None
    plan = dataclasses.replace(document.plan, context=None)
    assert codes(dataclasses.replace(document, plan=plan)) == ["target-missing"]


def test_a_file_of_two_components() -> None:
    document = feature(
        requirements=[FR1],
        components=[component("C1"), component("C2", files=("src/c1.py",), line=9)],
    )
    (problem,) = check(document)
    assert problem.code == "shared-file"
    assert problem.message == "`src/c1.py` belongs to 001/C1 already"
    assert problem.place.line == 9


def test_a_file_of_components_of_two_features() -> None:
    first = feature(requirements=[FR1], components=[component("C1")])
    second = feature(number="002", requirements=[FR1], components=[component("C1")])
    assert codes(first, second) == ["shared-file"]


def test_a_cycle_is_shown_as_a_path() -> None:
    document = feature(
        requirements=[FR1],
        components=[component("C1", depends_on=("C2",)), component("C2", depends_on=("C1",))],
    )
    (problem,) = check(document)
    assert problem.code == "dependency-cycle"
    assert problem.message.endswith("001/C1 → 001/C2 → 001/C1")


def test_two_folders_with_one_number() -> None:
    first = feature()
    second = dataclasses.replace(first, folder="specs/001-purse", spec=None)
    assert codes(first, second) == ["duplicate-feature"]


def test_problems_of_interfaces_are_passed_on() -> None:
    own = Problem(code="interface-body", message="no body", place=at(3))
    document = feature(requirements=[FR1], components=[component("C1")])
    interfaces = {"001/C1": CodeInterface(names=(), digest="", problems=(own,))}
    assert check_project(project(document), interfaces, targets=["python"]) == [own]


def test_articles_and_criteria_are_known_refs() -> None:
    document = feature(tasks=[task("T001", "article/I", "SC-001")])
    assert document.spec is not None
    criterion = SuccessCriterion(id="SC-001", text="Fast.", span=SPAN, place=at(8))
    document = dataclasses.replace(
        document, spec=dataclasses.replace(document.spec, criteria=(criterion,))
    )
    article = Article(id="I", title="One", text="", checks=(), span=SPAN, place=at(1, "c.md"))
    documents = Project(
        constitution=Constitution(
            source=Source(path="c.md", data=b""), title="Rules", articles=(article,)
        ),
        features=(document,),
    )
    assert check_project(documents, {}, targets=[]) == []


def test_what_a_feature_lacks_to_be_built() -> None:
    document = feature(requirements=[FR1], components=[component("C1")])
    assert lacks(document) == []
    (spec,) = lacks(dataclasses.replace(document, spec=None))
    assert (spec.code, spec.place.path) == ("spec-missing", "specs/001-wallet/spec.md")
    (plan,) = lacks(dataclasses.replace(document, plan=None))
    assert plan.code == "plan-missing"
    assert plan.hint.startswith("Write specs/001-wallet/plan.md")
    (none,) = lacks(feature(requirements=[FR1]))
    assert none.code == "components-missing"


@pytest.mark.parametrize(
    "path",
    [
        "",
        " ",
        "/etc/passwd",
        "~/x.py",
        "../x.py",
        "src/../../x.py",
        "src\\x.py",
        "C:/x.py",
        "c:x.py",
        ".git/hooks/pre-commit",
        "src/.GIT/config",
        "git~1/config",
        ".git./config",
        ".headwater/state.db",
        ".specify/memory/constitution.md",
        "specs/001-wallet/spec.md",
        "Specs/001-wallet/spec.md",
        "src/headwater.lock/C1.json",
        "headwater.toml",
        ".gitattributes",
        "src/",
        "src//x.py",
        "./x.py",
        "src/x.py\n",
        "src/\x00.py",
    ],
)
def test_forbidden_paths(path: str) -> None:
    assert find_path_fault(path)


@pytest.mark.parametrize(
    "path", ["x.py", "src/wallet/ledger.py", ".github/workflows/ci.yml", "src/specs/a.py", "a b.py"]
)
def test_allowed_paths(path: str) -> None:
    assert find_path_fault(path) == ""
