"""Which tests judge what: a component's own, those of its feature that it can already run, all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from headwater.graph.units import TestUnit, WrittenTest
    from headwater.spec.model import Component
    from headwater.targets.interface import Target, TestFile

    AnyTest = TestUnit | WrittenTest
    Choose = Callable[[AnyTest], bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class Suite:
    """All tests of one feature, from which files are emitted for one purpose or another.

    Attributes:
        feature: `001-wallet`.
        units: every test made from examples.
        written: every test that a model wrote.
        held_out: keys that implementing models never see.
        components: every component that a test may touch, by ref.
    """

    feature: str
    units: tuple[TestUnit, ...]
    written: tuple[WrittenTest, ...]
    held_out: frozenset[str]
    components: Mapping[str, Component]

    @property
    def tests(self) -> tuple[AnyTest, ...]:
        """All tests, whatever they were made from."""
        return (*self.units, *self.written)

    def select(self, target: Target, choose: Choose) -> tuple[TestFile, ...]:
        """The test files with just the tests that `choose` takes, one file an owner."""
        units = [unit for unit in self.units if choose(unit)]
        written = [test for test in self.written if choose(test)]
        owners = dict.fromkeys(test.owner for test in self.tests if choose(test))
        return tuple(
            target.emit_tests(
                target.test_path(self.feature, _local_id(owner)),
                units=[unit for unit in units if unit.owner == owner],
                written=[test for test in written if test.owner == owner],
                components=self.components,
            )
            for owner in owners
        )


def judges(component: str, *, available: frozenset[str]) -> Choose:
    """Chooses the tests that judge a component: its own, and feature tests that it can run.

    Args:
        component: `001/C1`.
        available: the component itself and everything that it depends on.
    """

    def choose(test: AnyTest) -> bool:
        if test.owner:
            return test.owner == component
        return component in test.touches and available.issuperset(test.touches)

    return choose


def _local_id(owner: str) -> str:
    return owner.rpartition("/")[2]
