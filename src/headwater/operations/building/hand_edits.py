"""What people did to derived files, and how that is settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from headwater.errors import HeadwaterError
from headwater.graph.states import Change, State
from headwater.operations.standing.reading import DOCUMENTS, LOCKS
from headwater.spec.ids import split_ref
from headwater.workspace.files import read_file
from headwater.workspace.repository import find_dirty_paths

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from headwater.graph.lock import ComponentRecord
    from headwater.operations.standing.survey import Survey
    from headwater.steps.deriving.suites import AnyTest, Choose
    from headwater.workspace.repository import Repository

EDITS: Final = frozenset({Change.EDITED, Change.REFORMATTED})
"""What a person did to a derived file."""


ADOPTED: Final = "Adopted"
"""The trailer that names files which a person edited, and which the documents now ask for so."""

_BEHIND = frozenset({State.STALE, State.MISSING, State.ORPHANED, State.CONFLICTED})


@dataclass(frozen=True, kw_only=True, slots=True)
class HandEdit:
    """A file of derived code that is not as it was derived.

    Attributes:
        component: its component, `001/C1`.
        path: the file.
        derived: sha256 of its bytes as they were derived.
        data: its bytes now.
        reformatted: whether it still means the same.
    """

    component: str
    path: str
    derived: str
    data: bytes
    reformatted: bool

    @property
    def text(self) -> str:
        """The code as it is now."""
        return self.data.decode(errors="replace")


def find_hand_edit(survey: Survey, path: str) -> HandEdit:
    """The edit of one file; an edit that was accepted is one too.

    Raises:
        HeadwaterError: the file is not derived code, is gone, or is as it was derived.
    """
    record = _find_owner(survey, path)
    derived = next(file.sha256 for file in record.files if file.path == path)
    present = survey.present.files.get(path)
    if present is None:
        raise HeadwaterError(
            f"{path} is gone: expected an edited file, found none",
            hint=f"`headwater revert {path}` brings it back. What is not wanted any more is taken "
            "out of the plan.",
        )
    if present == derived:
        raise HeadwaterError(
            f"{path} is as it was derived: expected an edit to adopt, found none",
            hint="`headwater status` tells which files were edited.",
        )
    same = survey.present.bodies.get(path) == record.bodies[path]
    return HandEdit(
        component=record.component,
        path=path,
        derived=derived,
        data=read_file(survey.reading.root, path),
        reformatted=same,
    )


def list_hand_edits(survey: Survey, component: str) -> Iterator[HandEdit]:
    """The edited code files of a component, but for edits that were accepted."""
    record = survey.lock.records.get(component)
    for reason in survey.states[component].reasons:
        if record and reason.change in EDITS and reason.subject in record.bodies:
            yield find_hand_edit(survey, reason.subject)


def explain_edits(changes: Mapping[str, Change], *, code: Collection[str]) -> str:
    """How hand edits are settled.

    Args:
        changes: what became of which file; what is no edit is passed over.
        code: the derived files that are code: others follow from examples alone.
    """
    edited = {path: change for path, change in changes.items() if change in EDITS}
    first = next(iter(edited), "PATH")
    if all(change is Change.REFORMATTED for change in edited.values()):
        return (
            f"Nothing changed in meaning: `headwater adopt {first}` takes it as it is, without a "
            f"model; `headwater revert {first}` drops it."
        )
    back = f"`headwater revert {first}` drops the edit"
    if not any(path in code for path in edited):
        return f"{back}; tests follow from examples, so what is to stay goes into the spec."
    return (
        f"{back}; `headwater adopt {first}` makes a change of the spec of it; `headwater build "
        '--accept-edits --reason "…"` lets it stand for now.'
    )


def refuse_edited_tests(survey: Survey, number: str) -> None:
    """Refuse to write the tests of a feature over what somebody changed in them.

    Raises:
        HeadwaterError: names the files.
    """
    states = (*survey.states.items(), *survey.feature_states.items())
    code = {path for record in survey.lock.records.values() for path in record.bodies}
    edited = [
        reason.subject
        for ref, found in states
        if number in {ref, split_ref(ref)[0]}
        for reason in found.reasons
        if reason.change in EDITS and reason.subject not in code
    ]
    if edited:
        raise HeadwaterError(
            f"tests were edited by hand, too: {', '.join(edited)}",
            hint="They follow from examples, and are written again with each change of them. Drop "
            f"that first: `headwater revert {edited[0]}`.",
        )


def refuse_uncommitted_documents(repository: Repository) -> None:
    """Refuse to go by documents, or by a lock, that are in no commit.

    Raises:
        HeadwaterError: names them.
    """
    dirty = [one.path for one in find_dirty_paths(repository, (*DOCUMENTS, *LOCKS))]
    if dirty:
        raise HeadwaterError(
            f"not committed: {', '.join(dirty)}",
            hint="Commit specifications and plans first; the edit itself may stay uncommitted.",
        )


def refuse_several(edits: Iterable[HandEdit]) -> None:
    """Refuse to find out what several components were changed to at once.

    Raises:
        HeadwaterError: names the first file of each.
    """
    first = {one.component: one.path for one in reversed(list(edits))}
    if len(first) > 1:
        told = ", ".join(f"{path} ({ref})" for ref, path in sorted(first.items()))
        raise HeadwaterError(
            f"expected edits of one component, found edits of {len(first)}: {told}",
            hint="Adopt them one after the other; what each changes is seen beside the others as "
            "they were derived.",
        )


def is_behind(survey: Survey, component: str) -> bool:
    """Whether the code of a component is not what it is to be, so that its tests say nothing."""
    return survey.states[component].state in _BEHIND


def choose_tests(survey: Survey, *, given: Collection[str], alone: bool = False) -> Choose:
    """Chooses the tests that edited code can be held to.

    Those that need code which is yet to be derived, or derived anew, say nothing of it.

    Args:
        survey: the repository.
        given: the components whose code was edited.
        alone: only tests that touch one of them.
    """

    def choose(test: AnyTest) -> bool:
        touched = {test.owner} if test.owner else set(test.touches)
        behind = {ref for ref in touched.difference(given) if is_behind(survey, ref)}
        return not behind and not (alone and touched.isdisjoint(given))

    return choose


def _find_owner(survey: Survey, path: str) -> ComponentRecord:
    """The record of the component whose code a file is.

    Raises:
        HeadwaterError: it is a test, or no record names it.
    """
    for record in survey.lock.records.values():
        if path in record.bodies:
            return record
    if any(file.path == path for file in survey.lock.list_files()):
        raise HeadwaterError(
            f"{path} is derived from examples alone: expected derived code, found a test file",
            hint=f"Change the examples in the spec, and drop the edit: `headwater revert {path}`.",
        )
    raise HeadwaterError(
        f"expected a derived file, found that no lock record names {path or 'a whole repository'}",
        hint="What no record names is your own; Headwater never writes it.",
    )
