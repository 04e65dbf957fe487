"""Writes all native documents of a draft, and holds them against what they were made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.interop.writing.plan_text import render_plan
from headwater.interop.writing.prose import mend_tables
from headwater.interop.writing.spec_text import render_spec
from headwater.interop.writing.tasks_text import render_tasks
from headwater.spec.model import Severity
from headwater.spec.read_project import FeatureFolder, read_feature

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.interop.writing.draft import Draft
    from headwater.spec.model import Feature, Place


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
    wanted, found = list(_list_wanted(draft)), dict(_list_found(feature))
    for local, text, place in wanted:
        if _collapse(found.pop(local, "")) != _collapse(mend_tables(text.encode()).decode()):
            raise _refuse(draft, f"{place} would not read as {local} of {draft.folder}")
    if found:
        raise _refuse(draft, f"{next(iter(found))} of {draft.folder} would be read from prose")


def _refuse(draft: Draft, what: str) -> UnfaithfulError:
    return UnfaithfulError(
        f"{draft.whole.feature.folder} cannot be imported as it is: {what}",
        hint="Change what stands there, or name the other paths to import.",
    )


def _list_wanted(draft: Draft) -> Iterator[tuple[str, str, Place]]:
    """Id, text and place of all that a draft holds."""
    for source in draft.sources:
        spec = source.feature.spec
        for requirement in spec.requirements if spec else ():
            yield draft.local(source, requirement.id), requirement.text, requirement.place
        for story in spec.stories if spec else ():
            for number, scenario in enumerate(story.scenarios, start=1):
                local = f"{draft.local(source, story.id)}.{number}"
                yield local, scenario.text, scenario.place


def _list_found(feature: Feature) -> Iterator[tuple[str, str]]:
    """Id and text of what was read again."""
    spec = feature.spec
    for requirement in spec.requirements if spec else ():
        yield requirement.id, requirement.text
    for story in spec.stories if spec else ():
        for scenario in story.scenarios:
            yield scenario.id, scenario.text


def _collapse(text: str) -> str:
    return " ".join(text.split())
