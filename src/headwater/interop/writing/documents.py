"""Writes all native documents of a draft, and holds them against what they were made from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.interop.writing.plan_text import render_plan
from headwater.interop.writing.prose import mend_lookalikes
from headwater.interop.writing.spec_text import render_spec
from headwater.interop.writing.tasks_text import render_tasks
from headwater.spec.model import Severity
from headwater.spec.read_project import FeatureFolder, read_feature

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.interop.writing.draft import Draft
    from headwater.spec.model import Feature, Requirement, Scenario

    Statement = Requirement | Scenario


class UnfaithfulError(HeadwaterError):
    """What would be written does not read as what it was made from."""


def render_documents(draft: Draft, *, refs: Mapping[str, str]) -> dict[str, bytes]:
    """The native documents of a draft, by path.

    Args:
        draft: what is to be written.
        refs: foreign refs to native ones, for requirements that change others.

    Raises:
        UnfaithfulError: read again, they would hold other requirements, scenarios, decisions or
            tasks.
    """
    rendered = {
        "spec.md": render_spec(draft, refs=refs),
        "plan.md": render_plan(draft),
        "tasks.md": render_tasks(draft),
    }
    documents = {name: data for name, data in rendered.items() if data is not None}
    documents |= draft.whole.copied
    _refuse_unfaithful(draft, documents)
    return {f"{draft.folder}/{name}": data for name, data in documents.items()}


def _refuse_unfaithful(draft: Draft, documents: Mapping[str, bytes]) -> None:
    folder = FeatureFolder(
        path=draft.folder, number=draft.number, slug=draft.folder, documents=documents
    )
    feature, problems = read_feature(folder)
    for document in (feature.spec, feature.plan, feature.tasks):
        problems += document.problems if document else ()
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise _refuse(draft, f"{errors[0].place} would be wrong: {errors[0].message}")
    found = {one.id: one for one in _list_found(feature)}
    for one in _list_wanted(draft):
        if not _is_same(one, found.pop(one.id, None)):
            raise _refuse(draft, f"{one.place} would not read as {one.id} of {draft.folder}")
    if found:
        place = next(iter(found.values())).place
        raise _refuse(draft, f"{place} would be read from what is prose there")
    _refuse_lost(draft, feature)


def _refuse_lost(draft: Draft, feature: Feature) -> None:
    """Decisions and tasks must all be there; their texts are those of the original."""
    whole = draft.whole.feature
    decisions = {one.id for one in feature.plan.decisions} if feature.plan else set()
    for decision in whole.plan.decisions if whole.plan else ():
        if draft.local(draft.whole, decision.id) not in decisions:
            raise _refuse(draft, f"the decision at {decision.place} would not be read")
    tasks = len(feature.tasks.tasks) if feature.tasks else 0
    if whole.tasks and len(whole.tasks.tasks) != tasks:
        raise _refuse(draft, f"{len(whole.tasks.tasks)} tasks would read as {tasks}")


def _refuse(draft: Draft, what: str) -> UnfaithfulError:
    return UnfaithfulError(
        f"{draft.whole.feature.folder} cannot be imported as it is: {what}",
        hint="Change what stands there, or name the other paths to import.",
    )


def _list_wanted(draft: Draft) -> Iterator[Statement]:
    """All that a draft holds, with the ids that it is to have."""
    for source in draft.sources:
        spec = source.feature.spec
        for requirement in spec.requirements if spec else ():
            yield replace(requirement, id=draft.local(source, requirement.id))
        for story in spec.stories if spec else ():
            for number, scenario in enumerate(story.scenarios, start=1):
                yield replace(scenario, id=f"{draft.local(source, story.id)}.{number}")


def _list_found(feature: Feature) -> Iterator[Statement]:
    if feature.spec:
        yield from feature.spec.requirements
        for story in feature.spec.stories:
            yield from story.scenarios


def _is_same(wanted: Statement, found: Statement | None) -> bool:
    """Whether what was read again says the same, apart from white space and mended tables."""
    if found is None or _is_retired(wanted) is not _is_retired(found):
        return False
    text = mend_lookalikes(wanted.text.encode()).decode()
    return " ".join(found.text.split()) == " ".join(text.split())


def _is_retired(one: Statement) -> bool:
    return getattr(one, "retired", None) is not None
