"""Why a document is not approved: what is wrong or still open in it, and who may not approve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.operations.building.refusals import ProblemsError
from headwater.operations.reviewing.review_parts import list_questions, list_unconfirmed
from headwater.spec.model import Problem, Severity
from headwater.workspace.history import read_commits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.operations.checking.compare_check import Judgement
    from headwater.workspace.identity import Identity
    from headwater.workspace.repository import Repository


def refuse_open(judged: Judgement, paths: Sequence[str], *, accept_drafted: bool) -> None:
    """Refuse documents with errors, open questions, or examples that nobody has confirmed.

    Raises:
        ProblemsError: all of them, each with its place.
    """
    problems: list[Problem] = [
        one for one in judged.findings if one.severity is Severity.ERROR and one.place.path in paths
    ]
    for path in paths:
        problems += _list_open(judged, path, accept_drafted=accept_drafted)
    if problems:
        raise ProblemsError(problems, consequence="nothing was approved")


def refuse_author(repository: Repository, paths: Sequence[str], *, who: Identity) -> None:
    """Refuse a person who changed a document last.

    Raises:
        HeadwaterError: names the document and the commit.
    """
    for path in paths:
        for commit in read_commits(repository, paths=[path], limit=1):
            if commit.email.casefold() == who.email.casefold():
                raise HeadwaterError(
                    f"{who} changed {path} last, in {commit.id[:12]}, and approve.not_author asks "
                    "for somebody else",
                    hint="Ask another person to look at it and to approve it.",
                )


def _list_open(judged: Judgement, path: str, *, accept_drafted: bool) -> Iterator[Problem]:
    reading = judged.survey.reading
    if not path.endswith("/spec.md"):
        return
    number = next(one.number for one in reading.native if path.startswith(f"{one.folder}/"))
    feature = reading.find_feature(number)
    for question in list_questions(feature):
        yield Problem(
            code="open-clarification",
            message=f"a question is open: {question.text}",
            place=question.place,
            hint="Answer it with `headwater clarify`, or write what holds in place of the mark.",
        )
    for drafted in () if accept_drafted else list_unconfirmed(feature):
        yield Problem(
            code="drafted-example",
            message=f"a model wrote the examples of {drafted.ref}, and nobody has confirmed them",
            place=drafted.place,
            hint="Take the line `<!-- drafted: confirm -->` above them out once they are right, or "
            "approve with `--accept-drafted`.",
        )
