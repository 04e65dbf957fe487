"""A fact as a statement: advice, since nobody wrote that it must be so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.policies.proposals import Proposal
from headwater.policies.quotes import make_quote
from headwater.policies.statements import Statement
from headwater.policies.strengths import Demand, Strength
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.policies.interface import PolicyLine, PolicyText
    from headwater.policies.topics import Topic


def make_fact(
    policy: PolicyText,
    lines: Sequence[PolicyLine],
    *,
    clause: str,
    topic: Topic,
    check: str = "",
    **arguments: object,
) -> Statement:
    """The statement that these lines of a file come to.

    Args:
        policy: the file.
        lines: those that say it.
        clause: what they say, as a sentence.
        topic: what it is about.
        check: what could enforce it; empty for nothing.
        arguments: of the check.
    """
    proposal = Proposal(check=check, severity=Severity.WARNING, arguments=arguments)
    return Statement(
        quote=make_quote(policy, lines),
        clause=clause,
        demand=Demand(strength=Strength.SHOULD),
        topic=topic,
        proposals=(proposal,) if check else (),
        is_fact=True,
    )
