"""`headwater status`: the state of every component, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from headwater.graph.states import State
from headwater.operations.checking.suspect_items import find_suspect_items
from headwater.operations.reviewing.review_documents import count_review_words
from headwater.operations.standing.component_status import ComponentStatus, StatedReason
from headwater.operations.standing.survey import take_survey
from headwater.spec.ids import split_ref
from headwater.spec.model import Severity
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from headwater.graph.index import ItemKind
    from headwater.graph.states import ComponentState, Reason
    from headwater.graph.summary import FeatureSummary
    from headwater.operations.standing.survey import Survey
    from headwater.spec.origin import Origin
    from headwater.targets.interface import Target
    from headwater.workspace.kept_results import KeptResults


class SuspectStatus(NamedTuple):
    """A suspect decision, component or task: `why` ends the sentence that its ref begins."""

    ref: str
    kind: ItemKind
    why: str
    reasons: tuple[StatedReason, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FeatureStatus:
    """A feature: its components in plan order, and its own files once there are any.

    `suspect` are the items of its plan and task list that rest on what has changed, `words` is how
    many of its documents' words a person still has to read (see `review`).
    """

    number: str
    folder: str
    origin: Origin
    has_plan: bool
    components: tuple[ComponentStatus, ...]
    own_files: ComponentStatus | None
    suspect: tuple[SuspectStatus, ...] = ()
    words: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusReport:
    """Where things stand. `errors` counts errors in documents and lock, which `check` lists."""

    features: tuple[FeatureStatus, ...]
    errors: int


def report_status(
    path: Path,
    *,
    targets: Mapping[str, Target],
    kept: KeptResults | None = None,
    count_words: bool = False,
) -> StatusReport:
    """The state of every component of the repository that holds `path`.

    Args:
        path: a folder of the repository.
        targets: languages that can be derived for, by name.
        kept: results of earlier runs; None for none.
        count_words: count how much there is to review, too, which reads every document.

    Raises:
        HeadwaterError: there is no repository, or a document cannot be read.
    """
    repository = open_repository(path)
    survey = take_survey(repository.root, targets=targets, kept=kept)
    words = count_review_words(repository, survey) if count_words else {}
    suspects = tuple(_describe_suspects(survey, kept=kept))
    errors = sum(problem.severity is Severity.ERROR for problem in survey.problems)
    return StatusReport(
        features=tuple(
            replace(
                _describe(survey, item),
                suspect=tuple(one for one in suspects if split_ref(one.ref)[0] == item.number),
                words=words.get(item.number, 0),
            )
            for item in survey.reading.summaries.values()
        ),
        errors=errors,
    )


def list_unsettled(survey: Survey) -> tuple[ComponentStatus, ...]:
    """Components, and features' own files, that are neither fresh nor merely upgradeable."""
    settled = {State.FRESH, State.UPGRADEABLE}
    found = (*survey.states.values(), *survey.feature_states.values())
    return tuple(_describe_state(survey, one) for one in found if one.state not in settled)


def state_reasons(reasons: tuple[Reason, ...]) -> tuple[StatedReason, ...]:
    """Reasons as sentences and in their parts."""
    return tuple(
        StatedReason(text=str(reason), subject=reason.subject, change=reason.change)
        for reason in reasons
    )


def _describe_suspects(survey: Survey, *, kept: KeptResults | None) -> Iterator[SuspectStatus]:
    for one in find_suspect_items(survey, kept=kept):
        yield SuspectStatus(
            ref=one.ref, kind=one.kind, why=one.why, reasons=state_reasons(one.reasons)
        )


def _describe(survey: Survey, feature: FeatureSummary) -> FeatureStatus:
    number = feature.number
    own = survey.feature_states.get(number)
    return FeatureStatus(
        number=number,
        folder=feature.folder,
        origin=survey.reading.origins[number],
        has_plan=feature.has_plan,
        components=tuple(
            _describe_state(survey, found)
            for ref, found in survey.states.items()
            if split_ref(ref)[0] == number
        ),
        own_files=_describe_state(survey, own) if own else None,
    )


def _describe_state(survey: Survey, found: ComponentState) -> ComponentStatus:
    planned = survey.reading.index.components.get(found.component)
    return ComponentStatus(
        ref=found.component,
        name=planned.name if planned else "",
        files=planned.files if planned else (),
        state=found.state,
        reasons=state_reasons(found.reasons),
    )
