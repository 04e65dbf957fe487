"""Native numbers and ids for foreign features.

An id that is a native one (`FR-1.2`, `US3`) stays; any other becomes the next free number of its
kind, in the order of the documents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.interop.names import make_slug
from headwater.spec.ids import IdKind, kind_of, qualify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from headwater.interop.interface import ForeignFeature
    from headwater.spec.model import Decision, Requirement, Task, UserStory
    from headwater.spec.origin import Origin

_FORMS = {
    IdKind.REQUIREMENT: "FR-{:03}",
    IdKind.STORY: "US{}",
    IdKind.DECISION: "D{}",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A foreign feature that is to become a native one.

    Attributes:
        number, folder: of the native feature, `003` and `specs/003-sign-in`.
        origin: whose format it is in.
        whole: the feature.
        parts: features that are a part of it, as the deltas of a change.
        ids: refs of the foreign features to ids of the native one.
    """

    number: str
    folder: str
    origin: Origin
    whole: ForeignFeature
    parts: tuple[ForeignFeature, ...]
    ids: Mapping[str, str]

    @property
    def sources(self) -> tuple[ForeignFeature, ...]:
        """The feature, then its parts."""
        return (self.whole, *self.parts)

    def local(self, feature: ForeignFeature, foreign: str) -> str:
        """The native id of something in one of the sources."""
        return self.ids[qualify(foreign, feature=feature.feature.number)]


@dataclass(kw_only=True, slots=True)
class Family:
    """A foreign feature with its parts."""

    origin: Origin
    whole: ForeignFeature
    parts: list[ForeignFeature] = field(default_factory=list)


def make_drafts(families: Sequence[Family], *, taken: Iterable[str]) -> list[Draft]:
    """Give every feature the next free number, and native ids to all that it holds.

    Args:
        families: in the order of their numbers.
        taken: the numbers of native features.
    """
    first = max((int(one) for one in taken if re.fullmatch(r"\d{1,4}", one)), default=0) + 1
    return [
        Draft(
            number=f"{number:03}",
            folder=f"specs/{number:03}-{make_slug(family.whole.feature.number)}",
            origin=family.origin,
            whole=family.whole,
            parts=tuple(family.parts),
            ids=_make_ids((family.whole, *family.parts)),
        )
        for number, family in enumerate(families, start=first)
    ]


def name_task(position: int) -> str:
    """The native id of the task at this position, from 1."""
    return f"T{position:03}"


def list_refs(drafts: Iterable[Draft]) -> dict[str, str]:
    """Foreign refs to native ones, of all drafts: `sign-in/FR-lock` to `003/FR-002`."""
    return {
        foreign: qualify(local, feature=draft.number)
        for draft in drafts
        for foreign, local in draft.ids.items()
    }


def _make_ids(sources: Sequence[ForeignFeature]) -> dict[str, str]:
    ids: dict[str, str] = {}
    for position, ref in enumerate(_list_kind(sources, IdKind.TASK), start=1):
        ids.setdefault(ref, name_task(position))
    for kind, form in _FORMS.items():
        refs = dict.fromkeys(_list_kind(sources, kind))
        kept = {ref: ref.rpartition("/")[2] for ref in refs}
        kept = {ref: local for ref, local in kept.items() if kind_of(local) is kind}
        used = set(kept.values())
        free = (form.format(number) for number in range(1, 10_000))
        numbers = (local for local in free if local not in used)
        whole = len(used) == len(kept)  # two parts may have the same id
        for ref in refs:
            ids[ref] = kept[ref] if ref in kept and whole else next(numbers)
    for source in sources:
        for story in source.feature.spec.stories if source.feature.spec else ():
            ids |= _number_scenarios(source, story, ids)
    return ids


def _number_scenarios(
    source: ForeignFeature, story: UserStory, ids: Mapping[str, str]
) -> dict[str, str]:
    number = source.feature.number
    whole = ids[qualify(story.id, feature=number)]
    return {
        qualify(scenario.id, feature=number): f"{whole}.{position}"
        for position, scenario in enumerate(story.scenarios, start=1)
    }


def _list_kind(sources: Iterable[ForeignFeature], kind: IdKind) -> Iterator[str]:
    """The refs of one kind, in the order in which they are written."""
    for source in sources:
        feature = source.feature
        items: Sequence[Requirement | UserStory | Decision | Task] = ()
        if kind is IdKind.REQUIREMENT and feature.spec:
            items = feature.spec.requirements
        elif kind is IdKind.STORY and feature.spec:
            items = feature.spec.stories
        elif kind is IdKind.DECISION and feature.plan:
            items = feature.plan.decisions
        elif kind is IdKind.TASK and feature.tasks:
            items = feature.tasks.tasks
        for item in items:
            yield qualify(item.id, feature=feature.number)
