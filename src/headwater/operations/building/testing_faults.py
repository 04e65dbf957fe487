"""Where tests do not come before code: in task lists, and in plans whose components have none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.index import ItemKind
from headwater.operations.standing.survey import list_written
from headwater.rules.articles.evidence import NotTestedFirst
from headwater.rules.tracing.tests_after_code import find_late_tests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.graph.index import Item
    from headwater.operations.standing.survey import Survey


def find_testing_faults(survey: Survey, feature: str) -> Iterator[NotTestedFirst]:
    """The faults of one feature, which must exist."""
    reading = survey.reading
    for late in find_late_tests(reading.find_feature(feature)):
        yield NotTestedFirst(late.message, late.hint.removesuffix("."), late.place)
    judged = _list_judged(survey, feature)
    interfaces = reading.load(feature).interfaces
    for ref in reading.index.plans.get(feature, ()):
        interface = interfaces.get(ref)
        has_code = interface is not None and any(name.reached for name in interface.names)
        if has_code and ref not in judged and not _is_promised_test(survey, ref):
            planned = reading.index.components[ref]
            yield NotTestedFirst(
                f"no test that could fail judges {planned.id}",
                f"Give a requirement that {planned.id} implements an example that calls it",
                planned.place,
            )


def is_testable(item: Item) -> bool:
    """Whether a test can be written from an item's prose."""
    if item.kind is ItemKind.REQUIREMENT:
        return not item.ref.rpartition("/")[2].startswith("NFR")
    return item.kind is ItemKind.SCENARIO


def _list_judged(survey: Survey, feature: str) -> frozenset[str]:
    """Components that a test judges which a stub fails: one of an example, or one in the lock."""
    units = survey.reading.load_units(feature)
    written = list_written(survey.lock, feature)
    return frozenset(
        ref
        for touches in (
            *(unit.touches for unit in units if not unit.exempt),
            *(test.touches for test in written),
        )
        for ref in touches
    )


def _is_promised_test(survey: Survey, component: str) -> bool:
    """Whether `build` will have a test written from prose before it derives the component."""
    if component in survey.lock.records:
        return False
    index = survey.reading.index
    covered = {unit.ref for unit in survey.reading.units[component.partition("/")[0]]}
    return any(
        ref not in covered and is_testable(index.items[ref]) for ref in index.live_refs(component)
    )
