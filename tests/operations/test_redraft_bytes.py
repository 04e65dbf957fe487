"""In features of many shapes, drafting again touches suspect items and no other byte."""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING

import pytest

from headwater.operations.plan import PlanRequest, plan
from headwater.operations.tasks import tasks
from tests.operations.builders import Checkout
from tests.operations.planning_garage import (
    CHOICE,
    OPTIONS,
    PLAN,
    SPEC,
    TASKS,
    list_suspects,
)
from tests.operations.planning_parking import make_ports
from tests.steps.plan.builders import make_model, write_spec

if TYPE_CHECKING:
    from pathlib import Path

_WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heath")


def write_feature(random: Random, texts: list[str]) -> str:
    """A spec with these requirements, each with a function of its own."""
    rows = [f"{_WORDS[number]}_{_WORDS[number]}(1) | 2" for number in range(len(texts))]
    blocks = [
        f"{text}\n`{row.partition(' | ')[0]}` | `2`" for text, row in zip(texts, rows, strict=True)
    ]
    assumption = random.choice(["", "## Assumptions\n\n- All is well.\n"])
    return write_spec(*blocks, after=assumption)


def answer(random: Random, count: int, *, does: str) -> dict[str, object]:
    """Components of two or three functions, decisions that serve what they like."""
    names = [f"{word}_{word}" for word in _WORDS[:count]]
    groups: list[list[str]] = []
    while names:
        size = random.randint(2, 3)
        groups.append(names[:size])
        names = names[size:]
    parts = [f"part_{number}" for number, _ in enumerate(groups)]
    serves = [f"FR-{random.randint(1, count):03}" for _ in range(2)]
    return {
        "components components": {
            "components": [
                {"name": name, "functions": group}
                for name, group in zip(parts, groups, strict=True)
            ]
        },
        "topics choices": {
            "choices": [
                {"title": f"Choice {n}", "serves": [ref]} for n, ref in enumerate(serves, 1)
            ]
        },
        **{f"duty {name}": {"does": f"{does} {name}", "calls": []} for name in parts},
        **{f"options D{n}": {**OPTIONS, "context": f"{does} D{n}."} for n in (1, 2)},
        **{f"choice D{n}": CHOICE for n in (1, 2)},
    }


def cut(text: str) -> dict[str, str]:
    """Every item by its id, and all that is no item."""
    pattern = r"(?ms)^### ([CD]\d+): .*?(?=\n+^##|\Z)|^- \[[ x]\] (T\d+) [^\n]*$"
    items = {match[1] or match[2]: match[0] for match in re.finditer(pattern, text)}
    return {**items, "": re.sub(pattern, "", text).rstrip("\n")}


@pytest.mark.parametrize("seed", range(8))
def test_only_suspect_items_change(repository: Path, seed: int) -> None:
    random = Random(seed)
    count = random.randint(4, 8)
    texts = [f"The {_WORDS[number]} MUST be kept." for number in range(count)]
    checkout = Checkout(root=repository)
    checkout.write(".gitignore", ".headwater/\n")
    checkout.write(SPEC, write_feature(Random(seed), texts))
    checkout.commit()
    plan(
        checkout.root,
        PlanRequest(),
        ports=make_ports(make_model(answer(Random(seed), count, does="Keep"))),
    )
    tasks(checkout.root, "", ports=make_ports())
    for number in random.sample(range(count), 2):
        texts[number] = texts[number].replace("kept", "given away")
    checkout.write(SPEC, write_feature(Random(seed), texts))
    checkout.commit()

    before, suspects = checkout.read(PLAN), list_suspects(checkout)
    assert suspects
    model = make_model(answer(Random(seed), count, does="Give"))
    plan(checkout.root, PlanRequest(), ports=make_ports(model))
    compare(before, checkout.read(PLAN), suspects)

    before, suspects = checkout.read(TASKS), list_suspects(checkout)
    assert suspects
    tasks(checkout.root, "", ports=make_ports())
    compare(before, checkout.read(TASKS), suspects)
    assert list_suspects(checkout) == {}


def compare(before: str, now: str, suspects: dict[str, str]) -> None:
    then, present = cut(before), cut(now)
    assert list(then) == list(present)
    differing = {name for name in then if then[name] != present[name]}
    assert differing <= suspects.keys()
    assert {name for name in suspects if name[0] in "CD" and name in then} <= differing
