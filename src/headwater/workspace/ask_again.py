"""Questions about a repository asked once more, to tell whether anything is another than it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.workspace.documents import list_documents
from headwater.workspace.files import (
    find_existing,
    find_folders,
    hash_files,
    keep_regular,
    read_file,
)
from headwater.workspace.git import run_git
from headwater.workspace.observations import Asked, Question, digest_answer, digest_refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def is_answered_alike(answers: Mapping[Question, str]) -> bool:
    """Whether every question is answered as it was, by the digests of `Observations`."""
    return all(_ask(question) == digest for question, digest in answers.items())


def _ask(question: Question) -> str:
    try:
        return digest_answer(_ASK[question.asked](Path(question.folder), question.details))
    except HeadwaterError as refusal:
        return digest_refusal(refusal)


def _ask_git(folder: Path, details: tuple[str, ...]) -> bytes:
    arguments, stdin, environment, accepted = json.loads(details[0])
    return run_git(
        folder,
        arguments,
        stdin=stdin.encode("latin-1"),
        environment=environment,
        accepted=accepted,
    )


def _ask_package(_folder: Path, details: tuple[str, ...]) -> str | None:
    # Imported here for start-up cost: few articles ask for packages.
    from headwater.workspace.installed import read_metadata  # noqa: PLC0415

    return read_metadata(details[0])


_ASK: Mapping[Asked, Callable[[Path, tuple[str, ...]], object]] = {
    Asked.DOCUMENTS: list_documents,
    Asked.CONTENT: lambda root, details: read_file(root, details[0], limit=int(details[1])),
    Asked.DIGESTS: hash_files,
    Asked.EXISTING: find_existing,
    Asked.FOLDERS: find_folders,
    Asked.REGULAR: keep_regular,
    Asked.GIT: _ask_git,
    Asked.PACKAGE: _ask_package,
}
