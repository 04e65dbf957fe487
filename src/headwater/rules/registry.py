"""Every rule about documents. A new one is added here, and nowhere else."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from headwater.rules.consistency import (
    changed_from_two_bases,
    contradictory_examples,
    contradictory_numbers,
    contradictory_obligation,
    duplicate_example,
    duplicate_id,
    duplicate_label,
    duplicate_requirement,
    feature_number_taken,
    retired_id_reused,
)
from headwater.rules.tracing import (
    ambiguous_name,
    component_without_file,
    component_without_interface,
    component_without_requirement,
    decision_serves_none,
    dependency_cycle,
    forbidden_path,
    interface_body,
    interface_constant,
    interface_duplicate,
    interface_import,
    interface_language,
    interface_module,
    interface_syntax,
    needless_abstraction,
    number_collision,
    orphan_contract,
    parallel_tasks_share_file,
    plan_breaks_article,
    planned_file_taken,
    retired_ref,
    shared_file,
    target_missing,
    target_unknown,
    task_cycle,
    task_traces_to_none,
    tests_after_code,
    ticked_without_file,
    unimplemented_requirement,
    unknown_command,
    unknown_component,
    unknown_error,
    unknown_member,
    unknown_name,
    unknown_ref,
    unknown_task_dependency,
    unknown_task_ref,
    wrong_arguments,
)
from headwater.rules.wording import vague_word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.rules.interface import Rule

# In the order of folders, and of names in each.
_ALL: tuple[Rule, ...] = (
    # consistency
    changed_from_two_bases.RULE,
    contradictory_examples.RULE,
    contradictory_numbers.RULE,
    contradictory_obligation.RULE,
    duplicate_example.RULE,
    duplicate_id.RULE,
    duplicate_label.RULE,
    duplicate_requirement.RULE,
    feature_number_taken.RULE,
    retired_id_reused.RULE,
    # tracing
    ambiguous_name.RULE,
    component_without_file.RULE,
    component_without_interface.RULE,
    component_without_requirement.RULE,
    decision_serves_none.RULE,
    dependency_cycle.RULE,
    forbidden_path.RULE,
    interface_body.RULE,
    interface_constant.RULE,
    interface_duplicate.RULE,
    interface_import.RULE,
    interface_language.RULE,
    interface_module.RULE,
    interface_syntax.RULE,
    needless_abstraction.RULE,
    number_collision.RULE,
    orphan_contract.RULE,
    parallel_tasks_share_file.RULE,
    plan_breaks_article.RULE,
    planned_file_taken.RULE,
    retired_ref.RULE,
    shared_file.RULE,
    target_missing.RULE,
    target_unknown.RULE,
    task_cycle.RULE,
    task_traces_to_none.RULE,
    tests_after_code.RULE,
    ticked_without_file.RULE,
    unimplemented_requirement.RULE,
    unknown_command.RULE,
    unknown_component.RULE,
    unknown_error.RULE,
    unknown_member.RULE,
    unknown_name.RULE,
    unknown_ref.RULE,
    unknown_task_dependency.RULE,
    unknown_task_ref.RULE,
    wrong_arguments.RULE,
    # wording
    vague_word.RULE,
)

RULES: Final[Mapping[str, Rule]] = MappingProxyType({rule.name: rule for rule in _ALL})
"""Every rule by its name."""
