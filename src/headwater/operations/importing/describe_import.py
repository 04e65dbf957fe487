"""From what was imported to the report of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.interop.interface import RemainderKind
from headwater.interop.writing.carried import find_left_prose
from headwater.operations.importing.import_report import ImportedFeature, ImportReport, LeftBehind
from headwater.spec.ids import qualify
from headwater.spec.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from headwater.interop.interface import ForeignFeature, ForeignProject, Remainder
    from headwater.interop.writing.draft import Draft
    from headwater.spec.model import Constitution, Problem


def describe_import(
    drafts: Sequence[Draft],
    *,
    guidance: Sequence[Constitution],
    projects: Iterable[ForeignProject],
    constitution: str,
    written: bool,
) -> ImportReport:
    """The report.

    Args:
        drafts: what was written.
        guidance: principles that were found.
        projects: what else was read.
        constitution: its path, if it was written.
        written: whether anything was written, or would only be.
    """
    refs = {ref for draft in drafts for ref in draft.ids}
    left = [one for draft in drafts for one in _list_left(draft, refs)]
    problems = [problem for draft in drafts for problem in _list_problems(draft)]
    for project in projects:
        left += [_leave(one) for one in project.remainders]
        problems += project.problems
    for one in guidance:
        problems += one.problems
        if not constitution:
            what = "principles: there is a constitution already"
            left.append(LeftBehind(place=Place(path=one.source.path, line=1), what=what))
    return ImportReport(
        written=written,
        features=tuple(map(_describe, drafts)),
        constitution=constitution,
        articles=sum(len(one.articles) for one in guidance) if constitution else 0,
        left=tuple(sorted(left, key=lambda one: one.place)),
        problems=tuple(sorted(problems, key=lambda one: one.place)),
    )


def _describe(draft: Draft) -> ImportedFeature:
    specs = [source.feature.spec for source in draft.sources if source.feature.spec]
    feature = draft.whole.feature
    names = ["spec.md", *(["plan.md"] if feature.plan else [])]
    names += [*(["tasks.md"] if feature.tasks else []), *draft.whole.copied]
    return ImportedFeature(
        origin=draft.origin,
        source=feature.folder,
        folder=draft.folder,
        documents=tuple(f"{draft.folder}/{name}" for name in names),
        requirements=sum(len(spec.requirements) for spec in specs),
        scenarios=sum(len(story.scenarios) for spec in specs for story in spec.stories),
        decisions=len(feature.plan.decisions) if feature.plan else 0,
        tasks=len(feature.tasks.tasks) if feature.tasks else 0,
        prose=_count_prose(draft),
        refs={ref: qualify(local, feature=draft.number) for ref, local in draft.ids.items()},
    )


def _count_prose(draft: Draft) -> int:
    """How many sections are carried over."""
    kinds = [one.kind for source in draft.sources for one in source.remainders]
    return kinds.count(RemainderKind.PROSE) - len(find_left_prose(draft))


def _list_left(draft: Draft, refs: Iterable[str]) -> Iterator[LeftBehind]:
    for source in draft.sources:
        for one in source.remainders:
            if one.kind is not RemainderKind.PROSE:
                yield _leave(one)
        yield from _list_loose_changes(source, refs)
    for one in find_left_prose(draft):
        what = f"the prose “{one.title}”, in which requirements would be read"
        yield LeftBehind(place=one.place, what=what)


def _list_loose_changes(source: ForeignFeature, refs: Iterable[str]) -> Iterator[LeftBehind]:
    """Requirements that change others which are not imported with them."""
    spec = source.feature.spec
    for requirement in spec.requirements if spec else ():
        for change in requirement.changes:
            if change.ref not in refs:
                what = f"that it changes {change.ref}, which was not imported with it"
                yield LeftBehind(place=requirement.place, what=what)


def _leave(one: Remainder) -> LeftBehind:
    what = f"the document {one.title}" if one.kind is RemainderKind.DOCUMENT else one.title
    return LeftBehind(place=one.place, what=what)


def _list_problems(draft: Draft) -> Iterator[Problem]:
    for source in draft.sources:
        yield from source.problems
        feature = source.feature
        for document in (feature.spec, feature.plan, feature.tasks):
            if document:
                yield from document.problems
