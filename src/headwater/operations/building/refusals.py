"""Why a build is refused before anything is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.states import State
from headwater.operations.building.hand_edits import explain_edits
from headwater.operations.standing.reading import DOCUMENTS, LOCKS
from headwater.spec.ids import split_ref
from headwater.spec.model import Severity
from headwater.spec.origin import Origin
from headwater.workspace.files import hash_files
from headwater.workspace.repository import find_dirty_paths

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.graph.summary import FeatureSummary
    from headwater.operations.standing.survey import Survey
    from headwater.spec.model import Problem
    from headwater.steps.deriving.feature import FeatureWork
    from headwater.targets.interface import Target
    from headwater.workspace.repository import Repository


class ProblemsError(HeadwaterError):
    """Documents or lock hold errors; `problems` are all of them, each with its place.

    `consequence` is what was not done because of them, `where` what kind of file they are in.
    """

    def __init__(
        self,
        problems: Iterable[Problem],
        *,
        consequence: str = "nothing was derived",
        where: str = "documents or lock",
    ) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        noun = "error" if count == 1 else "errors"
        super().__init__(f"{count} {noun} in {where}; {consequence}")


class EditedError(HeadwaterError):
    """Derived files were edited by hand, or their records hold a merge conflict."""


def refuse_problems(problems: Iterable[Problem]) -> None:
    """Refuse to build from documents that hold errors.

    Raises:
        ProblemsError: one of the problems is an error.
    """
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise ProblemsError(errors)


def refuse_foreign(survey: Survey, features: Iterable[FeatureSummary]) -> None:
    """Refuse to build what is written in another tool's format, which has no components.

    Raises:
        HeadwaterError: one of the features is.
    """
    for feature in features:
        origin = survey.reading.origins[feature.number]
        if origin is not Origin.NATIVE:
            raise HeadwaterError(
                f"{feature.folder} is written for {origin.value}: it is read, not built",
                hint=f"`headwater import {feature.folder}` makes a native feature of it.",
            )


def refuse_states(survey: Survey, *, feature: str) -> None:
    """Refuse to overwrite what a person changed in a derived file, or to guess at a conflict.

    Raises:
        EditedError: a component of the feature, or the feature's own files, are edited or
            conflicted.
    """
    states = [found for ref, found in survey.states.items() if ref.startswith(f"{feature}/")]
    states.extend(found for ref, found in survey.feature_states.items() if ref == feature)
    edited = [found for found in states if found.state is State.EDITED]
    if edited:
        reasons = "; ".join(str(reason) for found in edited for reason in found.reasons)
        changes = {reason.subject: reason.change for one in edited for reason in one.reasons}
        code = {path for record in survey.lock.records.values() for path in record.bodies}
        raise EditedError(
            f"a derived file was edited by hand: {reasons}",
            hint=explain_edits(changes, code=code),
        )
    for found in states:
        if found.state is State.CONFLICTED and found.problem is not None:
            problem = found.problem
            raise EditedError(f"{problem.place}: {problem.message}", hint=problem.hint)


def refuse_dirty(repository: Repository, survey: Survey) -> None:
    """Refuse to derive from documents, or onto files, that are not committed.

    Raises:
        HeadwaterError: names the first such path.
    """
    derived = [file.path for file in survey.lock.list_files()]
    planned = [
        path for component in survey.reading.index.components.values() for path in component.files
    ]
    dirty = find_dirty_paths(repository, (*DOCUMENTS, *LOCKS, *derived, *planned))
    if dirty:
        paths = ", ".join(item.path for item in dirty)
        raise HeadwaterError(
            f"not committed: {paths}",
            hint="Commit specs, plans and derived files before you build.",
        )


def refuse_underived(work: FeatureWork) -> None:
    """Refuse to derive a component from one of another feature that has no code yet.

    Raises:
        HeadwaterError: names the first such component.
    """
    for ref in sorted(work.todo):
        for need in work.needs[ref]:
            if need not in work.todo and work.suite.components[need].files[0] not in work.files:
                raise HeadwaterError(
                    f"{ref} depends on {need}, which is not derived yet",
                    hint=f"Run `headwater build {split_ref(need)[0]}` first.",
                )


def refuse_taken(survey: Survey, work: FeatureWork, *, target: Target) -> None:
    """Refuse to write tests over files that no record names: they are the user's own.

    Raises:
        HeadwaterError: names them.
    """
    feature = work.suite.feature
    owners = ("", *(component.component.id for component in work.works))
    paths = {target.test_path(feature, owner) for owner in owners} | {*target.emit_support(feature)}
    present = hash_files(
        survey.reading.root, paths - {item.path for item in survey.lock.list_files()}
    )
    taken = sorted(path for path, found in present.items() if found is not None)
    if taken:
        raise HeadwaterError(
            f"derived tests go where files of your own are: {', '.join(taken)}",
            hint="Move these files out of the way.",
        )
