"""What a rule about documents is: what it finds, why, cases, and the function that finds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from headwater.graph.index import Index
    from headwater.graph.summary import FeatureSummary
    from headwater.rules.consistency.clauses import Clause
    from headwater.rules.notes import FeatureNotes
    from headwater.rules.passages import Passage
    from headwater.rules.sentences import Sentence
    from headwater.rules.settings import RuleSettings
    from headwater.spec.model import Constitution, Feature, Place, Severity


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One place that a rule finds. `message` tells what was found, `hint` what to do about it."""

    place: Place
    message: str
    hint: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FeatureSubject:
    """One feature, for rules that need nothing but its own documents.

    Attributes:
        feature: its documents.
        passages: what its spec states, each with its text and where it stands.
        statements: the English sentences of its requirements and criteria that hold.
        clauses: what these demand, one modal verb each.
        settings: the bounds that rules are given.
    """

    feature: Feature
    passages: tuple[Passage, ...]
    statements: tuple[Sentence, ...]
    clauses: tuple[Clause, ...]
    settings: RuleSettings


@dataclass(frozen=True, kw_only=True, slots=True)
class ProjectSubject:
    """The whole project, for rules that look across features.

    There may be very many features: a rule works from what stands here, and reads no document.

    Attributes:
        constitution: None where there is none.
        summaries: of every feature, in order.
        index: their items and edges.
        settings: the bounds that rules are given.
        notes: of every feature, in order.
        existing: the files of ticked tasks and of their components, and the first folders of the
            former, that are there.
        derived: the paths that a lock names.
        branches: folders of features on other branches: branch name to folder names below
            `specs/`; empty where that is not known.
    """

    constitution: Constitution | None
    summaries: tuple[FeatureSummary, ...]
    index: Index
    settings: RuleSettings
    notes: tuple[FeatureNotes, ...] = ()
    existing: frozenset[str] = frozenset()
    derived: frozenset[str] = frozenset()
    branches: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


Case = str | Mapping[str, str]
"""Documents that show what a rule finds, or leaves alone.

A text is put under `### Functional Requirements` of a spec that is sound otherwise. A mapping holds
whole documents, path (`specs/001-ledger/plan.md`, or `plan.md` for that feature's) to text. Where
it has `tasks.md` and no `plan.md` a sound one is added, and where it has `plan.md` and no `spec.md`
a sound one of those, so that a case shows only what it is about. `requirements` in place of
`spec.md` is a text as above. `export:specs/001-ledger/spec.md` stands on another branch, `export`.
"""


class FindInFeature(Protocol):
    """Finds in one feature. The result follows from the subject alone, so that it can be kept."""

    def __call__(self, subject: FeatureSubject, /) -> Iterator[Finding]:
        """Every place, in any order."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A rule, with all that its page says.

    Most have one of `find_in_feature` and `find_in_project`; both, where it can be found inside a
    feature and across features; neither, where a reader or the graph finds it before rules are
    asked.

    Attributes:
        name: kebab-case, such as `vague-word`; the code of its findings.
        title: what it finds, as a short phrase.
        why: what goes wrong where it is not heeded, in one to three sentences.
        source: where the rule is from: a standard with its clause, or a paper; may be empty.
        severity: its own; an error fails `check`.
        bad: a case with exactly one finding, of this rule.
        good: the same case mended.
        alone: further cases that it must leave alone.
        essential: `build` relies on it: it cannot be turned down or ignored.
        native_only: it asks for what only Spec Kit's format has, so specs in others are left alone.
    """

    name: str
    title: str
    why: str
    severity: Severity
    bad: Case
    good: Case
    alone: tuple[Case, ...] = ()
    source: str = ""
    essential: bool = False
    native_only: bool = False
    find_in_feature: FindInFeature | None = None
    find_in_project: Callable[[ProjectSubject], Iterator[Finding]] | None = None
