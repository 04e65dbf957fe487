"""Edits of derived files that were accepted: what `check` says of them, who vouches for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from headwater.graph.deviations import (
    DEVIATIONS_ENDING,
    deviations_path,
    digest_deviation,
    read_deviations,
)
from headwater.spec.ids import split_ref
from headwater.spec.model import Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.operations.standing.lock_folder import Lock
    from headwater.operations.standing.survey import Survey

ACCEPTED_DEVIATION: Final = "accepted-deviation"


def report_deviations(survey: Survey) -> Iterator[Problem]:
    """A warning for every derived file that stands as a person edited it; it stands until then."""
    for path, found in sorted(survey.deviations.items()):
        day = found.when.partition("T")[0]
        yield Problem(
            code=ACCEPTED_DEVIATION,
            message=f"it is not as it was derived: {found.by} accepted the edit on {day}, "
            f"because: {found.reason}",
            place=Place(path=path, line=1),
            hint=f"`headwater adopt {path}` makes it a change of the specification; "
            f"`headwater revert {path}` brings back what was derived.",
            severity=Severity.WARNING,
        )


def find_unvouched_deviations(lock: Lock, *, vouched: frozenset[str]) -> Iterator[Problem]:
    """Lines that would let an edit stand, and that no commit says a build accepted.

    Args:
        lock: as it was read.
        vouched: the digests that commits vouch for.
    """
    for path, line, digest in _list_lines(lock):
        if digest not in vouched:
            yield Problem(
                code="lock-unvouched",
                message="no commit says that this edit was accepted: the line was written by hand, "
                "or a squash merge dropped the message of its commit",
                place=Place(path=path, line=line),
                hint="Take the line out. If it is right, vouch for it: `git commit --allow-empty "
                f'-m "Vouch for an accepted edit" -m "Recorded: {digest}"`.',
            )


def list_deviation_digests(lock: Lock) -> frozenset[str]:
    """The digests of all lines that count."""
    return frozenset(digest for _, _, digest in _list_lines(lock))


def find_deviations_file(survey: Survey, component: str) -> str:
    """The file of a component's accepted deviations; empty where there is none."""
    if component not in survey.lock.deviations:
        return ""
    number, local = split_ref(component)
    return deviations_path(survey.reading.summaries[number].folder, local)


def _list_lines(lock: Lock) -> Iterator[tuple[str, int, str]]:
    """Path, line and digest of every line that is about code as it was derived last."""
    valid = {digest_deviation(one) for one in lock.list_valid()}
    for path, data in lock.files.items():
        if path.endswith(DEVIATIONS_ENDING) and valid:
            for number, line in enumerate(data.decode(errors="replace").split("\n"), 1):
                for one in read_deviations(line, path=path)[0]:
                    if (digest := digest_deviation(one)) in valid:
                        yield path, number, digest
