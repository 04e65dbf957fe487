"""What is asked of `headwater triage`, and what it answers: a verdict, its evidence, the way on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.llm.interface import Usage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from headwater.operations.drafting.change_report import ProposedChange
    from headwater.operations.drafting.ports import DraftPorts
    from headwater.steps.deriving.workbench import Workbench
    from headwater.targets.interface import Target


class Verdict(Enum):
    """What is wrong, if anything is."""

    GENERATION = "the generated code is wrong"
    GAP = "the spec leaves it open"
    OTHERWISE = "the spec says otherwise"
    ABSENT = "it does not happen here"
    OPEN = "not decided"


class Step(Enum):
    """What evidence bears on."""

    PLACE = "place"
    CASE = "case"
    RESULT = "result"
    VERDICT = "verdict"


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """One reason, as a sentence.

    Attributes:
        step: what it bears on.
        text: the reason.
        place: `specs/001-wallet/spec.md:12`; empty where it has none.
        by_model: a model said so; otherwise it follows from documents, code and a run.
    """

    step: Step
    text: str
    place: str = ""
    by_model: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TriageRequest:
    """A failure as it was reported; one of the first three is given.

    Attributes:
        text: a traceback, the output of a test run, or an issue in words.
        test: a test, as its runner names it.
        example: a row, `average([]) = 0`.
        component: where it fails, if the one who asks knows; `C2`, `001/C2`.
    """

    text: str = ""
    test: str = ""
    example: str = ""
    component: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TriagePorts:
    """What `wiring` provides: languages and models, and a sandbox that is opened when needed."""

    drafting: DraftPorts
    open_workbench: Callable[[Target], Workbench]

    @property
    def targets(self) -> Mapping[str, Target]:
        """Languages that can be derived for, by name."""
        return self.drafting.targets


@dataclass(frozen=True, kw_only=True, slots=True)
class TriageReport:
    """A failure, traced. Nothing is written yet.

    Attributes:
        verdict: what is wrong.
        component: where; `001/C2`.
        refs: what the failing code serves, nearest first.
        evidence: every reason, in the order in which it was found.
        call: the call that was tried, as a row has it; empty where tests told enough.
        expected: what it should come to; empty where nobody says.
        actual: what it comes to: `returned 5`.
        question: what a person must answer before there is a way on; empty where there is one.
        advice: what to do by hand, where nothing is proposed.
        change: the change of the spec that is proposed; None for none.
        withdrawn: components whose records say that they passed tests which they fail.
        models: who was asked.
        usage: of all model calls.
        refused: answers that did not fit and were asked for again.
    """

    verdict: Verdict
    component: str
    refs: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    call: str = ""
    expected: str = ""
    actual: str = ""
    question: str = ""
    advice: str = ""
    change: ProposedChange | None = None
    withdrawn: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    usage: Usage = field(default_factory=Usage)
    refused: int = 0

    @property
    def has_way(self) -> bool:
        """Whether there is something that a person can agree to."""
        return bool(self.change or self.withdrawn)


class NoPlaceError(HeadwaterError):
    """A report that names nothing which was derived here."""
