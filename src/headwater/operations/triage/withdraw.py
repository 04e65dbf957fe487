"""Taking back that tests passed, where they fail: the next build runs them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.records import read_verifications, render_verification, verified_path
from headwater.graph.verification import list_differences
from headwater.operations.drafting.publish import refuse_uncommitted
from headwater.spec.ids import split_ref
from headwater.workspace.publish import finish_publication
from headwater.workspace.publish_files import publish_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from headwater.operations.standing.survey import Survey
    from headwater.workspace.repository import Repository


def find_refuted(survey: Survey, components: Iterable[str]) -> tuple[str, ...]:
    """The components of these that are recorded as verified as things stand now."""
    return tuple(
        ref
        for ref in dict.fromkeys(components)
        if (conditions := survey.present.conditions.get(ref)) is not None
        and any(
            not list_differences(line, conditions)
            for line in survey.lock.verifications.get(ref, ())
        )
    )


def commit_withdrawal(repository: Repository, survey: Survey, refuted: Sequence[str]) -> str:
    """Take out the lines that say that these components pass; the commit's id.

    The derived files and their records stay: `headwater build` then runs the tests, and repairs
    what fails them.

    Raises:
        HeadwaterError: the lines have uncommitted changes, or the branch moved meanwhile.
    """
    finish_publication(repository)
    paths = {ref: _locate(survey, ref) for ref in refuted}
    refuse_uncommitted(repository, tuple(paths.values()))
    return publish_files(
        repository,
        {path: _keep_others(survey, one, path) for one, path in paths.items()},
        message=f"Withdraw that {', '.join(refuted)} passed",
        trailers={"Triage": f"tests of {', '.join(refuted)} fail as they stand"},
    )


def _locate(survey: Survey, component: str) -> str:
    number, local = split_ref(component)
    return verified_path(survey.reading.summaries[number].folder, local)


def _keep_others(survey: Survey, component: str, path: str) -> bytes | None:
    """The lines that hold under other conditions; None where no line is left."""
    conditions = survey.present.conditions[component]
    lines, _ = read_verifications(survey.lock.files[path].decode(errors="replace"), path=path)
    kept = [line for line in lines if list_differences(line, conditions)]
    return "".join(map(render_verification, kept)).encode() if kept else None
