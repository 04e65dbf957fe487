"""What deriving a component will cost in tokens: as it did before, else by how much is to be read.

A token is taken as four characters. Code is taken as a hundred tokens a function: the median of
the functions in examples/punch, with the attempts that a small model needs left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.graph.facts import CodeInterface
    from headwater.spec.model import Component, Requirement, Scenario, Spec

_CHARACTERS = 4
_FUNCTION = 100
_TEST = 150
_STEP = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Estimator:
    """Estimates the components of one plan.

    Attributes:
        spec: of the feature.
        components, interfaces: of its plan, by id.
        measured: tokens that components cost when they were derived last, by id.
    """

    spec: Spec
    components: Mapping[str, Component]
    interfaces: Mapping[str, CodeInterface]
    measured: Mapping[str, int]

    def estimate_code(self, component: str) -> int:
        """Tokens to derive a component: as measured, else computed, scaled by what was measured."""
        if component in self.measured:
            return _round(self.measured[component])
        known = [one for one in self.measured if one in self.components]
        computed = sum(map(self._compute, known))
        ratio = sum(self.measured[one] for one in known) / computed if computed else 1.0
        return _round(self._compute(component) * ratio)

    def estimate_tests(self, component: str) -> int:
        """Tokens to write tests of what has no example; examples become tests without a model."""
        prose = [item for item in self._list_items(component) if not item.tables]
        return _round(sum(len(item.text) // _CHARACTERS + _TEST for item in prose))

    def _compute(self, component: str) -> int:
        own = self.components[component]
        needed = [self.components[one] for one in own.depends_on if one in self.components]
        read = len(own.responsibility) + sum(len(one.interface) for one in (own, *needed))
        for item in self._list_items(component):
            read += len(item.text)
            read += sum(len(cell) for t in item.tables for row in t.rows for cell in row.cells)
        interface = self.interfaces.get(component)
        written = sum(declared.reached for declared in interface.names) if interface else 1
        return read // _CHARACTERS + _FUNCTION * max(1, written)

    def _list_items(self, component: str) -> list[Requirement | Scenario]:
        refs = self.components[component].implements
        scenarios = [one for story in self.spec.stories for one in story.scenarios]
        items: list[Requirement | Scenario] = [*self.spec.requirements, *scenarios]
        return [one for one in items if one.id in refs]


def _round(tokens: float) -> int:
    """To the next fifty: more digits would promise too much."""
    return -(-int(tokens) // _STEP) * _STEP
