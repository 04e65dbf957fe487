"""Holds deltas against the main specs that they change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.spec.model import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from headwater.interop.openspec.read_delta import Delta


def check_delta(delta: Delta, *, capability: str, present: Collection[str]) -> Iterator[Problem]:
    """What a delta changes and the main spec lacks, and what it adds and the main spec has.

    Args:
        delta: of an open change.
        capability: the main spec's name.
        present: ids of its requirements.
    """
    for target, requirement in delta.changed:
        if target not in present:
            yield Problem(
                code="change-without-requirement",
                message=f"this changes `{capability}/{target}`, which no main spec has",
                place=requirement.place,
                hint="Use the exact name of the requirement, or put this under ADDED.",
                severity=Severity.WARNING,
            )
    for requirement in delta.added:
        if requirement.id in present:
            yield Problem(
                code="requirement-added-twice",
                message=f"this adds `{capability}/{requirement.id}`, which the main spec has",
                place=requirement.place,
                hint="Put it under MODIFIED, or give it another name.",
                severity=Severity.WARNING,
            )
