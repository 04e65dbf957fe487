"""What an implementing model is told."""

from __future__ import annotations

from dataclasses import replace

from headwater.steps.deriving.contract import Contract, render_contract
from tests.targets.builders import component

DEMO = component("def f(n: int) -> int: ...\ndef g(): ...")
CONTRACT = Contract(
    ref="001/C1",
    component=replace(DEMO, responsibility="Do   what\nis asked."),
    requirements={"001/FR-001": "It doubles.", "001/FR-002": "It stops."},
    examples=">>> f(1)\n2",
    constraints=("no eval (article I)", "no sockets (article II)"),
)


def test_a_contract_says_each_thing_once_and_in_order() -> None:
    assert render_contract(CONTRACT) == (
        "It doubles.\n\nIt stops.\n\ndemo: Do what is asked.\n\n"
        "Constraints:\n- no eval (article I)\n- no sockets (article II)\n\n"
        "Examples:\n\n>>> f(1)\n2"
    )


def test_a_contract_leaves_out_what_there_is_not() -> None:
    bare = Contract(ref="001/C1", component=DEMO, requirements={"001/FR-001": "It doubles."})
    assert render_contract(bare) == "It doubles."
