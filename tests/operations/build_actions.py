"""What a build did to each component."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.operations.building.report import Action

if TYPE_CHECKING:
    from headwater.operations.building.report import BuildReport


def actions(report: BuildReport) -> dict[str, Action]:
    """What was done to each component."""
    return {built.component: built.action for built in report.components}


FRESH = dict.fromkeys(("001/C1", "001/C2", "001/C3", "001/C4"), Action.FRESH)
