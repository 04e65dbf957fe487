"""What every check of an article is: what it finds, what it is told, what it needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from headwater.spec.model import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from headwater.rules.articles.evidence import Evidence
    from headwater.spec.model import ArticleCheck, Place


class ArgumentKind(Enum):
    """What the value of an argument must be; the value says so in messages."""

    NAMES = "a list of one name or more"
    NUMBER = "a whole number from 1"
    PERCENT = "a whole number from 0 to 100"
    FLAG = "true or false"


@dataclass(frozen=True, kw_only=True, slots=True)
class Argument:
    """An argument of a check. One that is optional has the meaning that `means` says."""

    name: str
    kind: ArgumentKind
    means: str
    optional: bool = False


class Need(Enum):
    """What a check judges by, so that operations gather no more than is asked for."""

    CODE = "facts of code, and of what that imports"
    TEXTS = "texts of files"
    SCAN = "what a security scanner says of code"
    COVERAGE = "which statements tests ran"
    DEPENDENCIES = "what plans and dependency files name"
    PACKAGES = "what is known of installed packages"
    PATHS = "which files there are"
    TESTS = "which components have tests, and when these are written"
    TYPES = "types that plans declare"


ABOUT_CODE = frozenset({Need.CODE, Need.TEXTS, Need.SCAN, Need.COVERAGE})
"""A check that needs one of these judges derived code, which is verified again when it changes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Demand:
    """A check as an article asks for it; its arguments have no problem."""

    article: str
    check: ArticleCheck

    def names(self, argument: str) -> tuple[str, ...]:
        """A list; empty where an optional one is not given."""
        value = self.check.arguments.get(argument)
        return tuple(str(name) for name in value) if isinstance(value, list | tuple) else ()

    def number(self, argument: str) -> int:
        """A number that has to be given."""
        return int(str(self.check.arguments[argument]))

    def flag(self, argument: str, *, default: bool) -> bool:
        """Whether a flag is set."""
        return self.check.arguments.get(argument, default) is True

    def report(self, code: str, message: str, *, place: Place, remedy: str) -> Problem:
        """A breach: the message goes on after “article II”, and the hint names the article's place.

        A breach of an article is as severe as the article says.
        """
        return Problem(
            code=code,
            message=f"article {self.article} {message} ({place})",
            place=place,
            hint=f"{remedy}; the article stands at {self.check.place}.",
            severity=self.check.severity,
        )

    def admit(self, code: str, message: str, *, place: Place, remedy: str) -> Problem:
        """What could not be judged: a warning, however severe the article is."""
        return Problem(
            code=code,
            message=f"article {self.article}: {message}",
            place=place,
            hint=remedy,
            severity=Severity.WARNING,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One check that an article can enforce.

    A check that is asked for wrongly (`arguments.find_argument_problems`, placed in the
    constitution) is another thing than what breaks it (`find`, placed where that stands). `find`
    and `render` are only called with arguments that have no problem.

    Attributes:
        name: what articles call it: `imports.forbidden`.
        finds: what breaks it, and what it leaves alone, for the table of checks.
        why: what goes wrong where it is broken.
        example: an entry of `enforce:` that asks for it.
        arguments: those that it takes besides `scope` and `severity`.
        needs: what it judges by; where that was not gathered it finds nothing.
        find: every breach.
        render: the constraint as a short clause that a prompt can quote; empty for what code has
            no part in.
    """

    name: str
    finds: str
    why: str
    example: str
    arguments: tuple[Argument, ...]
    needs: frozenset[Need]
    find: Callable[[Evidence, Demand], Iterator[Problem]]
    render: Callable[[Demand], str]

    @property
    def judges_code(self) -> bool:
        """Whether derived code can break it."""
        return not self.needs.isdisjoint(ABOUT_CODE)


HANDWRITTEN = Argument(
    name="handwritten",
    kind=ArgumentKind.FLAG,
    means="`true` judges people's own files too",
    optional=True,
)


def render_nothing(_: Demand) -> str:
    """For a check that no code keeps or breaks."""
    return ""
