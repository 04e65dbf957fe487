"""`calls.forbidden`: functions that no file in scope calls, by whatever name it has them."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from headwater.rules.articles.interface import HANDWRITTEN, Argument, ArgumentKind, Need, Rule
from headwater.rules.articles.reach import find_meaning, map_modules
from headwater.spec.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.articles.evidence import Evidence
    from headwater.rules.articles.interface import Demand
    from headwater.spec.model import Problem


def find_forbidden_calls(evidence: Evidence, demand: Demand) -> Iterator[Problem]:
    """One for each forbidden name on each line that calls it."""
    patterns = demand.names("calls")
    modules = map_modules(evidence)
    for facts in evidence.list_judged(demand.check):
        called = {(used.line, find_meaning(used.name, evidence, modules)) for used in facts.calls}
        called |= {(used.line, used.name) for used in facts.calls}
        for line, name in sorted(called):
            if any(fnmatchcase(name, pattern) for pattern in patterns):
                yield demand.report(
                    "forbidden-call",
                    f"forbids calling `{name}`",
                    place=Place(path=facts.path, line=line),
                    remedy="Do without this call",
                )


def _render(demand: Demand) -> str:
    return "do not call " + ", ".join(f"`{call}`" for call in demand.names("calls"))


RULE = Rule(
    name="calls.forbidden",
    finds="a call, resolved through imports, other names and own files that pass it on "
    "(`from os import system as s` is `os.system`); not `model.eval()` where `eval` is forbidden",
    why="Some calls are unsafe wherever they stand, others belong to one module alone.",
    example='{check: calls.forbidden, calls: [eval, "subprocess.*"]}',
    arguments=(
        Argument(
            name="calls", kind=ArgumentKind.NAMES, means="dotted names, with `*` for any part"
        ),
        HANDWRITTEN,
    ),
    needs=frozenset({Need.CODE}),
    find=find_forbidden_calls,
    render=_render,
)
