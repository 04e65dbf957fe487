"""From what tests said of mutants to how strong the examples of each ref are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.strength import RefStrength, Survivor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.steps.strength.propose import Proposal
    from headwater.steps.strength.try_mutants import Tried
    from headwater.targets.mutation import Mutant


def score_refs(
    tried: Sequence[Tried], *, refs: Mapping[str, str], proposed: Mapping[int, Proposal]
) -> tuple[RefStrength, ...]:
    """The strength of every ref whose tests reach a mutant, in the order of the tests.

    Args:
        tried: mutants with what tests said of them.
        refs: key of every test to its ref.
        proposed: rows that would kill survivors, by the number of the mutant.
    """
    by_ref: dict[str, set[str]] = {}
    for key, ref in refs.items():
        by_ref.setdefault(ref, set()).add(key)
    scored = (_score(ref, keys, tried, proposed) for ref, keys in by_ref.items())
    return tuple(one for one in scored if one.reached)


def _score(
    ref: str, keys: set[str], tried: Sequence[Tried], proposed: Mapping[int, Proposal]
) -> RefStrength:
    reached = [(number, one) for number, one in enumerate(tried) if keys & one.trial.reached]
    killed = sum(bool(keys & one.trial.killed) for _, one in reached)
    survived = [(number, one.mutant) for number, one in reached if not one.trial.killed]
    return RefStrength(
        ref=ref,
        reached=len(reached),
        killed=killed,
        elsewhere=len(reached) - killed - len(survived),
        survivors=tuple(
            _describe(mutant, proposed.get(number), ref=ref) for number, mutant in survived
        ),
    )


def _describe(mutant: Mutant, proposal: Proposal | None, *, ref: str) -> Survivor:
    """A survivor, with the row that was found for it where the row is this ref's."""
    own = proposal if proposal is not None and proposal.ref == ref else None
    return Survivor(
        path=mutant.path,
        line=mutant.line,
        before=mutant.before,
        after=mutant.after,
        call=own.call if own else "",
        result=own.result if own else "",
    )
