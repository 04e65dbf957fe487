"""Running the same calls on two versions of code, to see where they come to something else.

What a call comes to is always computed, and never believed of anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from headwater.graph.units import TestUnit
    from headwater.spec.model import Component
    from headwater.steps.deriving.workbench import Workbench
    from headwater.targets.interface import Target
    from headwater.targets.outcome import Outcome


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeVersion:
    """One version of code.

    Attributes:
        files: all that runs, path to text.
        components: what it declares, by ref.
    """

    files: Mapping[str, str]
    components: Mapping[str, Component]


@dataclass(frozen=True, kw_only=True, slots=True)
class Probed:
    """A call, and what it came to in both versions; None where it cannot be made there."""

    call: str
    before: Outcome | None
    now: Outcome | None

    @property
    def differs(self) -> bool:
        """Whether the versions came to something else; two accidents are as good as one."""
        return _say(self.before) != _say(self.now)

    @property
    def states_now(self) -> bool:
        """Whether an example can say what it comes to now."""
        return self.now is not None and bool(self.now.cell)


def _say(outcome: Outcome | None) -> tuple[bool, str, bool]:
    return (
        outcome is not None,
        outcome.cell if outcome else "",
        bool(outcome and outcome.accident),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Prober:
    """Runs probes of one feature.

    Attributes:
        feature: `001-wallet`.
        errors: names of those that interfaces declare, or that examples name.
        workbench: where they run.
    """

    feature: str
    errors: frozenset[str]
    workbench: Workbench

    @property
    def target(self) -> Target:
        """The language."""
        return self.workbench.target

    def compare(
        self, probes: Sequence[TestUnit], *, before: CodeVersion, now: CodeVersion
    ) -> tuple[Probed, ...]:
        """What each probe comes to in both versions, in their order.

        What does not come to the same twice in the present version is left out: an example of it
        would hold today only.
        """
        then, first = self.run(probes, before), self.run(probes, now)
        differing = [
            probe for probe in probes if _say(then.get(probe.key)) != _say(first.get(probe.key))
        ]
        second = self.run(differing, now)
        return tuple(
            Probed(call=probe.key, before=then.get(probe.key), now=first.get(probe.key))
            for probe in probes
            if probe not in differing or _say(first.get(probe.key)) == _say(second.get(probe.key))
        )

    def run(self, probes: Sequence[TestUnit], version: CodeVersion) -> dict[str, Outcome]:
        """What each probe comes to; those that cannot be written for this version have no entry.

        Raises:
            SandboxError: the sandbox could not be set up.
        """
        if not probes:
            return {}
        path = self.target.test_path(self.feature, "probes")
        file = self.target.emit_probes(path, units=probes, components=version.components)
        files = {**version.files, **self.target.emit_support(self.feature)}
        results = self.workbench.run_tests(files, tests=[file])
        return {
            result.key: self.target.read_outcome(result, named=self.errors) for result in results
        }


def list_differing(probed: Iterable[Probed]) -> tuple[Probed, ...]:
    """Those that came to something else."""
    return tuple(one for one in probed if one.differs)
