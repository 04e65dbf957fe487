"""Short ways to read a document in a test."""

from __future__ import annotations

from headwater.spec.model import Constitution, Plan, Problem, Source, Spec, TaskList
from headwater.spec.read_constitution import read_constitution
from headwater.spec.read_plan import read_plan
from headwater.spec.read_spec import read_spec
from headwater.spec.read_tasks import read_tasks


def source_of(text: str, *, path: str = "specs/001-demo/spec.md") -> Source:
    """A source with this text."""
    return Source(path=path, data=text.encode())


def spec_of(text: str) -> Spec:
    """The spec that this text is."""
    return read_spec(source_of(text))


def spec_with(table: str) -> Spec:
    """A spec whose one requirement has this table; the table begins in line 3."""
    return spec_of(f"- **FR-001**: a\n\n{table}\n")


def plan_of(text: str) -> Plan:
    """The plan that this text is."""
    return read_plan(source_of(text, path="plan.md"))


def tasks_of(text: str) -> TaskList:
    """The task list that this text is."""
    return read_tasks(source_of(text, path="tasks.md"))


def constitution_of(text: str) -> Constitution:
    """The constitution that this text is."""
    return read_constitution(source_of(text, path="constitution.md"))


def at(problem: Problem) -> tuple[str, int, int]:
    """A problem's code, line and column."""
    return problem.code, problem.place.line, problem.place.column
