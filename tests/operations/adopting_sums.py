"""What tests of `adopt` share: a built repository with an edit in it, and ports with a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.operations.adopt import commit_adoption, propose_adoption
from headwater.operations.adopting.report import AdoptPorts, AdoptRequest
from tests.operations.builders import make_draft_ports, make_ports

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from headwater.llm.interface import Model
    from headwater.operations.adopting.report import ProposedAdoption
    from headwater.steps.change.candidates import Candidate
    from tests.operations.builders import Checkout

WIDER = "def double(n: int) -> int:\n    return 2 * n if n < 100 else 200\n"
"""Doubles, but never beyond 200: no example of the sketch says otherwise."""


def make_adopt_ports(*models: Model) -> AdoptPorts:
    """What `adopt` needs; without a model none may be asked."""
    return AdoptPorts(drafting=make_draft_ports(*models), building=make_ports(*models))


def propose(
    checkout: Checkout,
    *paths: str,
    models: Sequence[Model] = (),
    ref: str = "",
    regenerate: bool = False,
    choose: Callable[[Sequence[Candidate]], str] | None = None,
) -> ProposedAdoption:
    """What `adopt` proposes for some files."""
    request = AdoptRequest(
        files=tuple(checkout.root / path for path in paths), ref=ref, regenerate=regenerate
    )
    ports = make_adopt_ports(*models)
    return propose_adoption(checkout.root, request, ports=ports, choose=choose)


def adopt(checkout: Checkout, *paths: str, models: Sequence[Model] = ()) -> str:
    """Propose and commit; returns the commit's id."""
    return commit_adoption(checkout.root, propose(checkout, *paths, models=models))
