"""How strong the examples of requirements are, as recorded beside a component's verifications.

`C1.strength.jsonl` holds one line a measurement, merged by union like the verifications. A line
counts where it was measured on exactly the code and the tests that are there; any other counts for
nothing. The measure is that of mutation testing (DeMillo, Lipton, Sayward 1978): the share of small
changes to the code that tests tell from the code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from headwater.graph.verification import Conditions


@dataclass(frozen=True, kw_only=True, slots=True)
class Survivor:
    """A change that no example tells from the code.

    Attributes:
        path, line: where.
        before, after: what stands there, and what stood there in its place.
        call: cells of a row that would tell them apart; empty where none was found.
        result: what the code comes to in that row, which is not to say that it is meant.
    """

    path: str
    line: int
    before: str
    after: str
    call: str = ""
    result: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RefStrength:
    """The strength of one ref's tests on the code of one component.

    Attributes:
        ref: `001/FR-001`.
        reached: mutants that its tests run.
        killed: those that its own tests tell from the code.
        elsewhere: those that only tests of other refs do.
        survivors: those that no test does.
    """

    ref: str
    reached: int
    killed: int
    elsewhere: int
    survivors: tuple[Survivor, ...] = ()

    @property
    def score(self) -> float | None:
        """Killed among those killed and survived, from 0 to 1; None where there are none.

        What other refs' tests kill says nothing of this ref's: code that two requirements share is
        strong where either is.
        """
        counted = self.killed + len(self.survivors)
        return self.killed / counted if counted else None


@dataclass(frozen=True, kw_only=True, slots=True)
class StrengthRecord:
    """One line of `C1.strength.jsonl`.

    Attributes:
        bodies: digests of its own and its transitive dependencies' derived code, path to digest.
        tests: digest of the tests that were tried.
        mutator: version of what made the mutants.
        most: how many there might have been.
        mutants: how many there were.
        killed: those that some test tells from the code.
        unreached: those that no test runs.
        refs: by ref, in order.
    """

    bodies: Mapping[str, str]
    tests: str
    mutator: str
    most: int
    mutants: int
    killed: int
    unreached: int
    refs: tuple[RefStrength, ...] = ()

    @property
    def score(self) -> float | None:
        """Killed among all; None where there are none."""
        return self.killed / self.mutants if self.mutants else None


def find_current(
    records: Iterable[StrengthRecord], conditions: Conditions, *, mutator: str
) -> StrengthRecord | None:
    """The last measurement that was made under exactly these conditions; None without one."""
    matching = [
        record
        for record in records
        if (record.bodies, record.tests) == (conditions.bodies, conditions.tests)
        and record.mutator == mutator
    ]
    return matching[-1] if matching else None


def add_up(strengths: Sequence[RefStrength]) -> RefStrength:
    """The strength of one ref on all the components that its tests run; at least one is given."""
    return RefStrength(
        ref=strengths[0].ref,
        reached=sum(one.reached for one in strengths),
        killed=sum(one.killed for one in strengths),
        elsewhere=sum(one.elsewhere for one in strengths),
        survivors=tuple(survivor for one in strengths for survivor in one.survivors),
    )


def describe_survivor(survivor: Survivor) -> str:
    """``src/wallet/pay.py:12: `a < b` became `a <= b` ``."""
    place = f"{survivor.path}:{survivor.line}"
    return f"{place}: `{survivor.before}` became `{survivor.after}`"


def describe_remedy(survivor: Survivor) -> str:
    """The same, and where a row was found ``; `pay(3)` → `4` would tell``."""
    told = f"; {survivor.call} → {survivor.result} would tell" if survivor.call else ""
    return f"{describe_survivor(survivor)}{told}"
