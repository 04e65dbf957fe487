"""Running the same rows on two versions of code, to see where they come to something else.

What a row comes to is always computed, and never believed of anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.steps.probing.stories import describe_rows

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
    """A probe, and what its rows came to in both versions, up to one that failed.

    Attributes:
        unit: the probe.
        rows_before, rows_now: one for each row that was reached; empty where the probe cannot be
            made in that version.
    """

    unit: TestUnit
    rows_before: tuple[Outcome, ...]
    rows_now: tuple[Outcome, ...]

    @property
    def differs(self) -> bool:
        """Whether the versions came to something else; two accidents are as good as one."""
        return _say(self.rows_before) != _say(self.rows_now)

    @property
    def last(self) -> int:
        """The row that shows the difference, the first one that does; counted from 0."""
        before, now = _say(self.rows_before), _say(self.rows_now)
        both = min(len(before), len(now))
        return next((row for row in range(both) if before[row] != now[row]), max(0, both - 1))

    @property
    def before(self) -> Outcome | None:
        """What the row that shows the difference came to; None where it was not reached."""
        return next(iter(self.rows_before[self.last :]), None)

    @property
    def now(self) -> Outcome | None:
        """The same of the present version."""
        return next(iter(self.rows_now[self.last :]), None)

    @property
    def call(self) -> str:
        """What is done, up to the row that shows the difference."""
        return describe_rows(self.unit.rows[: self.last + 1])

    @property
    def states_now(self) -> bool:
        """Whether an example can say what the row comes to now."""
        return self.now is not None and bool(self.now.cell or self.now.printed)


def _say(outcomes: Iterable[Outcome]) -> list[tuple[object, ...]]:
    return [(one.cell, one.printed, bool(one.accident)) for one in outcomes]


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
        probed = [
            Probed(
                unit=probe,
                rows_before=then.get(probe.key, ()),
                rows_now=first.get(probe.key, ()),
            )
            for probe in probes
        ]
        second = self.run([one.unit for one in probed if one.differs], now)
        return tuple(
            one
            for one in probed
            if not one.differs or _say(one.rows_now) == _say(second.get(one.unit.key, ()))
        )

    def run(
        self, probes: Sequence[TestUnit], version: CodeVersion
    ) -> dict[str, tuple[Outcome, ...]]:
        """What the rows of each probe come to, up to one that fails.

        Probes that cannot be written for this version have no entry.

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
            result.key: self.target.read_outcomes(result, named=self.errors) for result in results
        }


def list_differing(probed: Iterable[Probed]) -> tuple[Probed, ...]:
    """Those that came to something else."""
    return tuple(one for one in probed if one.differs)
