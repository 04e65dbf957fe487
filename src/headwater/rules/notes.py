"""What rules across features need to know of one feature, beyond what its summary holds.

Notes follow from the feature's own documents, and from the interfaces in its plan, alone. They are
small tuples, so that they can be kept as JSON and need not be made again.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from headwater.spec.model import Place


class NotedTask(NamedTuple):
    """A task that is done, with the components (refs) and files that it names."""

    ref: str
    components: tuple[str, ...]
    files: tuple[str, ...]
    path: str
    line: int
    column: int

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(path=self.path, line=self.line, column=self.column)


class NotedDependency(NamedTuple):
    """A package that Technical Context says the feature uses, in one exact version or not."""

    name: str
    pinned: bool
    path: str
    line: int
    column: int

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(path=self.path, line=self.line, column=self.column)


class NotedType(NamedTuple):
    """A type that the interface of a component declares; the line is that of its declaration."""

    component: str
    name: str
    bases: tuple[str, ...]
    members: tuple[str, ...]
    path: str
    line: int


class NotedUse(NamedTuple):
    """A module imported, or a function called, in the interface block of a component.

    `kind` is `import`, `standard` for one of the language's own modules, or `call`. `file` is the
    file that the block will be derived to, `path` and `line` where it stands.
    """

    component: str
    file: str
    kind: str
    name: str
    path: str
    line: int


class FeatureNotes(NamedTuple):
    """One feature.

    Attributes:
        number: of the feature.
        ticked: the tasks that are done and name a file or a component, but for those that take
            something away.
        task_files: every path that a task names, done or not.
        dependencies: packages of Technical Context.
        types: those that interfaces declare.
        decided: names of types that a decision speaks of.
        uses: what interface blocks import and call.
        superseded: requirements that another took the place of, each with that other one's ref.
        excepted: articles that its plan may break, for a reason under Complexity Tracking.
    """

    number: str
    ticked: tuple[NotedTask, ...] = ()
    task_files: tuple[str, ...] = ()
    dependencies: tuple[NotedDependency, ...] = ()
    types: tuple[NotedType, ...] = ()
    decided: tuple[str, ...] = ()
    uses: tuple[NotedUse, ...] = ()
    superseded: tuple[tuple[str, str], ...] = ()
    excepted: tuple[str, ...] = ()


def encode_notes(notes: FeatureNotes) -> bytes:
    """Notes as JSON: rows without names."""
    return json.dumps(notes, ensure_ascii=False, separators=(",", ":")).encode(
        errors="surrogatepass"
    )


def decode_notes(data: bytes) -> FeatureNotes:
    """What `encode_notes` made.

    Raises:
        ValueError, LookupError, TypeError: the bytes are nothing of the kind.
    """
    number, ticked, task_files, dependencies, types, decided, uses, *rest = json.loads(data)
    superseded, excepted = rest
    return FeatureNotes(
        number=number,
        ticked=tuple(NotedTask._make(_freeze(row)) for row in ticked),
        task_files=tuple(task_files),
        dependencies=tuple(NotedDependency._make(row) for row in dependencies),
        types=tuple(NotedType._make(_freeze(row)) for row in types),
        decided=tuple(decided),
        uses=tuple(NotedUse._make(row) for row in uses),
        superseded=tuple((ref, by) for ref, by in superseded),
        excepted=tuple(excepted),
    )


def _freeze(row: list[Any]) -> list[Any]:
    return [tuple(cell) if isinstance(cell, list) else cell for cell in row]
