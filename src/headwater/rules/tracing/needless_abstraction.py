"""`needless-abstraction`: an abstract type with one implementation, that no decision asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.abstractions import TypeShape, find_implemented_once
from headwater.rules.interface import Finding, Rule
from headwater.rules.sample import PLAN
from headwater.spec.model import Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import ProjectSubject


def find_needless_abstractions(subject: ProjectSubject) -> Iterator[Finding]:
    """Abstract types with exactly one implementation in all plans, and no decision that names them.

    `headwater.rules.abstractions` says what implements what.
    """
    types = [noted for notes in subject.notes for noted in notes.types]
    decided = frozenset(name for notes in subject.notes for name in notes.decided)
    shapes = (TypeShape(noted.name, noted.bases, noted.members) for noted in types)
    for number, made in find_implemented_once(shapes, decided=decided):
        abstract, concrete = types[number], types[made]
        yield Finding(
            place=Place(path=abstract.path, line=abstract.line),
            message=f"only {concrete.name} of {concrete.component} implements {abstract.name}, "
            "and no decision asks for it",
            hint=f"Use {concrete.name} itself, or say in a decision what {abstract.name} is for.",
        )


_BLOCK = "def balance(account: str) -> int: ...\n"
_PROTOCOL = """\
from typing import Protocol


class Store(Protocol):
    def read(self, account: str) -> list[int]: ...


class FileStore:
    def read(self, account: str) -> list[int]: ...


def balance(account: str) -> int: ...
"""
_ONE_CLASS = """\
class FileStore:
    def read(self, account: str) -> list[int]: ...


def balance(account: str) -> int: ...
"""
_SECOND_CLASS = """\
class MemoryStore:
    def read(self, account: str) -> list[int]: ...
"""

RULE = Rule(
    name="needless-abstraction",
    title="An abstract type with one implementation, and no decision that asks for it",
    why="Every reader has to look in two places for one thing. A second implementation that may "
    "come some day is easier to make room for when it does come.",
    source="Fowler, Refactoring, 1999: Speculative Generality; Spec Kit's article on simplicity",
    severity=Severity.WARNING,
    bad={"plan.md": PLAN.replace(_BLOCK, _PROTOCOL)},
    good={"plan.md": PLAN.replace(_BLOCK, _ONE_CLASS)},
    alone=(
        # Two implementations.
        {"plan.md": PLAN.replace(_BLOCK, f"{_PROTOCOL}\n\n{_SECOND_CLASS}")},
        # A decision says why.
        {
            "plan.md": PLAN.replace(_BLOCK, _PROTOCOL).replace(
                "**Choice**: whole cents.", "**Choice**: whole cents; `Store` hides where they are."
            )
        },
    ),
    find_in_project=find_needless_abstractions,
)
