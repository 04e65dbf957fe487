"""`headwater adopt`: a hand edit becomes the change of the specification that explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.operations.adopting.adopter import Adopter
from headwater.operations.adopting.reformatted import make_reformatted_commit
from headwater.operations.adopting.report import ProposedAdoption
from headwater.operations.building.hand_edits import (
    find_hand_edit,
    refuse_edited_tests,
    refuse_several,
    refuse_uncommitted_documents,
)
from headwater.operations.building.refusals import ProblemsError
from headwater.operations.checking.vouched import find_unvouched
from headwater.operations.standing.locate import locate_path
from headwater.operations.standing.planned_files import find_planned_problems
from headwater.operations.standing.survey import take_survey
from headwater.spec.ids import split_ref
from headwater.spec.model import Severity
from headwater.workspace.lockfile import hold_build_lock
from headwater.workspace.publish import finish_publication
from headwater.workspace.publish_files import publish_files
from headwater.workspace.repository import find_dirty_paths, open_repository, read_head

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from headwater.operations.adopting.report import AdoptPorts, AdoptRequest
    from headwater.operations.building.hand_edits import HandEdit
    from headwater.steps.change.candidates import Candidate
    from headwater.workspace.repository import Repository


def propose_adoption(
    path: Path,
    request: AdoptRequest,
    *,
    ports: AdoptPorts,
    choose: Callable[[Sequence[Candidate]], str] | None = None,
) -> ProposedAdoption:
    """Work out what has to be said so that edited code is right, and write nothing.

    Code that means the same needs nothing said. Otherwise the edit must keep to every example
    that there is; calls on which it behaves differently from what was derived become examples.

    Args:
        path: a folder of the repository.
        request: what is to be adopted.
        ports: languages, sandbox and models.
        choose: asks a person which requirement is meant, and gives its ref; None where nobody can
            be asked.

    Raises:
        ProblemsError: documents or lock hold errors, or the edit contradicts what is specified.
        HeadwaterError: a file is no edited code, several components are meant, it is not clear
            which requirement changes, or no difference in behaviour was found.
        ModelError: a model could not be reached where nothing can be had without one.
    """
    repository = open_repository(path)
    with hold_build_lock(repository.root):
        finish_publication(repository)
    base = read_head(repository)
    building = ports.building
    survey = take_survey(repository.root, targets=building.targets, kept=building.kept)
    found = (
        *survey.problems,
        *find_planned_problems(survey),
        *find_unvouched(survey.lock, root=repository.root, kept=building.kept),
    )
    errors = [one for one in found if one.severity is Severity.ERROR]
    if errors:
        raise ProblemsError(errors, consequence="nothing was adopted")
    paths = dict.fromkeys(locate_path(repository, file) for file in request.files)
    edits = tuple(find_hand_edit(survey, name) for name in paths)
    if all(edit.reformatted for edit in edits):
        commit = make_reformatted_commit(survey, edits)
        return ProposedAdoption(edits=edits, commit=commit, base=base)
    _refuse_mixture(edits)
    refuse_several(edits)
    refuse_edited_tests(survey, split_ref(edits[0].component)[0])
    refuse_uncommitted_documents(repository)
    if request.regenerate:
        _refuse_uncommitted(repository, edits[0].path)
    return Adopter(
        repository=repository,
        base=base,
        survey=survey,
        edit=edits[0],
        request=request,
        ports=ports,
        choose=choose,
    ).propose()


def commit_adoption(path: Path, proposed: ProposedAdoption) -> str:
    """Commit what `propose_adoption` worked out; returns the commit's id.

    Raises:
        HeadwaterError: the branch or a file changed since then; nothing was moved.
    """
    repository = open_repository(path)
    with hold_build_lock(repository.root):
        return publish_files(
            repository,
            proposed.commit.files,
            message=proposed.commit.message,
            trailers=proposed.commit.trailers,
            base=proposed.base,
        )


def _refuse_mixture(edits: Sequence[HandEdit]) -> None:
    same = [edit.path for edit in edits if edit.reformatted]
    if same:
        raise HeadwaterError(
            f"expected edits that all change what code does, or none; {', '.join(same)} means the "
            "same as before",
            hint=f"Take that first, without a model: `headwater adopt {' '.join(same)}`.",
        )


def _refuse_uncommitted(repository: Repository, path: str) -> None:
    """Refuse to derive a file anew whose edit is in no commit, and would be gone for good."""
    if find_dirty_paths(repository, (path,)):
        raise HeadwaterError(
            f"not committed: {path}, which would be derived anew",
            hint=f"Commit the edit first, so that it is kept: `git add {path} && git commit`.",
        )
