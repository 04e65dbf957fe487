"""How documents stand with their approvals."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.approvals import Standing, find_last_approval, judge_standing
from headwater.graph.differences import compare_meaning
from headwater.graph.meaning import digest_meaning
from headwater.operations.standing.result_keys import combine
from headwater.operations.standing.statements import (
    list_approvable,
    list_own_documents,
    read_statements,
)
from headwater.rules.tracing import approval_withdrawn
from headwater.spec.model import Place, Problem
from headwater.spec.read_project import CONSTITUTION_PATH
from headwater.workspace.snapshot import read_contents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from headwater.graph.approvals import Approval
    from headwater.graph.differences import Difference
    from headwater.operations.standing.reading import Reading
    from headwater.operations.standing.settings import DocumentKind
    from headwater.operations.standing.survey import Survey
    from headwater.workspace.repository import Repository


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentStanding:
    """How one document stands.

    Attributes:
        path: where it is.
        feature: the number of its feature; empty for the constitution.
        standing: approved, changed since, withdrawn or never approved.
        digest: of what it means now.
        last: the last line of the record about it; None without one.
    """

    path: str
    feature: str
    standing: Standing
    digest: str
    last: Approval | None = None


def list_standings(survey: Survey, paths: Iterable[str]) -> tuple[DocumentStanding, ...]:
    """How these documents stand, which `list_approvable` must know."""
    numbers = list_approvable(survey.reading)
    wanted = [path for path in paths if path in numbers]
    digests = _digest_documents(survey.reading, wanted, numbers)
    standings = []
    for path in wanted:
        last = find_last_approval(survey.lock.approvals, path)
        standings.append(
            DocumentStanding(
                path=path,
                feature=numbers[path],
                standing=judge_standing(last, digests[path]),
                digest=digests[path],
                last=last,
            )
        )
    return tuple(standings)


def list_differences_since(
    repository: Repository, reading: Reading, standing: DocumentStanding
) -> tuple[Difference, ...] | None:
    """What a document says differently from when it was approved; None where git has lost that."""
    if standing.last is None:
        return None
    try:
        approved = next(iter(read_contents(repository, [standing.last.blob])))
    except (HeadwaterError, StopIteration, ValueError):
        return None
    return compare_meaning(
        read_statements(standing.path, approved, feature=standing.feature),
        read_statements(standing.path, reading.documents[standing.path], feature=standing.feature),
    )


def find_lost_approvals(survey: Survey) -> Iterator[Problem]:
    """Documents that were approved once, and are no longer."""
    named = dict.fromkeys(one.document for one in survey.lock.approvals)
    for one in list_standings(survey, named) if named else ():
        if one.last is None or one.standing is Standing.APPROVED:
            continue
        day = one.last.when.partition("T")[0]
        if one.standing is Standing.WITHDRAWN:
            message = f"{one.last.by} withdrew the approval on {day}"
        else:
            message = f"it means something else than what {one.last.by} approved on {day}"
        yield Problem(
            code=approval_withdrawn.RULE.name,
            message=message,
            place=Place(path=one.path, line=1),
            hint=f"`headwater review{f' {one.feature}' if one.feature else ''}` shows the "
            f"differences; then `headwater approve {one.path}`, or undo them.",
            severity=approval_withdrawn.RULE.severity,
        )


def refuse_unapproved(survey: Survey, number: str, *, kinds: Sequence[DocumentKind]) -> None:
    """Refuse to derive from documents whose approval does not hold.

    Raises:
        HeadwaterError: names all of them.
    """
    if not kinds:
        return
    own = list_own_documents(survey.reading.summaries[number], survey.reading)
    paths = [path for path in (CONSTITUTION_PATH, *own) if _name_kind(path) in kinds]
    missing = [
        one for one in list_standings(survey, paths) if one.standing is not Standing.APPROVED
    ]
    if missing:
        told = ", ".join(f"{one.path} ({one.standing.value})" for one in missing)
        raise HeadwaterError(
            f"build.require_approval asks for approvals that do not hold: {told}",
            hint="Look at them with `headwater review`, then "
            f"`headwater approve {' '.join(one.path for one in missing)}`.",
        )


def _name_kind(path: str) -> str:
    """`spec` of `specs/001-wallet/spec.md`."""
    return path.rpartition("/")[2].removesuffix(".md")


def _digest_documents(
    reading: Reading, paths: Sequence[str], numbers: dict[str, str]
) -> dict[str, str]:
    """Path to the digest of what the document means; kept until the feature's documents change."""

    def digest(path: str) -> str:
        statements = read_statements(path, reading.documents[path], feature=numbers[path])
        return digest_meaning(statements)

    native = [path for path in paths if numbers[path]]
    keys = {
        path: combine(b"meaning", path.encode(), reading.library.key(numbers[path]))
        for path in native
    }
    found = reading.library.recall(
        keys,
        make=digest,
        encode=lambda text: json.dumps(text).encode(),
        decode=lambda data: str(json.loads(data)),
    )
    others = {path: digest(path) for path in paths if not numbers[path]}
    return {**dict(zip(native, found, strict=True)), **others}
