"""Every rule about documents. A new one is added here, and nowhere else."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from headwater.rules.consistency import (
    contradictory_numbers,
    contradictory_obligation,
    duplicate_requirement,
)
from headwater.rules.tracing import (
    decision_serves_none,
    needless_abstraction,
    number_collision,
    parallel_tasks_share_file,
    plan_breaks_article,
    task_cycle,
    task_traces_to_none,
    tests_after_code,
    ticked_without_file,
)
from headwater.rules.wording import vague_word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.rules.interface import Rule

# In the order of folders, and of names in each.
_ALL: tuple[Rule, ...] = (
    # consistency
    contradictory_numbers.RULE,
    contradictory_obligation.RULE,
    duplicate_requirement.RULE,
    # tracing
    decision_serves_none.RULE,
    needless_abstraction.RULE,
    number_collision.RULE,
    parallel_tasks_share_file.RULE,
    plan_breaks_article.RULE,
    task_cycle.RULE,
    task_traces_to_none.RULE,
    tests_after_code.RULE,
    ticked_without_file.RULE,
    # wording
    vague_word.RULE,
)

RULES: Final[Mapping[str, Rule]] = MappingProxyType({rule.name: rule for rule in _ALL})
"""Every rule by its name."""
