"""`tasks.md` after a build: ticked where components are derived, without what nothing asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.spec.splice import apply_edits, remove_task, tick_task

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from headwater.spec.model import Feature, Task


def settle_tasks(
    feature: Feature,
    *,
    verified: Collection[str] = (),
    removed: Mapping[str, Collection[str]],
) -> bytes:
    """The bytes of a feature's `tasks.md`, which it must have, as they are to be.

    Args:
        feature: as it was read.
        verified: components that are derived and verified; tasks that bind to nothing else are
            ticked.
        removed: components that are taken away, to their files; tasks that bind to nothing else
            go too, unless a task that stays depends on them or stands inside of them.
    """
    assert feature.tasks is not None
    source = feature.tasks.source
    orphaned = _find_orphaned(feature, removed)
    edits = [remove_task(source, task) for task in orphaned]
    for task in feature.tasks.tasks:
        bound = _list_bound(task, feature)
        if task not in orphaned and bound and bound <= set(verified) and not task.done:
            edits.append(tick_task(source, task))
    return apply_edits(source.data, edits)


def _find_orphaned(feature: Feature, removed: Mapping[str, Collection[str]]) -> list[Task]:
    assert feature.tasks is not None
    tasks = feature.tasks.tasks
    files = {path for paths in removed.values() for path in paths}
    orphaned = [
        task
        for task in tasks
        if (task.components or task.files)
        and _list_bound(task, feature) <= removed.keys()
        and files.issuperset(task.files)
    ]
    # What stays keeps what it depends on, and what stands inside of it keeps its place.
    while kept := [task for task in orphaned if _is_needed(task, tasks, orphaned)]:
        orphaned = [task for task in orphaned if task not in kept]
    return orphaned


def _is_needed(task: Task, tasks: Collection[Task], orphaned: Collection[Task]) -> bool:
    return any(
        task.id in other.depends_on or task.span.start < other.span.start < task.span.end
        for other in tasks
        if other not in orphaned
    )


def _list_bound(task: Task, feature: Feature) -> set[str]:
    """The components that a task names, in full."""
    return {ref if "/" in ref else f"{feature.number}/{ref}" for ref in task.components}
