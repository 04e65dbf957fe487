"""`headwater change`: the small path. One requirement with its examples, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.drafts import drafts_path
from headwater.operations.drafting.change_report import (
    STEP,
    ChangeRequest,
    ProposedChange,
    find_done,
    identify_document,
    identify_request,
)
from headwater.operations.drafting.change_subject import (
    find_target,
    list_candidates,
    prepare_subject,
)
from headwater.operations.drafting.present_change import ChangePresenter, Making
from headwater.operations.drafting.publish import publish_draft, refuse_uncommitted
from headwater.operations.standing.survey import take_survey
from headwater.spec.ids import qualify, split_ref
from headwater.steps.change.choose import NEW, choose_requirement
from headwater.steps.change.draft import draft_change
from headwater.steps.change.edits import name_next
from headwater.steps.drafting.asking import DraftError, Ledger
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from headwater.graph.summary import FeatureSummary
    from headwater.operations.drafting.ports import DraftPorts
    from headwater.operations.drafting.report import DraftReport
    from headwater.operations.standing.survey import Survey
    from headwater.steps.change.candidates import Candidate
    from headwater.steps.drafting.drafter import Drafter
    from headwater.workspace.repository import Repository


def propose_change(
    path: Path,
    request: ChangeRequest,
    *,
    ports: DraftPorts,
    choose: Callable[[Sequence[Candidate]], str] | None = None,
) -> ProposedChange:
    """Draft a change, and write nothing.

    Args:
        path: a folder of the repository.
        request: what is asked for.
        ports: languages and models.
        choose: asks a person which requirement is meant, and gives its ref or `new`; None where
            nobody can be asked.

    Raises:
        HeadwaterError: there is no such feature or requirement, it is not clear which is meant,
            the document has uncommitted changes, or no usable draft came about.
        ModelError: a model could not be reached, or refused.
    """
    repository = open_repository(path)
    survey = take_survey(repository.root, targets=ports.targets, kept=ports.kept)
    target = find_target(repository, survey, feature=request.feature, ref=request.ref)
    done = find_done(repository, survey, request)
    if done is not None:
        return done
    if len(target.features) == 1:
        _refuse_uncommitted(repository, f"{target.features[0].folder}/spec.md")
    ledger = Ledger()
    with ports.open_drafter() as drafter:
        ref = target.ref or _choose(request, survey, target.features, drafter, ledger, choose)
        if ref == NEW:
            target = find_target(repository, survey, feature=target.only_feature, ref=NEW)
            ref = ""
        number = split_ref(ref)[0] or target.features[0].number
        return _Proposer(
            repository=repository,
            survey=survey,
            request=request,
            drafter=drafter,
            ledger=ledger,
        ).propose(number, ref)


def commit_change(path: Path, proposed: ProposedChange, *, ports: DraftPorts) -> DraftReport:
    """Commit what `propose_change` drafted.

    Raises:
        ProblemsError: `check` finds new errors in the document, such as examples that contradict
            each other; nothing was committed.
        HeadwaterError: the document changed since the proposal.
    """
    repository = open_repository(path)
    assert proposed.draft is not None, "there is something to commit"
    if proposed.draft.sources["document"] != identify_document(repository, proposed.path):
        raise HeadwaterError(
            f"{proposed.path} changed since this change was drafted; it is as it was",
            hint="Run the command again.",
        )
    return publish_draft(repository, proposed.draft, ports=ports)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Proposer:
    repository: Repository
    survey: Survey
    request: ChangeRequest
    drafter: Drafter
    ledger: Ledger

    def propose(self, number: str, ref: str) -> ProposedChange:
        """Draft the change of one requirement; an empty ref makes a new one."""
        subject = prepare_subject(self.survey, number, ref=ref, wish=self.request.wish)
        path = subject.spec.source.path
        _refuse_uncommitted(self.repository, path)
        draft = draft_change(subject, feature=number, drafter=self.drafter, ledger=self.ledger)
        name = split_ref(ref)[1] if ref else name_next(subject.spec)
        ref = qualify(name, feature=number)
        if draft.is_empty:
            raise DraftError(
                f"nothing in {ref} would say anything else; the document is as it was",
                hint="Say more plainly what is to change, or name another `--ref`.",
            )
        request = identify_request(self.request)
        made = Making(step=STEP, seed=self.drafter.seed, request=request, ledger=self.ledger)
        presenter = ChangePresenter(repository=self.repository, survey=self.survey, made=made)
        return presenter.present(subject, draft, ref=ref)


def _refuse_uncommitted(repository: Repository, path: str) -> None:
    refuse_uncommitted(repository, (path, drafts_path(path)))


def _choose(
    request: ChangeRequest,
    survey: Survey,
    features: Sequence[FeatureSummary],
    drafter: Drafter,
    ledger: Ledger,
    choose: Callable[[Sequence[Candidate]], str] | None,
) -> str:
    candidates = list_candidates(survey, features)
    chosen = choose_requirement(request.wish, candidates, drafter=drafter, ledger=ledger)
    if chosen.ref:
        return chosen.ref
    if choose is not None:
        return choose(chosen.candidates)
    told = "; ".join(f"{one.ref} ({one.text[:60]}…)" for one in chosen.candidates)
    raise HeadwaterError(
        f"it is not clear which requirement is meant: {told}",
        hint=f"Say which: `--ref {chosen.candidates[0].ref}`, or `--ref new` for a new one.",
    )
