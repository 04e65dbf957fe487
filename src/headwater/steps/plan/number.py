"""Ids and files of components: those that they had, else new ones that nothing else has."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from headwater.steps.plan.before import Before
    from headwater.steps.plan.parts import Part
    from headwater.targets.interface import Target


def settle_ids(parts: Sequence[Part], *, before: Before) -> None:
    """`C1`, `C2` … in the given order; ids are never reused."""
    highest = max((int(one[1:]) for one in before.ids.values()), default=0)
    for part in parts:
        part.id = before.ids.get(part.name, "")
        if not part.id:
            highest += 1
            part.id = f"C{highest}"


def settle_paths(
    parts: Sequence[Part],
    *,
    package: str,
    target: Target,
    before: Mapping[str, str],
    taken: Collection[str],
) -> None:
    """One file a component, none of them taken."""
    used = {*taken, *before.values()}
    for part in parts:
        part.path = before.get(part.name, "")
        number = 1
        while not part.path:
            name = part.name if number == 1 else f"{part.name}_{number}"
            path = target.plan_file(package, name)
            number += 1
            if path not in used:
                part.path = path
        used.add(part.path)
