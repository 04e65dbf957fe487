"""What the derivation of one component starts from, before and after its tests are chosen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from headwater.graph.facts import DeclaredKind
from headwater.steps.deriving.implement import Work
from headwater.steps.deriving.suites import judges

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.spec.model import Component
    from headwater.steps.deriving.contract import Contract
    from headwater.steps.deriving.law import Law
    from headwater.steps.deriving.suites import AnyTest, Suite
    from headwater.steps.deriving.write_tests import Prose
    from headwater.targets.interface import Target


@dataclass(frozen=True, kw_only=True, slots=True)
class ComponentWork:
    """One component's inputs, as far as they do not depend on other derivations.

    Attributes:
        contract: what the model is told; its examples are filled in from the suite.
        law: the articles that its file must keep.
        prose: by key, the prose of its written tests, for the case that one is disputed.
        current: its file as it is, when it is regenerated.
        change: what changed in the specification, in words.
        extra: keys of further tests that it must pass, after a failed feature gate.
        round: counts repairs; each samples anew.
    """

    contract: Contract
    law: Law
    prose: Mapping[str, Prose] = field(default_factory=dict)
    current: str = ""
    change: str = ""
    extra: frozenset[str] = frozenset()
    round: int = 0

    @property
    def ref(self) -> str:
        """`001/C1`."""
        return self.contract.ref

    @property
    def component(self) -> Component:
        """The component, from the plan."""
        return self.contract.component


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """What a component finds when it is derived.

    Attributes:
        suite: all tests of its feature.
        files: derived code that it may import, path to text.
        available: refs of the component and of all whose code is in `files`.
    """

    suite: Suite
    files: Mapping[str, str]
    available: frozenset[str]


def prepare_work(work: ComponentWork, around: Surroundings, *, target: Target) -> Work:
    """Choose the tests that judge a component, and show the model the visible examples."""
    suite = around.suite
    judging = judges(work.ref, available=around.available)

    def visible(test: AnyTest) -> bool:
        return test.key not in suite.held_out and (judging(test) or test.key in work.extra)

    def held_out(test: AnyTest) -> bool:
        return test.key in suite.held_out and (judging(test) or test.key in work.extra)

    shown = tuple(filter(visible, suite.units))
    return Work(
        units=shown,
        functions=tuple(
            declared.name
            for declared in target.read_interface(work.component).names
            if declared.kind is DeclaredKind.FUNCTION
        ),
        contract=replace(
            work.contract,
            outline=target.write_outline(work.component, dependencies=work.contract.dependencies),
            examples=target.render_examples(shown, components=suite.components),
        ),
        law=work.law,
        files={**around.files, **target.emit_support(suite.feature)},
        visible=suite.select(target, visible),
        held_out=suite.select(target, held_out),
        written=frozenset(
            # A test of another component's prose, after a failed gate, is not disputed here.
            test.key
            for test in filter(visible, suite.written)
            if test.key in work.prose
        ),
        current=work.current,
        change=work.change,
    )
