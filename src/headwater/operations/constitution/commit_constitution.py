"""One commit that holds the constitution, and says what it was drafted from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.operations.constitution.past_draft import SOURCE_TRAILER, render_trailer
from headwater.policies.versions import Bump, read_version
from headwater.spec.read_project import CONSTITUTION_PATH
from headwater.steps.prompting import template_version
from headwater.workspace.publish_files import publish_files
from headwater.workspace.repository import find_dirty_paths, read_branch, read_head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.operations.constitution.gather_policies import GatheredPolicies
    from headwater.policies.revisions import ClauseChange, Revision
    from headwater.steps.drafting.asking import Ledger
    from headwater.workspace.repository import Repository

_SHORTEST = 60  # characters of a clause in the message
_WHY = {
    Bump.MAJOR: "an article is redefined",
    Bump.MINOR: "articles or clauses are added",
    Bump.PATCH: "words or places of sources change",
    Bump.NONE: "nothing changes in meaning",
}


def refuse_dirty(repository: Repository) -> None:
    """Refuse to mix a draft with changes of the constitution that are not committed.

    Raises:
        HeadwaterError: there are some, no branch is checked out, or it has no commit yet.
    """
    read_branch(repository)
    read_head(repository)
    if find_dirty_paths(repository, (CONSTITUTION_PATH,)):
        raise HeadwaterError(
            f"expected no uncommitted changes in {CONSTITUTION_PATH}, found some",
            hint="Commit or stash them, or look with `headwater constitution --dry-run`.",
        )


def commit_constitution(
    repository: Repository,
    data: bytes,
    *,
    gathered: GatheredPolicies,
    revision: Revision,
    ledger: Ledger,
) -> str:
    """Put the constitution on the branch and into the work tree; give the commit's id.

    Spec Kit's Sync Impact Report, which is not to stay in the file, is the message.
    """
    return publish_files(
        repository,
        {CONSTITUTION_PATH: data},
        message="\n".join(_write_message(data, gathered, revision, ledger)),
        trailers={},  # they stand in the message: each of these trailers may come many times
    )


def _write_message(
    data: bytes, gathered: GatheredPolicies, revision: Revision, ledger: Ledger
) -> Iterator[str]:
    yield f"Draft the constitution, version {read_version(data)}, from its policies"
    yield ""
    yield f"The version is raised since {_WHY[revision.bump]}."
    if revision.changes:
        yield ""
        yield from map(_tell, revision.changes)
    yield ""
    for path, content in sorted((gathered.policies | gathered.settings).items()):
        yield f"{SOURCE_TRAILER}: {' '.join(render_trailer(path, content).split())}"
    if ledger.models:
        yield f"Prompt: constitution {template_version('constitution')}"
        yield f"Model: {', '.join(ledger.models)}"


def _tell(change: ClauseChange) -> str:
    """A line of the message; whatever a policy says, it is indented and no trailer."""
    text = " ".join(change.text.split())
    short = text if len(text) <= _SHORTEST else f"{text[: _SHORTEST - 1]}…"
    return f"  {change.title}: {change.kind.value}: {short}"
