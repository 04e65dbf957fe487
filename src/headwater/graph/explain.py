"""Where a derived file comes from: its component, its sources, its maker, and who builds on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.graph.order import find_reachable, invert

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.graph.index import Index
    from headwater.graph.lock import ComponentRecord, FeatureRecord, Generator
    from headwater.graph.states import ComponentState, Reason, State


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """What is known of one derived file.

    Attributes:
        path: the file.
        owner: `001/C1`; for feature tests and support the feature, `001`.
        is_code: whether it is code; otherwise it is a test file or support of tests.
        refs: what its component implements.
        sources: names of everything that it was derived from.
        generator: what made it; None where no model had a part.
        dependencies: components that its component needs, directly or not.
        dependents: components that need its component, directly or not.
        state: its component's state, with the reasons for it.
    """

    path: str
    owner: str
    is_code: bool
    refs: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    generator: Generator | None = None
    dependencies: tuple[str, ...] = ()
    dependents: tuple[str, ...] = ()
    state: State | None = None
    reasons: tuple[Reason, ...] = ()


def explain_file(
    path: str,
    *,
    index: Index,
    components: Mapping[str, ComponentRecord],
    features: Mapping[str, FeatureRecord],
    states: Mapping[str, ComponentState],
) -> Explanation | None:
    """Explain a path relative to the repository; None when no record names it.

    Args:
        path: with `/` between folders.
        index: of the project.
        components: records by component.
        features: records by feature number.
        states: of components and, where at hand, of features.
    """
    for ref, record in components.items():
        if any(file.path == path for file in record.files):
            return _explain(path, ref, record, index=index, states=states)
    for number, feature in features.items():
        if any(file.path == path for file in feature.files):
            state = states.get(number)
            return Explanation(
                path=path,
                owner=number,
                is_code=False,
                refs=tuple(dict.fromkeys(test.ref for test in feature.written)),
                state=state.state if state else None,
                reasons=state.reasons if state else (),
            )
    return None


def _explain(
    path: str,
    ref: str,
    record: ComponentRecord,
    *,
    index: Index,
    states: Mapping[str, ComponentState],
) -> Explanation:
    planned = index.components.get(ref)
    state = states.get(ref)
    return Explanation(
        path=path,
        owner=ref,
        is_code=path in record.bodies,
        refs=planned.implements if planned else (),
        sources=tuple(sorted(record.sources)),
        generator=record.generator,
        dependencies=find_reachable(index.dependencies, ref),
        dependents=find_reachable(invert(index.dependencies), ref),
        state=state.state if state else None,
        reasons=state.reasons if state else (),
    )
