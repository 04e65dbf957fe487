"""`headwater triage`: from a reported failure to what is wrong, and the way on from there."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.scope import suggest_names
from headwater.operations.change import commit_change
from headwater.operations.standing.survey import take_survey
from headwater.operations.triage.find_case import CaseFinder
from headwater.operations.triage.find_place import PlaceFinder
from headwater.operations.triage.find_way import WayFinder
from headwater.operations.triage.ground import Ground, refuse_broken
from headwater.operations.triage.judge import Judge
from headwater.operations.triage.model_access import ModelAccess
from headwater.operations.triage.report import Evidence, NoPlaceError, Step, TriageReport
from headwater.operations.triage.try_case import open_trial
from headwater.operations.triage.withdraw import commit_withdrawal
from headwater.steps.drafting.asking import Ledger
from headwater.steps.triage.claims import read_claim
from headwater.steps.triage.clues import Clues, read_clues
from headwater.steps.triage.runs import read_run_claim
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.operations.triage.find_case import Case
    from headwater.operations.triage.judge import Judged
    from headwater.operations.triage.located import Located
    from headwater.operations.triage.report import TriagePorts, TriageRequest
    from headwater.operations.triage.try_case import Tried
    from headwater.workspace.repository import Repository


def triage(path: Path, request: TriageRequest, *, ports: TriagePorts) -> TriageReport:
    """Trace a failure, and propose the way on; nothing is written.

    Args:
        path: a folder of the repository.
        request: the failure.
        ports: languages, models and the sandbox.

    Raises:
        ProblemsError: documents or lock hold errors.
        HeadwaterError: the report names nothing that was derived here, or what it names is not as
            it was derived.
        ModelError: a model could not be reached, or refused.
        SandboxError: the sandbox could not be set up.
    """
    repository = open_repository(path)
    drafting = ports.drafting
    survey = take_survey(repository.root, targets=ports.targets, kept=drafting.kept)
    refuse_broken(survey)
    ground = Ground(survey=survey)
    with ExitStack() as opened:
        open_drafter = cache(lambda: opened.enter_context(drafting.open_drafter()))
        tracer = _Tracer(
            repository=repository,
            ground=ground,
            request=request,
            clues=_read(request, ground),
            ports=ports,
            models=ModelAccess(open_drafter=open_drafter, ledger=Ledger()),
        )
        return tracer.trace()


def go_on(path: Path, report: TriageReport, *, ports: TriagePorts) -> str:
    """Commit what a report proposes; the commit's id.

    Raises:
        HeadwaterError: documents or lock changed meanwhile.
        ProblemsError: `check` finds new errors in the document.
    """
    if report.change is not None:
        return commit_change(path, report.change, ports=ports.drafting).commit
    repository = open_repository(path)
    survey = take_survey(repository.root, targets=ports.targets, kept=ports.drafting.kept)
    return commit_withdrawal(repository, survey, report.withdrawn)


def _read(request: TriageRequest, ground: Ground) -> Clues:
    if not request.example:
        return read_clues(request.text, functions=ground.functions, commands=ground.commands)
    claim = read_run_claim(request.example, commands=ground.commands) or read_claim(request.example)
    if claim is None:
        raise HeadwaterError(
            f"expected a call and its result, found {request.example!r}",
            hint="Write it as a row, with JSON values: `average([]) = 0`, "
            "`average([]) → raises invalid_argument`, or, of a command that the plan names, "
            f'`stats 2 4 = "3\\n", exit 0`. It names: {", ".join(ground.commands) or "none"}.',
        )
    if not claim.is_command and claim.function not in ground.functions:
        raise NoPlaceError(
            f"no interface declares the function `{claim.function}`",
            hint=suggest_names(claim.function, ground.functions)
            or f"There are: {', '.join(ground.functions) or 'none'}.",
        )
    return Clues(claims=(claim,))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Tracer:
    """One failure, traced."""

    repository: Repository
    ground: Ground
    request: TriageRequest
    clues: Clues
    ports: TriagePorts
    models: ModelAccess

    def trace(self) -> TriageReport:
        """Place, call, run, verdict, way on: one after the other."""
        place = PlaceFinder(
            ground=self.ground, request=self.request, clues=self.clues, models=self.models
        ).find_place()
        trial = open_trial(self.ground, place.component, open_workbench=self.ports.open_workbench)
        finder = CaseFinder(
            ground=self.ground,
            clues=self.clues,
            place=place,
            observe=trial.observe,
            find_misfit=trial.find_misfit,
            models=self.models,
        )
        # A test that is named tells enough: nobody needs to be asked which call it makes.
        find = finder.find_example if self.request.example else finder.find_case
        case = None if place.tests else find()
        tried = trial.try_case(case.row if case else None, claimed=bool(case and case.claim.wanted))
        judged = Judge(
            ground=self.ground,
            place=place,
            case=case,
            tried=tried,
            holds=trial.holds,
            finder=finder,
            models=self.models,
        ).judge()
        return WayFinder(
            repository=self.repository,
            survey=self.ground.survey,
            ports=self.ports.drafting,
            models=self.models,
        ).find_way(self._report(place, case, tried, judged), judged)

    def _report(
        self, place: Located, case: Case | None, tried: Tried, judged: Judged
    ) -> TriageReport:
        shown = judged.case or case
        told = [*case.evidence] if case else []
        if self.clues.error:
            told.append(Evidence(step=Step.CASE, text=f"the report ends in {self.clues.error}"))
        if shown:
            text = f"{shown.claim.shown} {tried.actual}"
            told.append(Evidence(step=Step.RESULT, text=text))
        refs = (judged.ref, *place.refs) if judged.ref else place.refs
        return TriageReport(
            verdict=judged.verdict,
            component=place.component,
            refs=tuple(dict.fromkeys(refs)),
            evidence=(*place.evidence, *told, *judged.evidence),
            call=shown.claim.shown if shown else "",
            expected=shown.claim.wanted if shown else "",
            actual=tried.actual,
        )
