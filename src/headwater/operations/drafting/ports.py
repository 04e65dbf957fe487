"""What `wiring` provides to operations that draft documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.rules.settings import RuleSettings
from headwater.steps.drafting.settings import DraftSettings
from headwater.steps.plan.packages import FindFacts, find_nothing
from headwater.steps.plan.settings import PlanSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager
    from datetime import date

    from headwater.steps.drafting.drafter import Drafter
    from headwater.targets.interface import Target
    from headwater.workspace.kept_results import KeptResults


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftPorts:
    """Languages, and a drafter whose models are opened only when one is asked.

    Attributes:
        targets: languages that can be derived for, by name.
        open_drafter: opens the models.
        today: the date that documents carry.
        rules: settings of the rules that a draft has to satisfy.
        kept: results of earlier runs; None for none.
        seed: of the models' sampling, for the record.
        drafting: bounds of the documents.
        planning: settings of `plan`.
        find_facts: asks the package index about a library.
    """

    targets: Mapping[str, Target]
    open_drafter: Callable[[], AbstractContextManager[Drafter]]
    today: date
    rules: RuleSettings = field(default_factory=RuleSettings)
    kept: KeptResults | None = None
    seed: int = 0
    drafting: DraftSettings = field(default_factory=DraftSettings)
    planning: PlanSettings = field(default_factory=PlanSettings)
    find_facts: FindFacts = find_nothing
