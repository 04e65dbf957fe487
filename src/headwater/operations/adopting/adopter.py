"""Working out the adoption of one edit: what it contradicts, what it changes, what that says."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.order import find_reachable, invert
from headwater.llm.interface import ModelError
from headwater.operations.adopting.behaviour import BehaviourSearch
from headwater.operations.adopting.layout import lay_out_edited
from headwater.operations.adopting.plan_edit import find_interface_changes, revise_plan
from headwater.operations.adopting.settle import Settler
from headwater.operations.adopting.spec_edit import SpecEditor, explain_unworded, place_changes
from headwater.operations.adopting.trial import open_trial, refuse_contradiction
from headwater.operations.standing.versions import History, has_digest
from headwater.spec.ids import split_ref
from headwater.steps.adopting.choose_rows import choose_shown, describe_accidents
from headwater.steps.drafting.asking import DraftError, Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from headwater.operations.adopting.report import AdoptPorts, AdoptRequest, ProposedAdoption
    from headwater.operations.adopting.spec_edit import PlacedChange
    from headwater.operations.adopting.trial import Trial
    from headwater.operations.building.hand_edits import HandEdit
    from headwater.operations.standing.survey import Survey
    from headwater.spec.model import Component, Feature
    from headwater.steps.change.candidates import Candidate
    from headwater.steps.deriving.workbench import Workbench
    from headwater.steps.probing.probe import Probed
    from headwater.targets.interface import Target
    from headwater.workspace.repository import Repository


@dataclass(kw_only=True)
class Adopter:
    """One edit, and the repository that it was made in.

    Attributes:
        repository: where it lies.
        base: the commit that is checked out.
        survey: of the repository.
        edit: what is to be adopted.
        request: as it was asked for.
        ports: languages, sandbox and models.
        choose: asks a person which requirement is meant; None where nobody can be asked.
        ledger: takes the cost of all questions.
        notes: what a person should know.
    """

    repository: Repository
    base: str
    survey: Survey
    edit: HandEdit
    request: AdoptRequest
    ports: AdoptPorts
    choose: Callable[[Sequence[Candidate]], str] | None
    ledger: Ledger = field(default_factory=Ledger)
    notes: list[str] = field(default_factory=list)

    def propose(self) -> ProposedAdoption:
        """What has to be said so that the edit is right; see `propose_adoption`."""
        self._refuse_unplanned()
        plan = self._revise_plan()
        with self.lay_out({self.edit.path: self.edit.data, **plan}) as trial:
            refuse_contradiction(trial, self.edit)
            search = self._open_search(trial)
            differing = search.search(ports=self.ports.drafting)
            self.notes += search.notes
            placed = self._place(trial, differing)
            if not placed and not plan:
                raise self._find_nothing(search, differing)
            drafts = [{**plan, **spec} for spec in self._write_spec(trial, placed)]
        self.notes += self._describe_dependents(interface_changes=bool(plan))
        settler = Settler(adopter=self, search=search, differing=differing, placed=placed)
        return settler.settle(drafts or [plan])

    @contextmanager
    def lay_out(self, files: Mapping[str, bytes]) -> Iterator[Trial]:
        """The repository with these files, ready to be judged in."""
        with lay_out_edited(
            self.repository, self.base, survey=self.survey, history=self.history, files=files
        ) as folder:
            yield open_trial(
                folder, self.edit, ports=self.ports.building, workbench=self._workbench
            )

    @cached_property
    def history(self) -> History:
        """What the repository goes back to."""
        return History(self.repository)

    @cached_property
    def derived(self) -> str:
        """The code as it was derived."""
        found = self.history.find_version(self.edit.path, accepts=has_digest(self.edit.derived))
        return found.data.decode(errors="replace")

    @cached_property
    def _workbench(self) -> Workbench:
        open_workbench = self.ports.building.open_workbench
        assert open_workbench is not None, "what a person wrote is judged in a sandbox"
        return open_workbench(self._target)

    @cached_property
    def _target(self) -> Target:
        target = self.survey.reading.target_of(self._feature)
        assert target is not None, "a missing target is an error in the documents"
        return target

    @cached_property
    def _feature(self) -> Feature:
        return self.survey.reading.find_feature(split_ref(self.edit.component)[0])

    @cached_property
    def _component(self) -> Component:
        return self.survey.reading.load_component(self.edit.component)

    def _refuse_unplanned(self) -> None:
        index, ref = self.survey.reading.index, self.edit.component
        if ref not in index.components or index.is_retired(ref):
            raise HeadwaterError(
                f"nothing asks for {ref} any more, so {self.edit.path} cannot be adopted",
                hint=f"`headwater revert {self.edit.path}`, and `headwater build` removes it; or "
                "ask for it again in the specification.",
            )

    def _revise_plan(self) -> dict[str, bytes]:
        """The plan, where the edit changed what its component offers to others."""
        changes = find_interface_changes(self._component, self.edit, target=self._target)
        if not changes:
            return {}
        told = "; ".join(one.message for one in changes)
        self.notes.append(f"It changes what {self.edit.component} offers: {told}.")
        interface = self._target.revise_interface(self._component, self.edit.text)
        plan = self._feature.plan
        assert plan is not None, "what is derived is planned"
        revised = revise_plan(plan.source, self._component, interface=interface)
        return {plan.source.path: revised}

    def _open_search(self, trial: Trial) -> BehaviourSearch:
        return BehaviourSearch(
            trial=trial,
            edit=self.edit,
            derived=self.derived,
            component=self._component,
            ledger=self.ledger,
        )

    def _place(self, trial: Trial, differing: Sequence[Probed]) -> list[PlacedChange]:
        shown = choose_shown(differing)
        accidents = describe_accidents(differing)
        self.notes += [
            f"`{call}` now fails with {error}, which no example is made of."
            for call, error in list(accidents.items())[:3]
        ]
        if not shown:
            return []
        return place_changes(
            trial, self.edit.component, shown, ref=self.request.ref, choose=self.choose
        )

    def _describe_dependents(self, *, interface_changes: bool) -> Iterator[str]:
        """What waits for a build afterwards: other features, and users of a changed interface."""
        ref = self.edit.component
        users = find_reachable(invert(self.survey.reading.index.dependencies), ref)
        others = [one for one in users if split_ref(one)[0] != split_ref(ref)[0]]
        waiting = users if interface_changes else others
        if waiting:
            yield f"`headwater build` sees to what depends on it: {', '.join(waiting)}."

    def _write_spec(
        self, trial: Trial, placed: Sequence[PlacedChange]
    ) -> Iterator[dict[str, bytes]]:
        """The specification that would explain the edit: reworded where a model can, then not."""
        if not placed:
            return
        spec = trial.feature.spec
        assert spec is not None, "requirements stand in a specification"
        editor = SpecEditor(trial=trial, placed=placed, ledger=self.ledger)
        plain = editor.write()
        self.notes += editor.notes
        if plain == spec.source.data:
            raise HeadwaterError(
                f"no example could be made of what the edit of {self.edit.path} does: "
                f"{' '.join(editor.notes)}",
                hint="Say it in the specification yourself, and adopt again.",
            )
        try:
            with self.ports.drafting.open_drafter() as drafter:
                worded = editor.write(drafter)
        except (DraftError, ModelError) as error:
            self.notes.append(explain_unworded(error))
        else:
            yield from [{spec.source.path: worded}] if worded != plain else []
        yield {spec.source.path: plain}

    def _find_nothing(self, search: BehaviourSearch, differing: Sequence[Probed]) -> HeadwaterError:
        tried = len(search.tried)
        path = self.edit.path
        found = (
            "found only what fails by accident"
            if differing
            else f"found none that tells it apart, among {tried} that were tried"
        )
        message = f"expected the edit of {path} to change what some row comes to, {found}."
        return HeadwaterError(
            " ".join((message, *self.notes)),
            hint=f"`headwater revert {path}` drops the edit; `headwater build --accept-edits "
            '--reason "…"` lets it stand; or say in the specification what it is for.',
        )
