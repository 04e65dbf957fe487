"""`abstraction.needless`: an abstract type with one implementation, that no decision asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from headwater.paths import matches_glob
from headwater.rules.abstractions import TypeShape, find_implemented_once
from headwater.rules.articles.interface import HANDWRITTEN, Need, Rule
from headwater.spec.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.articles.evidence import Evidence
    from headwater.rules.articles.interface import Demand
    from headwater.spec.model import Problem


class _Known(NamedTuple):
    shape: TypeShape
    place: Place
    judged: bool


def find_needless_types(evidence: Evidence, demand: Demand) -> Iterator[Problem]:
    """One for each such type, in plans that are judged and in code; what a plan declares is its."""
    known = [*_list_planned(evidence, demand), *_list_coded(evidence, demand)]
    shapes = (each.shape for each in known)
    for number, made in find_implemented_once(shapes, decided=evidence.decided):
        abstract, concrete = known[number], known[made]
        if abstract.judged:
            yield demand.report(
                "needless-type",
                f"wants no abstract type for one implementation; only `{concrete.shape.name}` "
                f"implements `{abstract.shape.name}`",
                place=abstract.place,
                remedy=f"Use `{concrete.shape.name}` itself, or have a decision of the plan say "
                "what the other is for",
            )


def _list_planned(evidence: Evidence, demand: Demand) -> Iterator[_Known]:
    for each in evidence.planned_types:
        judged = evidence.judges_plans and matches_glob(each.path, demand.check.scope)
        shape = TypeShape(each.name, each.bases, each.members)
        yield _Known(shape, Place(path=each.path, line=each.line), judged)


def _list_coded(evidence: Evidence, demand: Demand) -> Iterator[_Known]:
    planned = {each.name for each in evidence.planned_types}
    for path, facts in evidence.code.items():
        for each in facts.types:
            if each.name not in planned:
                shape = TypeShape(each.name, each.bases, each.members)
                place = Place(path=path, line=each.line)
                yield _Known(shape, place, evidence.is_judged(path, demand.check))


def _render(_: Demand) -> str:
    return "declare no abstract type for a single implementation"


RULE = Rule(
    name="abstraction.needless",
    finds="an abstract type (`ABC`, `Protocol`) with exactly one implementation, in plans and in "
    "code; not one that a decision of a plan names",
    why="Every reader has to look in two places for one thing.",
    example="{check: abstraction.needless, severity: warning}",
    arguments=(HANDWRITTEN,),
    needs=frozenset({Need.CODE, Need.TYPES}),
    find=find_needless_types,
    render=_render,
)
