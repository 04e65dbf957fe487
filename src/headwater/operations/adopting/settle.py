"""From changed documents to a commit that holds: judged by `check` and by tests, then shown."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from headwater.graph.differences import compare_meaning
from headwater.operations.adopting.make_commit import (
    describe_person,
    make_adoption_commit,
    take_given,
)
from headwater.operations.adopting.regenerate import (
    describe_regenerated,
    refuse_other_behaviour,
    regenerate,
)
from headwater.operations.adopting.report import ProposedAdoption
from headwater.operations.adopting.trial import refuse_contradiction, refuse_untestable
from headwater.operations.building.refusals import ProblemsError
from headwater.operations.checking.compare_check import find_new_problems
from headwater.operations.checking.judge_folder import judge_folder
from headwater.operations.standing.statements import read_statements
from headwater.spec.ids import split_ref
from headwater.spec.model import Severity
from headwater.workspace.identity import read_identity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from headwater.graph.differences import Difference
    from headwater.graph.lock import Generator
    from headwater.operations.adopting.adopter import Adopter
    from headwater.operations.adopting.behaviour import BehaviourSearch
    from headwater.operations.adopting.spec_edit import PlacedChange
    from headwater.operations.adopting.trial import Trial
    from headwater.operations.building.accept import Commit
    from headwater.operations.standing.placed_problem import PlacedProblem
    from headwater.steps.probing.probe import Probed


@dataclass(kw_only=True)
class Settler:
    """The end of an adoption.

    Attributes:
        adopter: what it is about.
        search: what found out where behaviour differs.
        differing: the probes that it found.
        placed: what of them is to become examples.
    """

    adopter: Adopter
    search: BehaviourSearch
    differing: Sequence[Probed]
    placed: Sequence[PlacedChange]

    def settle(self, drafts: Sequence[Mapping[str, bytes]]) -> ProposedAdoption:
        """The proposal with the first of some documents that `check` has nothing against.

        Args:
            drafts: path to bytes of what changes; what is least to be expected to hold comes last.

        Raises:
            ProblemsError: `check` finds errors in the last of them, or its tests prove nothing, or
                the edit does not pass them.
        """
        adopter, edit = self.adopter, self.adopter.edit
        for number, documents in enumerate(drafts, 1):
            with adopter.lay_out({edit.path: edit.data, **documents}) as trial:
                problems = self._find_problems(trial.survey.reading.root, documents)
                if problems and number < len(drafts):
                    adopter.notes.append(
                        f"The wording stays, only examples are added: `check` finds in the other "
                        f"one: {problems[0].message}"
                    )
                    continue
                _refuse_errors(problems)
                refuse_untestable(trial, edit)
                passed = refuse_contradiction(trial, edit)
                commit = self._make_commit(trial, documents)
                return self._report(documents, commit, passed=passed)
        raise AssertionError("there is a draft, and the last one is taken or refused")

    def _find_problems(
        self, folder: Path, documents: Mapping[str, bytes]
    ) -> tuple[PlacedProblem, ...]:
        """What `check` says of changed documents, and did not say before."""
        found = [one for one in self._judge(folder) if one.place.path in documents]
        return find_new_problems(found, self._known)

    def _judge(self, folder: Path) -> tuple[PlacedProblem, ...]:
        ports = self.adopter.ports.drafting
        return judge_folder(
            folder, targets=ports.targets, settings=ports.rules, kept=ports.kept
        ).findings

    @cached_property
    def _known(self) -> tuple[PlacedProblem, ...]:
        return self._judge(self.adopter.repository.root)

    def _make_commit(self, trial: Trial, documents: Mapping[str, bytes]) -> Commit:
        adopter, edit = self.adopter, self.adopter.edit
        if adopter.request.regenerate:
            with adopter.lay_out(documents) as before:
                result = regenerate(before, edit.component, ports=adopter.ports.building)
                generator = describe_regenerated(
                    before, edit.component, result, ports=adopter.ports.building
                )
            code = result.derived[edit.component].code
            refuse_other_behaviour(self.search, code, shown=self.differing)
        else:
            result, generator = take_given(edit, suite=trial.work.suite), self._describe_person()
        return make_adoption_commit(
            trial.survey,
            trial.feature,
            edit=edit,
            result=result,
            generator=generator,
            documents=documents,
            target=trial.target,
        )

    def _describe_person(self) -> Generator:
        adopter = self.adopter
        now = adopter.ports.building.now
        assert now is not None, "it is recorded when an edit was adopted"
        by = str(read_identity(adopter.repository))
        return describe_person(adopter.edit, before=adopter.derived, by=by, now=now)

    def _report(
        self, documents: Mapping[str, bytes], commit: Commit, *, passed: int
    ) -> ProposedAdoption:
        adopter = self.adopter
        return ProposedAdoption(
            edits=(adopter.edit,),
            commit=commit,
            base=adopter.base,
            rows=tuple(row for one in self.placed for row in one.rows),
            differences=tuple(self._compare(documents)),
            text="".join(self._show(documents)),
            probes=len(self.search.tried),
            passed=passed,
            notes=tuple(adopter.notes),
            models=tuple(adopter.ledger.models),
            usage=adopter.ledger.usage,
            refused=adopter.ledger.refused,
        )

    def _compare(self, documents: Mapping[str, bytes]) -> Iterator[Difference]:
        number = split_ref(self.adopter.edit.component)[0]
        present = self.adopter.survey.reading.documents
        for path, data in documents.items():
            yield from compare_meaning(
                read_statements(path, present[path], feature=number),
                read_statements(path, data, feature=number),
            )

    def _show(self, documents: Mapping[str, bytes]) -> Iterator[str]:
        present = self.adopter.survey.reading.documents
        for path, data in documents.items():
            before, now = (
                side.decode(errors="replace").splitlines(keepends=True)
                for side in (present[path], data)
            )
            yield from difflib.unified_diff(before, now, fromfile=path, tofile=path)


def _refuse_errors(problems: Sequence[PlacedProblem]) -> None:
    errors = [one for one in problems if one.severity is Severity.ERROR]
    if errors:
        consequence = "the edit was not adopted"
        raise ProblemsError(errors, consequence=consequence, where="the changed documents")
