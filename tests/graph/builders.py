"""Small documents as values, for the tests of this folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.facts import CodeInterface, Declared, DeclaredKind
from headwater.graph.index import Index, index_summaries
from headwater.graph.structure import check_feature, check_structure
from headwater.graph.summary import FeatureSummary, list_articles, summarise_feature
from headwater.spec.marks import Retirement
from headwater.spec.model import (
    Component,
    Decision,
    Feature,
    Place,
    Plan,
    Project,
    Requirement,
    Scenario,
    Source,
    Span,
    Spec,
    Task,
    TaskList,
    TechnicalContext,
    UserStory,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from headwater.spec.examples import ExampleTable
    from headwater.spec.model import Problem

SPAN = Span(start=0, end=1)


def at(line: int, path: str = "specs/001-wallet/spec.md") -> Place:
    return Place(path=path, line=line)


def requirement(
    name: str, *tables: ExampleTable, text: str = "", retired: bool = False, line: int = 1
) -> Requirement:
    return Requirement(
        id=name,
        text=text or f"The system must do {name}.",
        span=SPAN,
        place=at(line),
        tables=tables,
        retired=Retirement(reason="gone") if retired else None,
    )


def scenario(name: str, *tables: ExampleTable, text: str = "Given, when, then.") -> Scenario:
    return Scenario(id=name, text=text, span=SPAN, place=at(3), tables=tables)


def story(name: str, *scenarios: Scenario) -> UserStory:
    return UserStory(
        id=name,
        title="Title",
        priority="P1",
        text="A story.",
        span=SPAN,
        place=at(2),
        scenarios=scenarios,
    )


def component(
    name: str,
    *,
    files: tuple[str, ...] | None = None,
    implements: tuple[str, ...] = ("FR-001",),
    depends_on: tuple[str, ...] = (),
    commands: Sequence[str] = (),
    interface: str = "def f(): ...",
    text: str = "",
    line: int = 1,
) -> Component:
    return Component(
        id=name,
        name=f"part {name}",
        files=(f"src/{name.lower()}.py",) if files is None else files,
        implements=implements,
        depends_on=depends_on,
        commands={word: ("python", "-m", word) for word in commands},
        responsibility="Does it.",
        interface=interface,
        interface_place=at(line + 1, "specs/001-wallet/plan.md"),
        language="python",
        text=text or f"### {name}: part\n\nDoes it.\n\n```python\n{interface}\n```\n",
        span=SPAN,
        place=at(line, "specs/001-wallet/plan.md"),
    )


def decision(name: str, *serves: str) -> Decision:
    return Decision(
        id=name, title="Choice", text="We chose.", serves=serves, span=SPAN, place=at(5, "plan.md")
    )


def task(name: str, *refs: str) -> Task:
    return Task(
        id=name,
        done=False,
        parallel=False,
        story="",
        text="Do it",
        refs=refs,
        components=(),
        files=(),
        depends_on=(),
        span=SPAN,
        place=at(6, "tasks.md"),
    )


def feature(
    *,
    number: str = "001",
    requirements: Sequence[Requirement] = (),
    stories: Sequence[UserStory] = (),
    components: Sequence[Component] = (),
    decisions: Sequence[Decision] = (),
    tasks: Sequence[Task] = (),
    target: str = "python",
    fields: dict[str, str] | None = None,
) -> Feature:
    folder = f"specs/{number}-wallet"
    context = TechnicalContext(target=target, fields=fields or {}, place=at(4, f"{folder}/plan.md"))
    return Feature(
        number=number,
        slug="wallet",
        folder=folder,
        spec=Spec(
            source=Source(path=f"{folder}/spec.md", data=b""),
            title="Wallet",
            requirements=tuple(requirements),
            stories=tuple(stories),
        ),
        plan=Plan(
            source=Source(path=f"{folder}/plan.md", data=b""),
            title="Wallet",
            context=context,
            components=tuple(components),
            decisions=tuple(decisions),
        ),
        tasks=TaskList(source=Source(path=f"{folder}/tasks.md", data=b""), tasks=tuple(tasks)),
    )


def project(*features: Feature) -> Project:
    return Project(features=features)


def interface(*names: Declared, digest: str = "interface") -> CodeInterface:
    return CodeInterface(names=names, digest=digest)


def function(name: str, *parameters: str) -> Declared:
    return Declared(
        name=name, kind=DeclaredKind.FUNCTION, parameters=parameters, required=parameters
    )


def type_(
    name: str,
    *members: str,
    parameters: tuple[str, ...] = (),
    reached: bool = True,
    bases: tuple[str, ...] | None = (),
) -> Declared:
    return Declared(
        name=name,
        kind=DeclaredKind.TYPE,
        members=members,
        parameters=parameters,
        reached=reached,
        bases=bases,
    )


def error(name: str) -> Declared:
    return Declared(name=name, kind=DeclaredKind.ERROR, reached=False)


def constant(name: str) -> Declared:
    return Declared(name=name, kind=DeclaredKind.CONSTANT, reached=False)


def summarise(
    project: Project, interfaces: Mapping[str, CodeInterface] | None = None
) -> list[FeatureSummary]:
    """The summaries of all features of a project."""
    return [summarise_feature(item, interfaces=interfaces or {}) for item in project.features]


def index_project(project: Project, interfaces: Mapping[str, CodeInterface] | None = None) -> Index:
    """The index of a whole project."""
    return index_summaries(list_articles(project.constitution), summarise(project, interfaces))


def check_project(
    project: Project, interfaces: Mapping[str, CodeInterface], *, targets: Collection[str]
) -> list[Problem]:
    """Every structural problem of a project: of each feature by itself, and between them."""
    problems = [
        problem
        for feature in project.features
        for problem in check_feature(feature, interfaces, targets=targets)
    ]
    summaries = summarise(project, interfaces)
    return [*problems, *check_structure(summaries, index=index_project(project, interfaces))]
