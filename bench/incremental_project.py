"""A project of hubs, diamonds, chains and leaves, its code, and the edits that a person makes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PER_FEATURE = 100  # components
_TEXT = "in one step"
_SPOKES = 20  # components of a feature that depend on its hub
_DIAMONDS = 10
_CHAIN = 10
_VALUES = (0, 1)  # what every function is tried with


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """A component `NNN/Cn` with one function: it adds a number to what its needs give.

    Attributes:
        number: counted from 1 over the whole project.
        needs: numbers of the components whose functions it calls.
        added: the number that it adds.
        text: what its requirement says besides; another text asks for another body.
        parameter: a second parameter of its function, as it is declared; empty for none.
    """

    number: int
    needs: tuple[int, ...] = ()
    added: int = 1
    text: str = _TEXT
    parameter: str = ""

    @property
    def feature(self) -> int:
        """The number of its feature."""
        return (self.number - 1) // PER_FEATURE + 1

    @property
    def local(self) -> int:
        """Its number within the feature."""
        return (self.number - 1) % PER_FEATURE + 1

    @property
    def ref(self) -> str:
        """`001/C1`."""
        return f"{self.feature:03d}/C{self.local}"

    @property
    def prose(self) -> str:
        """What is asked of it."""
        return (
            f"Counter {self.number} MUST add {self.added} to a value and to what it is given, "
            f"{self.text}"
        )

    @property
    def signature(self) -> str:
        """Its function's head, without the colon."""
        more = f", {self.parameter}" if self.parameter else ""
        return f"def count_{self.number}(value: int{more}) -> int"

    @property
    def code(self) -> str:
        """Its function, without the imports of those that it calls."""
        parts = ["value", *(f"count_{need}(value)" for need in self.needs), str(self.added)]
        total = " + ".join(parts)
        if self.text == _TEXT:
            return f"{self.signature}:\n    return {total}\n"
        return f"{self.signature}:\n    total = {total}\n    return total\n"


Project = dict[int, Node]


def make_project(total: int) -> Project:
    """Nodes by number: in every feature a hub with spokes, then diamonds, a chain, and leaves.

    The hub of every feature but the first needs the hub of the one before.
    """
    nodes: Project = {}
    for first in range(1, total + 1, PER_FEATURE):
        size = min(PER_FEATURE, total - first + 1)
        for local, needs in enumerate(_shape(size), 1):
            own = tuple(first + need - 1 for need in needs)
            before = (first - PER_FEATURE,) if local == 1 and first > 1 else ()
            number = first + local - 1
            nodes[number] = Node(number=number, needs=own + before, added=number)
    return nodes


def _shape(size: int) -> list[tuple[int, ...]]:
    """What each component of a feature needs, by their numbers within it."""
    needs: list[tuple[int, ...]] = [(), *[(1,)] * _SPOKES]
    for _ in range(_DIAMONDS):
        base = len(needs) + 1
        needs += [(), (base,), (base,), (base + 1, base + 2)]
    needs += [(), *((len(needs) + step,) for step in range(1, _CHAIN))]
    return (needs + [()] * size)[:size]


def find_leaf(project: Project) -> Node:
    """The last component that nothing needs."""
    needed = {need for node in project.values() for need in node.needs}
    return next(node for node in reversed(project.values()) if node.number not in needed)


def find_hub(project: Project) -> Node:
    """The component that most others need."""
    uses = [need for node in project.values() for need in node.needs]
    return project[max(project, key=uses.count)]


def list_dependents(project: Project, hub: Node) -> list[Node]:
    """The components that call it themselves."""
    return [node for node in project.values() if hub.number in node.needs]


def change_node(project: Project, number: int, **changes: object) -> Project:
    """The project with one node changed."""
    # `replace` cannot know the types of keywords that are passed on.
    return {**project, number: replace(project[number], **changes)}  # type: ignore[arg-type]


def list_examples(project: Project, node: Node) -> list[tuple[int, int]]:
    """Values, and what its function gives for them."""
    return [(value, _value_of(project, node, value)) for value in _VALUES]


def write_documents(project: Project) -> Mapping[str, str]:
    """Specs and plans, path to text."""
    documents = {}
    for feature in dict.fromkeys(node.feature for node in project.values()):
        own = [node for node in project.values() if node.feature == feature]
        folder = f"specs/{feature:03d}-area-{feature}"
        documents[f"{folder}/spec.md"] = _write_spec(feature, own, project)
        documents[f"{folder}/plan.md"] = _write_plan(feature, own, project)
    return documents


def write_answers(project: Project) -> Mapping[str, list[str]]:
    """The right answer for every component, as the script of a model."""
    return {f"implement {node.ref}": [f"```python\n{node.code}```\n"] for node in project.values()}


def reformat_documents(documents: Mapping[str, str]) -> Mapping[str, str]:
    """The same meaning in another form: prose wrapped, lists renumbered, sections moved."""
    return {
        path: _reformat_spec(text) if path.endswith("spec.md") else _reverse_sections(text)
        for path, text in documents.items()
    }


def _write_spec(feature: int, own: Sequence[Node], project: Project) -> str:
    items = "\n".join(_write_requirement(node, project) for node in own)
    return f"# Feature Specification: Area {feature}\n\n## Requirements\n\n{items}"


def _write_requirement(node: Node, project: Project) -> str:
    rows = "".join(
        f"  | `count_{node.number}({value})` | `{result}` |\n"
        for value, result in list_examples(project, node)
    )
    return (
        f"- **FR-{node.local:03d}**: {node.prose}:\n\n"
        "  1. read what it is given\n  2. give the sum\n\n"
        f"  | Call | Result |\n  | --- | --- |\n{rows}"
    )


def _write_plan(feature: int, own: Sequence[Node], project: Project) -> str:
    components = "\n".join(_write_component(node, project) for node in own)
    return (
        f"# Implementation Plan: Area {feature}\n\n## Technical Context\n\n**Target**: python\n\n"
        f"## Components\n\n{components}"
    )


def _write_component(node: Node, project: Project) -> str:
    needs = ", ".join(project[need].ref for need in node.needs) or "none"
    return (
        f"### C{node.local}: count_{node.number}\n\n"
        f"**File**: `src/area_{node.feature}/count_{node.number}.py`\n"
        f"**Implements**: FR-{node.local:03d}\n**Depends on**: {needs}\n\n"
        f"**Interface**:\n\n```python\n{node.signature}: ...\n```\n"
    )


def _value_of(project: Project, node: Node, value: int) -> int:
    return value + node.added + sum(_value_of(project, project[n], value) for n in node.needs)


def _reformat_spec(text: str) -> str:
    head, mark, body = text.partition("## Requirements\n\n")
    items = [f"- **FR-{part}".rstrip() for part in body.split("- **FR-")[1:]]
    wrapped = [item.replace(" to a value", "\n  to  a value") for item in items]
    renumbered = [item.replace("  1. ", "  3. ").replace("  2. ", "  4. ") for item in wrapped]
    return head + mark + "\n\n".join(reversed(renumbered)) + "\n"


def _reverse_sections(text: str) -> str:
    head, mark, body = text.partition("## Components\n\n")
    sections = [f"### C{part}".rstrip() for part in body.split("### C")[1:]]
    return head + mark + "\n\n".join(reversed(sections)) + "\n"
