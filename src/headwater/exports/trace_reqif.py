"""A trace as ReqIF: an object for everything that has a name, a relation for every edge."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from headwater import __version__
from headwater.exports.printable import make_printable
from headwater.exports.reqif import (
    ReqifDocument,
    ReqifEntry,
    ReqifObject,
    ReqifRelation,
    ReqifSpecification,
    render_reqif,
)
from headwater.spec.ids import qualify, split_ref

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from headwater.operations.tracing.trace_report import TracedFeature, TracedItem, TraceReport

T = TypeVar("T")

# The first two are names that ReqIF tools know (ReqIF Implementation Guide).
_REF, _TEXT, _STATUS = "ReqIF.ForeignID", "ReqIF.Text", "Status"
_KINDS = ("story", "scenario", "requirement", "decision", "component", "task", "test")
_RELATIONS = ("serves", "implements", "names", "verifies")
_NO_COMMIT = datetime(1970, 1, 1, tzinfo=UTC)


def render_trace_reqif(report: TraceReport) -> str:
    """The file. Its times are those of the last commit, so that the same state gives the same."""
    moment = (report.as_of or _NO_COMMIT).astimezone(UTC)
    objects = {one.name: one for one in _list_objects(report)}
    items = _group(report.items, by=lambda item: item.ref)
    names = _group(objects, by=str)
    return render_reqif(
        ReqifDocument(
            title=make_printable(f"Trace of {report.ref}" if report.ref else "Trace"),
            tool=f"headwater {__version__}",
            moment=moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            attributes=dict.fromkeys(_KINDS, (_REF, _TEXT, _STATUS)),
            relation_kinds=_RELATIONS,
            objects=tuple(objects.values()),
            relations=tuple(dict.fromkeys(_list_relations(report))),
            specifications=tuple(
                ReqifSpecification(
                    name=feature.number,
                    title=make_printable(f"{feature.number} {feature.slug}"),
                    entries=tuple(
                        _list_entries(
                            feature, items.get(feature.number, []), names.get(feature.number, [])
                        )
                    ),
                )
                for feature in report.features
            ),
        )
    )


def _list_objects(report: TraceReport) -> Iterator[ReqifObject]:
    for feature in report.features:
        for story in feature.stories:
            yield _make("story", story.ref, story.title)
    for item in sorted(report.items, key=lambda item: item.ref):
        yield _make(item.kind.value, item.ref, item.text, item.coverage.value)
        for decision in item.decisions:
            yield _make("decision", decision.ref, decision.title)
        for component in item.components:
            yield _make("component", component.ref, component.name, component.state.value)
        for task in item.tasks:
            yield _make("task", task.ref, task.text)
        for test in item.tests:
            result = "passed" if test.passed else "not passed as it stands"
            yield _make("test", _name_test(item, test.key), test.file, result)


def _make(kind: str, name: str, text: str, status: str = "") -> ReqifObject:
    values = {_REF: name, _TEXT: text, _STATUS: status}
    return ReqifObject(
        name=make_printable(name),
        kind=kind,
        values={attribute: make_printable(value) for attribute, value in values.items()},
    )


def _list_relations(report: TraceReport) -> Iterator[ReqifRelation]:
    for item in report.items:
        ends = {
            "serves": [decision.ref for decision in item.decisions],
            "implements": [component.ref for component in item.components],
            "names": [task.ref for task in item.tasks],
            "verifies": [_name_test(item, test.key) for test in item.tests],
        }
        for kind, sources in ends.items():
            for source in sources:
                yield ReqifRelation(
                    kind=kind, source=make_printable(source), target=make_printable(item.ref)
                )


def _group(values: Iterable[T], *, by: Callable[[T], str]) -> dict[str, list[T]]:
    """Values by the feature of their ref."""
    groups: dict[str, list[T]] = {}
    for value in values:
        groups.setdefault(split_ref(by(value))[0], []).append(value)
    return groups


def _list_entries(
    feature: TracedFeature, items: Sequence[TracedItem], objects: Iterable[str]
) -> Iterator[ReqifEntry]:
    """Stories with their scenarios, requirements, then what the plan and the tasks name.

    Tests stand below what they verify. Items and objects are those of the feature.
    """
    stories: dict[str, list[TracedItem]] = {story.ref: [] for story in feature.stories}
    plain: list[TracedItem] = []
    for item in items:
        stories.get(item.ref.rpartition(".")[0], plain).append(item)
    for ref, below in stories.items():
        yield ReqifEntry(name=make_printable(ref), children=tuple(map(_enter, below)))
    yield from map(_enter, plain)
    tests = (_name_test(item, test.key) for item in items for test in item.tests)
    placed = {make_printable(name) for name in (*stories, *(i.ref for i in items), *tests)}
    yield from (ReqifEntry(name=name) for name in objects if name not in placed)


def _enter(item: TracedItem) -> ReqifEntry:
    tests = (make_printable(_name_test(item, test.key)) for test in item.tests)
    return ReqifEntry(
        name=make_printable(item.ref), children=tuple(ReqifEntry(name=test) for test in tests)
    )


def _name_test(item: TracedItem, key: str) -> str:
    return qualify(key, feature=split_ref(item.ref)[0])
