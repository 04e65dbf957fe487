"""The way on from a verdict: a row for the spec, another look at the tests, or a question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headwater.graph.index import ItemKind
from headwater.operations.triage.propose import RowProposer
from headwater.operations.triage.report import Verdict
from headwater.operations.triage.withdraw import find_refuted
from headwater.spec.splice import SpliceError
from headwater.steps.drafting.asking import DraftError

if TYPE_CHECKING:
    from headwater.operations.drafting.ports import DraftPorts
    from headwater.operations.standing.survey import Survey
    from headwater.operations.triage.judge import Judged
    from headwater.operations.triage.model_access import ModelAccess
    from headwater.operations.triage.report import TriageReport
    from headwater.workspace.repository import Repository

_BUILD = "`headwater build` derives the code again."
_ABSENT = (
    "Look for what is different where it was seen: the version, the input, the way of calling."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class WayFinder:
    """Finds the way on; nothing is written.

    Attributes:
        repository, survey: where.
        ports: languages and rules.
        models: whom to ask for a sentence.
    """

    repository: Repository
    survey: Survey
    ports: DraftPorts
    models: ModelAccess

    def find_way(self, report: TriageReport, judged: Judged) -> TriageReport:
        """The report with a proposal, a question, or advice.

        Raises:
            HeadwaterError: the spec has uncommitted changes.
            ModelError: a model could not be reached, or refused.
        """
        match judged.verdict:
            case Verdict.GENERATION if judged.failing:
                withdrawn = find_refuted(self.survey, judged.failing)
                report = replace(report, withdrawn=withdrawn, advice=_BUILD)
            case Verdict.GENERATION:
                report = self._add_row(report, judged, reword=False)
            case Verdict.GAP if judged.case is not None and judged.case.claim.wanted:
                report = self._add_row(report, judged, reword=True)
            case Verdict.GAP | Verdict.OPEN:
                report = replace(report, question=_ask(report))
            case Verdict.OTHERWISE:
                report = replace(report, advice=_tell_change(judged.ref))
            case Verdict.ABSENT:
                report = replace(report, advice=_ABSENT)
        models = tuple(self.models.ledger.models)
        usage, refused = self.models.ledger.usage, self.models.ledger.refused
        return replace(report, models=models, usage=usage, refused=refused)

    def _add_row(self, report: TriageReport, judged: Judged, *, reword: bool) -> TriageReport:
        items = self.survey.reading.index.items
        assert judged.case is not None, "a row has a call"
        refs = [one for one in (judged.ref, *report.refs) if one in items]
        # A scenario's rows tell its story; only what starts anew can stand beside them.
        takes = {ItemKind.REQUIREMENT}
        takes |= {ItemKind.SCENARIO} if judged.case.claim.is_command else set()
        ref = next((one for one in refs if items[one].kind in takes), "")
        row = f"`| {' | '.join(judged.case.claim.cells)} |`"
        if not ref:
            where = refs[0] if refs else f"a requirement of {report.component}"
            return replace(report, advice=f"Add the row {row} below {where}.")
        proposer = RowProposer(
            repository=self.repository,
            survey=self.survey,
            ports=self.ports,
            models=self.models,
        )
        try:
            change = proposer.propose(judged.case, ref, reword=reword)
        except (DraftError, SpliceError) as error:
            advice = f"Add the row {row} to {ref} yourself: {error.message}."
            return replace(report, advice=advice)
        return replace(report, change=change, advice=_BUILD)


def _tell_change(ref: str) -> str:
    return f'If the report is right, change the spec: `headwater change "…" --ref {ref}`.'


def _ask(report: TriageReport) -> str:
    if not report.call:
        return (
            "Which call fails, and what should it come to? "
            "Say `headwater triage --example 'average([]) = 0'`."
        )
    call = report.call.strip("`")
    return (
        f"What should `{call}` come to? It {report.actual}. "
        f"Say `headwater triage --example '{call} = …'`."
    )
