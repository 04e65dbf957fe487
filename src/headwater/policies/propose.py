"""Which checks could enforce a statement: by its numbers, its names, or what it asks to be done."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from headwater.policies.proposals import is_enforceable
from headwater.policies.propose_limits import propose_limits
from headwater.policies.propose_names import propose_names
from headwater.policies.propose_practices import propose_practices

if TYPE_CHECKING:
    from headwater.policies.proposals import Proposal
    from headwater.policies.statements import Statement


def propose_checks(statement: Statement) -> tuple[Proposal, ...]:
    """Every check that is known and takes the arguments; none where only people can judge."""
    found = chain(
        statement.proposals,
        propose_limits(statement),
        propose_names(statement),
        propose_practices(statement),
    )
    unique = {proposal.render(): proposal for proposal in found}
    return tuple(proposal for proposal in unique.values() if is_enforceable(proposal))
