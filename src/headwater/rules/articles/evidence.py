"""What checks judge by: values that operations gathered, since rules touch no file or process."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from headwater.paths import matches_glob

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.graph.facts import CodeFacts, Coverage
    from headwater.rules.notes import NotedType
    from headwater.spec.model import ArticleCheck, Place, Problem


class Dependency(NamedTuple):
    """A package that a plan or a dependency file names; `pinned` to one exact version or not."""

    name: str
    pinned: bool
    place: Place


class Package(NamedTuple):
    """What is known of an installed package: its licence as SPDX, empty where it does not say."""

    name: str
    licence: str
    requires: tuple[str, ...]


class Scan(NamedTuple):
    """A scanner's findings, with its own names such as `B602` as codes, or why it was not run."""

    scanner: str
    findings: tuple[Problem, ...] = ()
    skipped: str = ""


class NotTestedFirst(NamedTuple):
    """A component without a test, or with one that is written too late."""

    message: str
    remedy: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """What is known. A field that was not gathered is empty, and nothing is found by it.

    Attributes:
        judged: paths of the derived files that are judged.
        handwritten: paths of people's own files, judged by the checks that ask for them.
        code: facts of both, and of the project's own files that these import, by path.
        own: first parts of the names by which the project's own modules are imported.
        texts: of files that secrets are looked for in, by path; documents are among them.
        scan: of the judged files; None where none was asked for.
        coverage: of the judged files, by path; empty where no tests were run.
        dependencies: of plans and dependency files.
        packages: installed ones by normal name, with what they require; those that are asked for
            and not installed are missing.
        paths: files that are there, of those that checks ask for; None where nobody looked.
        testing_faults: where tests are not first.
        planned_types: those that interfaces in plans declare.
        decided: names of types that a decision speaks of.
        judges_plans: whether the plans themselves are judged.
    """

    judged: frozenset[str] = frozenset()
    handwritten: frozenset[str] = frozenset()
    code: Mapping[str, CodeFacts] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    texts: Mapping[str, str] = field(default_factory=dict)
    scan: Scan | None = None
    coverage: Mapping[str, Coverage] = field(default_factory=dict)
    dependencies: tuple[Dependency, ...] = ()
    packages: Mapping[str, Package] = field(default_factory=dict)
    paths: frozenset[str] | None = None
    testing_faults: tuple[NotTestedFirst, ...] = ()
    planned_types: tuple[NotedType, ...] = ()
    decided: frozenset[str] = frozenset()
    judges_plans: bool = False

    def list_judged(self, check: ArticleCheck) -> Iterator[CodeFacts]:
        """The code that a check is of, in the order of paths."""
        return (self.code[path] for path in sorted(self.code) if self.is_judged(path, check))

    def is_judged(self, path: str, check: ArticleCheck) -> bool:
        """Whether a check is of this file."""
        asked = check.arguments.get("handwritten") is True and path in self.handwritten
        return (path in self.judged or asked) and matches_glob(path, check.scope)
