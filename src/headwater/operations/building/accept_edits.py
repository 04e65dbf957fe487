"""`headwater build --accept-edits`: edited code stands as it is, with a reason, if it passes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC
from difflib import unified_diff
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.deviations import (
    Deviation,
    choose_valid,
    deviations_path,
    digest_deviation,
    render_deviation,
)
from headwater.graph.digest import digest_bytes
from headwater.graph.states import State
from headwater.graph.vouching import RECORDED
from headwater.operations.building.hand_edits import (
    choose_tests,
    list_hand_edits,
    refuse_uncommitted_documents,
)
from headwater.operations.building.prepare import prepare_feature
from headwater.operations.building.refusals import EditedError, ProblemsError
from headwater.operations.checking.contradictions import describe_contradictions
from headwater.operations.standing.versions import History, has_digest
from headwater.spec.ids import split_ref
from headwater.steps.deriving.given import judge_given
from headwater.workspace.identity import read_identity
from headwater.workspace.publish_files import publish_files

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from headwater.operations.building.hand_edits import HandEdit
    from headwater.operations.standing.survey import Survey
    from headwater.spec.model import Feature
    from headwater.steps.deriving.feature import FeatureWork
    from headwater.steps.deriving.workbench import Workbench
    from headwater.steps.settings import SearchSettings
    from headwater.targets.interface import Target
    from headwater.workspace.repository import Repository

ACCEPTED = "Accepted"
"""The trailer that names a file which stands as it was edited."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AcceptRequest:
    """Edits that may stand.

    Attributes:
        features: numbers of those whose edits are meant.
        reason: why, in the words of the one who accepts.
        now: what the record says.
        base: the commit that was surveyed.
    """

    features: tuple[str, ...]
    reason: str
    now: datetime
    base: str


def accept_edits(
    repository: Repository,
    survey: Survey,
    request: AcceptRequest,
    *,
    settings: SearchSettings,
    open_workbench: Callable[[Target], Workbench],
) -> None:
    """Record that the edited code of some features may stand, feature by feature.

    Args:
        repository: where they lie.
        survey: of it; its documents and lock hold no error.
        request: what is accepted, and why.
        settings: of the search, for the share of tests held out.
        open_workbench: where tests run.

    Raises:
        EditedError: something was edited that cannot be accepted.
        ProblemsError: the code does not pass its tests, or breaks its interface or an article.
        HeadwaterError: no code is edited, or uncommitted work is in the way.
    """
    edited = {number: _choose_edits(survey, number) for number in request.features}
    if not any(edited.values()):
        raise HeadwaterError(
            "expected a derived file that was edited by hand, found none",
            hint="Build without `--accept-edits`; `headwater status` tells what was edited.",
        )
    refuse_uncommitted_documents(repository)
    for number, edits in edited.items():
        if edits:
            feature = survey.reading.find_feature(number)
            target = survey.reading.target_of(feature)
            assert target is not None, "a missing target is an error in the documents"
            work = prepare_feature(
                survey, feature, target=target, todo=frozenset(), settings=settings
            )
            _refuse_failing(work, edits, survey=survey, workbench=open_workbench(target))
            commit = _record(repository, survey, feature, edits, request)
            request = replace(request, base=commit)


def _record(
    repository: Repository,
    survey: Survey,
    feature: Feature,
    edits: Sequence[HandEdit],
    request: AcceptRequest,
) -> str:
    """Commit the edits with the lines that let them stand; returns the commit's id."""
    by, history = str(read_identity(repository)), History(repository)
    accepted = {
        one.path: Deviation(
            path=one.path,
            derived=one.derived,
            sha256=digest_bytes(one.data),
            diff=digest_bytes(_show_difference(history, one).encode()),
            reason=request.reason,
            by=by,
            when=request.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
        for one in edits
    }
    files: dict[str, bytes | None] = {one.path: one.data for one in edits}
    for ref in dict.fromkeys(one.component for one in edits):
        own = [accepted[one.path] for one in edits if one.component == ref]
        files[deviations_path(feature.folder, split_ref(ref)[1])] = _write_lines(survey, ref, own)
    return publish_files(
        repository,
        files,
        message=f"Accept edits of {', '.join(accepted)}",
        trailers={
            "Spec-Ref": ", ".join(dict.fromkeys(one.component for one in edits)),
            RECORDED: ", ".join(map(digest_deviation, accepted.values())),
            ACCEPTED: ", ".join(accepted),
            # A trailer is folded into one line, so that no reason can pose as one that vouches.
            "Reason": request.reason,
        },
        base=request.base,
    )


def _choose_edits(survey: Survey, number: str) -> list[HandEdit]:
    """The edits of a feature's code.

    Raises:
        EditedError: something else was edited, an edit means the same, or its sources changed too.
    """
    edits: list[HandEdit] = []
    for ref, found in (*survey.states.items(), *survey.feature_states.items()):
        if found.state is not State.EDITED or number not in {ref, split_ref(ref)[0]}:
            continue
        own = list(list_hand_edits(survey, ref)) if ref in survey.states else []
        others = [str(one) for one in found.reasons if one.subject not in {e.path for e in own}]
        if others:
            raise EditedError(
                f"only edits of code can be accepted, and only over what is as it was specified; "
                f"{ref} is edited, and besides: {'; '.join(others)}",
                hint="Drop the edit with `headwater revert PATH`, or adopt it with "
                "`headwater adopt PATH`, and build.",
            )
        same = [one.path for one in own if one.reformatted]
        if same:
            raise EditedError(
                f"nothing changed in meaning, so there is nothing to accept: {', '.join(same)}",
                hint=f"`headwater adopt {' '.join(same)}` takes it as it is.",
            )
        edits += own
    return edits


def _refuse_failing(
    work: FeatureWork, edits: Sequence[HandEdit], *, survey: Survey, workbench: Workbench
) -> None:
    given = {one.component: one.text for one in edits}
    choose = choose_tests(survey, given=given, alone=True)
    judged = judge_given(work, given, choose=choose, workbench=workbench)
    paths = ", ".join(one.path for one in edits)
    failed = describe_contradictions(judged.failures, suite=work.suite, path=paths)
    problems = (*judged.problems, *failed)
    if problems:
        raise ProblemsError(
            problems, consequence="the edit was not accepted", where="what was edited"
        )


def _show_difference(history: History, edit: HandEdit) -> str:
    derived = history.find_version(edit.path, accepts=has_digest(edit.derived))
    before = derived.data.decode(errors="replace").splitlines(keepends=True)
    return "".join(unified_diff(before, edit.text.splitlines(keepends=True), n=0))


def _write_lines(survey: Survey, ref: str, accepted: Sequence[Deviation]) -> bytes:
    """The lines of a component: those that still count about other files, and the new ones."""
    valid = choose_valid(survey.lock.deviations.get(ref, ()), survey.lock.records[ref])
    paths = {one.path for one in accepted}
    kept = [one for one in valid if one.path not in paths]
    return "".join(map(render_deviation, (*kept, *accepted))).encode()
