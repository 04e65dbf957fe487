"""`needless-abstraction`: an abstract type with one implementation, that no decision asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.rules.sample import PLAN
from headwater.spec.model import Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import ProjectSubject
    from headwater.rules.notes import NotedType

# What a type that only others implement says of itself, by the simple names of its bases.
_ABSTRACT_BASES = frozenset({"ABC", "Protocol", "interface"})


def find_needless_abstractions(subject: ProjectSubject) -> Iterator[Finding]:
    """Abstract types with exactly one implementation in all plans, and no decision that names them.

    A type implements another when it names it among its bases, or, for a structural one
    (`Protocol`), when it has all of its members.
    """
    types = [noted for notes in subject.notes for noted in notes.types]
    decided = {name for notes in subject.notes for name in notes.decided}
    for abstract in types:
        if _ABSTRACT_BASES.isdisjoint(abstract.bases) or abstract.name in decided:
            continue
        made = [each for each in types if _implements(each, abstract)]
        if len(made) == 1:
            yield Finding(
                place=Place(path=abstract.path, line=abstract.line),
                message=f"only {made[0].name} of {made[0].component} implements {abstract.name}, "
                "and no decision asks for it",
                hint=f"Use {made[0].name} itself, or say in a decision what {abstract.name} is "
                "for.",
            )


def _implements(concrete: NotedType, abstract: NotedType) -> bool:
    if not _ABSTRACT_BASES.isdisjoint(concrete.bases):
        return False
    structural = "ABC" not in abstract.bases and abstract.members
    return abstract.name in concrete.bases or bool(
        structural and set(abstract.members).issubset(concrete.members)
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
