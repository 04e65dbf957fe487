"""What an implementing model is told about one component, and nothing else.

The contract is rendered once a component: every prompt of its search begins with the same bytes,
so that a local model's prompt cache holds them. Held-out examples never enter it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headwater.graph.prose import normalise_prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from headwater.spec.model import Component
    from headwater.steps.deriving.search import Tried


@dataclass(frozen=True, kw_only=True, slots=True)
class Contract:
    """One component's part of the specification.

    Attributes:
        ref: `001/C1`.
        component: from the plan; its interface is what the code must offer.
        requirements: ref to prose in normal form, for every ref that it implements.
        outline: the file to complete, as its language writes it.
        examples: the visible examples that judge it, as its language writes them.
        dependencies: the components that it may call.
        constraints: what articles of the constitution ask of its files, a line each.
        broken: how earlier answers broke them.
    """

    ref: str
    component: Component
    requirements: Mapping[str, str]
    outline: str = ""
    examples: str = ""
    dependencies: tuple[Component, ...] = ()
    constraints: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


_MOST_BROKEN = 3


def recall_breaches(contract: Contract, history: Iterable[Tried]) -> Contract:
    """The contract with the last articles that earlier candidates broke.

    It is the one failure that every question tells back: a constraint that was overlooked once is
    overlooked again, while failing tests are best answered by a fresh sample.
    """
    broken = (breach.message for tried in history for breach in tried.judgement.breaches)
    return replace(contract, broken=tuple(dict.fromkeys(broken))[-_MOST_BROKEN:])


def render_contract(contract: Contract) -> str:
    """The text that every prompt of this component's search begins with."""
    component = contract.component
    parts = [*contract.requirements.values()]
    if component.responsibility:
        parts.append(f"{component.name}: {normalise_prose(component.responsibility)}")
    if contract.constraints:
        parts.append("\n".join(["Constraints:", *(f"- {line}" for line in contract.constraints)]))
    if contract.examples:
        parts.append(f"Examples:\n\n{contract.examples}")
    if contract.broken:  # last, so that what stands before stays in a prompt cache
        parts.append(
            "\n".join(["Earlier answers broke:", *(f"- {each}" for each in contract.broken)])
        )
    return "\n\n".join(part.strip() for part in parts if part.strip())
