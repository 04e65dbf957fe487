"""Why an import is refused before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.spec.read_project import CONSTITUTION_PATH
from headwater.workspace.files import resolve_inside

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from headwater.spec.model import Constitution, Problem


class ImportedError(HeadwaterError):
    """What was imported is edited where it is now, and not imported a second time."""

    def __init__(self, folder: str, native: str) -> None:
        super().__init__(
            f"{folder} was imported already: it is {native} now",
            hint=f"Edit {native}, or remove it first to import anew.",
        )


def refuse_unreadable(problems: Iterable[Problem]) -> None:
    """Refuse to import a feature without one of its documents.

    Raises:
        HeadwaterError: a document cannot be read at all.
    """
    for problem in problems:
        message = f"{problem.place}: {problem.message}, so the feature is not imported"
        raise HeadwaterError(message, hint=problem.hint)


def refuse_overwriting(root: Path, documents: Iterable[str]) -> None:
    """Refuse to write where something is.

    Raises:
        HeadwaterError: one of the paths is taken.
    """
    for path in documents:
        if resolve_inside(root, path).exists():
            raise HeadwaterError(
                f"{path} is there already, and is not overwritten",
                hint="Move it away, or name only what is to be imported.",
            )


def refuse_nothing(
    wanted: Sequence[str], *, imported: Sequence[str], guidance: Sequence[Constitution]
) -> None:
    """Say why there is nothing to import.

    Args:
        wanted: the paths that were named.
        imported: what was imported before, of all that is meant.
        guidance: principles that are not imported, since there is a constitution.

    Raises:
        HeadwaterError: always.
    """
    if wanted and guidance:
        message = f"{guidance[0].source.path} is not imported: there is a constitution already"
        hint = f"Take what you need of it over to {CONSTITUTION_PATH} by hand."
    elif imported:
        message, hint = "everything was imported already", "`headwater status` lists the features."
    elif wanted:
        message = f"there is nothing of OpenSpec or Kiro at {', '.join(wanted)}"
        hint = "Name a folder such as `openspec/specs/sign-in` or `.kiro/specs/sign-in`."
    else:
        message = "there is nothing to import: no folder openspec/ or .kiro/ holds a spec"
        hint = "`headwater import` reads OpenSpec and Kiro; Spec Kit's files need no import."
    raise HeadwaterError(message, hint=hint)
