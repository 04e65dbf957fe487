"""Which feature a drafting command is about: the one that is named, or that of the branch."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.operations.building.refusals import refuse_foreign
from headwater.workspace.repository import read_branch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.graph.summary import FeatureSummary
    from headwater.operations.standing.survey import Survey
    from headwater.workspace.repository import Repository

_NUMBERED = re.compile(r"(\d{3,})-")


def choose_feature(repository: Repository, survey: Survey, wanted: str = "") -> FeatureSummary:
    """The feature with this number, folder name or slug; without one, the branch's own.

    A branch's own feature has its name (`003-billing`) or its number; on another branch it is the
    only feature that there is.

    Raises:
        HeadwaterError: there is none, it is not clear which, or it is another tool's.
    """
    features = tuple(survey.reading.summaries.values())
    if wanted:
        found = find_named(features, wanted.removeprefix("specs/").rstrip("/"))
    else:
        found = _find_own(survey.reading.native, read_branch(repository))
    if len(found) == 1:
        refuse_foreign(survey, found)
        return found[0]
    names = ", ".join(one.folder.rpartition("/")[2] for one in features)
    if not features:
        raise HeadwaterError(
            "there is no feature yet",
            hint='Draft one from an idea: `headwater specify "…"`.',
        )
    if wanted:
        raise HeadwaterError(f"there is no feature {wanted!r}", hint=f"There are: {names}.")
    raise HeadwaterError(
        f"the branch {read_branch(repository)} belongs to no feature",
        hint=f"Name one of: {names}.",
    )


def find_named(features: Iterable[FeatureSummary], wanted: str) -> list[FeatureSummary]:
    """The features whose number, slug or folder name is `wanted`."""
    return [
        one
        for one in features
        if wanted in {one.number, one.slug, one.folder, one.folder.rpartition("/")[2]}
    ]


def _find_own(features: tuple[FeatureSummary, ...], branch: str) -> list[FeatureSummary]:
    own = find_named(features, branch)
    numbered = _NUMBERED.match(branch)
    if not own and numbered:
        own = [one for one in features if one.number == numbered[1]]
    return own or (list(features) if len(features) == 1 else [])
