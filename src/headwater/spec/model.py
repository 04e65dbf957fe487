"""The documents as frozen values, each with the exact bytes that it came from.

Ids are local to their feature here (`FR-003`); `headwater.spec.ids` makes refs of them. A text is
what stands between `span.start` and `span.end`, without what has an id or a meaning of its own in
there (nested requirements, example tables, scenarios), without its list item's indentation, and
with LF at the ends of lines. `headwater.graph` normalises it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.spec.article_sources import ArticleSource
    from headwater.spec.examples import ExampleTable
    from headwater.spec.marks import Change, Retirement
    from headwater.spec.questions import Answer, Clarification
    from headwater.spec.side_documents import Checklist, DataModel, Research, Resolution
    from headwater.spec.statements import Assumption, EdgeCase, Entity, LooseScenario, Unnumbered


class Span(NamedTuple):
    """A half-open range of byte offsets into one document. A tuple, since there are very many."""

    start: int
    end: int


class Severity(Enum):
    """How much a problem matters: an error stops `build`, a warning is only reported."""

    ERROR = "error"
    WARNING = "warning"


class Place(NamedTuple):
    """A path in the repository; line and column from 1, in characters; column 0 is the line."""

    path: str
    line: int
    column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" + (f":{self.column}" if self.column else "")


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """What was expected and what was found; `code` is stable, `hint` says what to do."""

    code: str
    message: str
    place: Place
    hint: str = ""
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One document's bytes and where they came from. The bytes are valid UTF-8."""

    path: str
    data: bytes

    def text(self, span: Span) -> str:
        """The text of `span`."""
        return self.data[span.start : span.end].decode()

    def place(self, offset: int) -> Place:
        """The place of the byte at `offset`."""
        start = self.data.rfind(b"\n", 0, offset) + 1
        column = len(self.data[start:offset].decode(errors="replace")) + 1
        return Place(path=self.path, line=self.data.count(b"\n", 0, offset) + 1, column=column)


@dataclass(frozen=True, kw_only=True, slots=True)
class Requirement:
    """`- **FR-003**: …`, functional (`FR-`) or not (`NFR-`); `text` is without id and marks.

    Refs are as written: those that its marks name, and the others that its text mentions.
    """

    id: str
    text: str
    span: Span
    place: Place
    tables: tuple[ExampleTable, ...] = ()
    retired: Retirement | None = None
    changes: tuple[Change, ...] = ()
    refines: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Scenario:
    """One acceptance scenario of a story; its id is the story's with its number: `US1.2`."""

    id: str
    text: str
    span: Span
    place: Place
    tables: tuple[ExampleTable, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class UserStory:
    """`### User Story 1 - Title (Priority: P1)`; its id is `US1`."""

    id: str
    title: str
    priority: str
    text: str
    span: Span
    place: Place
    scenarios: tuple[Scenario, ...] = ()
    tables: tuple[ExampleTable, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class SuccessCriterion:
    """`- **SC-001**: …`, an outcome that can be measured."""

    id: str
    text: str
    span: Span
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Spec:
    """A feature's `spec.md`. `problems` are all of the document, those of its tables included."""

    source: Source
    title: str
    stories: tuple[UserStory, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    criteria: tuple[SuccessCriterion, ...] = ()
    clarifications: tuple[Clarification, ...] = ()
    answers: tuple[Answer, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    edge_cases: tuple[EdgeCase, ...] = ()
    entities: tuple[Entity, ...] = ()
    unnumbered: tuple[Unnumbered, ...] = ()
    loose_scenarios: tuple[LooseScenario, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """`### D1: title` of a plan, with the refs that it serves."""

    id: str
    title: str
    text: str
    serves: tuple[str, ...]
    span: Span
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Component:
    """`### C1: name` of a plan: the unit of derivation.

    Attributes:
        files: paths relative to the repository, first the one that holds the interface.
        implements: refs as written (`FR-003`, `US1.2`, `002/FR-001`).
        depends_on: component ids, as written (`C1`, `001/C4`).
        commands: what the first word of a Run row starts, as argument lists:
            `{"wallet": ("python", "-m", "wallet.cli")}`.
        interface: the fenced block's code, without the fences; empty when there is none.
        interface_place: the first line of that code.
        language: the fence's info word (`python`).
    """

    id: str
    name: str
    files: tuple[str, ...]
    implements: tuple[str, ...]
    depends_on: tuple[str, ...]
    commands: Mapping[str, tuple[str, ...]]
    responsibility: str
    interface: str
    interface_place: Place
    language: str
    text: str
    span: Span
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class TechnicalContext:
    """`## Technical Context`: a `target` such as `python`, and every `**Name**: value`."""

    target: str
    fields: Mapping[str, str]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """A feature's `plan.md`. `context` is None when it has none; `key_decisions` have no ids."""

    source: Source
    title: str
    context: TechnicalContext | None
    decisions: tuple[Decision, ...] = ()
    components: tuple[Component, ...] = ()
    key_decisions: tuple[Resolution, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """`- [ ] T004 [P] [US1] Implement … in src/x.py (FR-001; C1; depends on T003)`."""

    id: str
    done: bool
    parallel: bool
    story: str
    text: str
    refs: tuple[str, ...]
    components: tuple[str, ...]
    files: tuple[str, ...]
    depends_on: tuple[str, ...]
    span: Span
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskList:
    """A feature's `tasks.md`."""

    source: Source
    tasks: tuple[Task, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleCheck:
    """An entry of `enforce:`. `scope` is a glob (`**` if not given), `arguments` its other keys."""

    check: str
    scope: str
    severity: Severity
    arguments: Mapping[str, object]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """One principle of the constitution; `id` is its Roman numeral (`I`), or its number."""

    id: str
    title: str
    text: str
    checks: tuple[ArticleCheck, ...]
    span: Span
    place: Place
    sources: tuple[ArticleSource, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Constitution:
    """`.specify/memory/constitution.md`."""

    source: Source
    title: str
    articles: tuple[Article, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Feature:
    """One folder `specs/NNN-slug`: `number` is `001`, `slug` is `wallet`, `folder` the path."""

    number: str
    slug: str
    folder: str
    spec: Spec | None = None
    plan: Plan | None = None
    tasks: TaskList | None = None
    research: Research | None = None
    data_model: DataModel | None = None
    checklists: tuple[Checklist, ...] = ()
    contracts: tuple[Source, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Project:
    """Every document of a repository. `problems` are those of no single document."""

    constitution: Constitution | None = None
    features: tuple[Feature, ...] = ()
    problems: tuple[Problem, ...] = ()
