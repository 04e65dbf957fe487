"""The row that a failure adds to the spec, and a sentence for it where the spec is silent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headwater.graph.digest import digest_text
from headwater.graph.drafts import drafts_path
from headwater.operations.drafting.change_subject import find_last_table, prepare_subject
from headwater.operations.drafting.judge_draft import foresee_findings
from headwater.operations.drafting.present_change import ChangePresenter, Making
from headwater.operations.drafting.publish import refuse_uncommitted
from headwater.spec.ids import split_ref
from headwater.spec.model import Severity
from headwater.steps.change.draft_text import draft_text
from headwater.steps.change.subject import ChangeDraft, NewTable
from headwater.steps.drafting.asking import DraftError

if TYPE_CHECKING:
    from headwater.operations.drafting.change_report import ProposedChange
    from headwater.operations.drafting.ports import DraftPorts
    from headwater.operations.standing.survey import Survey
    from headwater.operations.triage.find_case import Case
    from headwater.operations.triage.model_access import ModelAccess
    from headwater.spec.examples import ExampleTable
    from headwater.steps.change.subject import ChangeSubject, TextChange
    from headwater.steps.triage.claims import Claim
    from headwater.workspace.repository import Repository

STEP = "triage"


@dataclass(frozen=True, kw_only=True, slots=True)
class RowProposer:
    """Proposes the change of one requirement; nothing is written.

    Attributes:
        repository, survey: where.
        ports: languages and rules.
        models: whom to ask.
    """

    repository: Repository
    survey: Survey
    ports: DraftPorts
    models: ModelAccess

    def propose(self, case: Case, ref: str, *, reword: bool) -> ProposedChange:
        """The row below a requirement.

        Args:
            case: the call with its result.
            ref: the requirement.
            reword: also draft a sentence that says it; it is left out where it will not do.

        Raises:
            HeadwaterError: the document has uncommitted changes, or has no place for the row.
            ModelError: a model could not be reached, or refused.
        """
        number = split_ref(ref)[0]
        # The words of the report are no wish: only what was tried and agreed to is.
        wish = f"{case.claim.shown} {_tell_result(case.claim)}"
        subject = prepare_subject(self.survey, number, ref=ref, wish=wish)
        path = subject.spec.source.path
        refuse_uncommitted(self.repository, (path, drafts_path(path)))
        plain = _draft_row(case, last=find_last_table(subject.spec, ref))
        if not reword or subject.requirement is None:
            return self._present(subject, plain, ref)
        try:
            text = self._draft_text(subject, ref)
            whole = self._present(subject, replace(plain, text=text), ref)
        except DraftError as error:
            return self._present(subject, replace(plain, notes=(_tell(error.message),)), ref)
        assert whole.draft is not None, "a change that is presented has a draft"
        if text is None:
            return whole
        found = foresee_findings(self.repository, whole.draft.documents, ports=self.ports)
        errors = [one for one in found if one.severity is Severity.ERROR]
        if errors:
            note = _tell(f"`check` would find that {errors[0].message}")
            return self._present(subject, replace(plain, notes=(note,)), ref)
        warnings = tuple(f"`check` would warn that {one.message}." for one in found)
        return replace(whole, notes=(*whole.notes, *warnings))

    def _draft_text(self, subject: ChangeSubject, ref: str) -> TextChange | None:
        assert subject.requirement is not None, "rows are added to what is there"
        return draft_text(
            subject,
            subject.requirement,
            about=ref,
            drafter=self.models.drafter,
            ledger=self.models.ledger,
        )

    def _present(self, subject: ChangeSubject, draft: ChangeDraft, ref: str) -> ProposedChange:
        made = Making(
            step=STEP,
            seed=self.ports.seed,
            request=digest_text(subject.wish),
            ledger=self.models.ledger,
        )
        presenter = ChangePresenter(repository=self.repository, survey=self.survey, made=made)
        return presenter.present(subject, draft, ref=ref)


def _draft_row(case: Case, *, last: ExampleTable | None) -> ChangeDraft:
    """The row beside others like it; a command in a table of its own, since it starts anew.

    Args:
        case: the row.
        last: the table that a scenario has; None for a requirement.
    """
    claim = case.claim
    if claim.is_command:
        table = NewTable(header=claim.header, rows=(claim.cells,), behind=last)
        return ChangeDraft(tables=(table,), drafted=case.by_model)
    return ChangeDraft(added=(claim.cells,), drafted=case.by_model)


def _tell_result(claim: Claim) -> str:
    if claim.is_command:
        return f"prints {claim.wanted}" if claim.result else f"ends in {claim.wanted}"
    return claim.result if claim.result.startswith("raises") else f"gives {claim.result}"


def _tell(why: str) -> str:
    return f"No sentence is proposed, the row alone: {why}"
