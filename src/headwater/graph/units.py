"""Test units: the smallest tests that examples make, each with the components that it touches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from headwater.spec.examples import CallRow, TableKind

if TYPE_CHECKING:
    from headwater.spec.examples import Row
    from headwater.spec.model import Place


@dataclass(frozen=True, kw_only=True, slots=True)
class TestUnit:
    """One test made from rows: a single independent row, a sequence, or a Run table.

    Attributes:
        key: names the test for good: its ref's id and the first 8 hex digits of its digest
            (`FR-001-1f9a03c2`); two units never share one in a feature.
        ref: the requirement or scenario it verifies, `001/FR-001`.
        digest: of its rows' exact values.
        touches: the components (`001/C1`) whose declared names it uses, in plan order; for a Run
            table the component that its command starts.
        owner: the one component it belongs to, or empty when it is a feature test.
        exempt: only declared types are touched, so that a stub cannot fail it.
    """

    __test__ = False  # not a test case itself, whatever pytest makes of its name

    key: str
    ref: str
    kind: TableKind
    rows: tuple[Row, ...]
    digest: str
    touches: tuple[str, ...]
    owner: str
    exempt: bool
    place: Place

    @property
    def lone_call(self) -> CallRow | None:
        """The row of a unit that is one call by itself; None for sequences and commands."""
        row = self.rows[0]
        if len(self.rows) != 1 or not isinstance(row, CallRow) or row.binds:
            return None
        return row


def wrap_row(
    row: Row, *, key: str, ref: str, touches: tuple[str, ...] = (), owner: str = ""
) -> TestUnit:
    """A row by itself as a test that stands in no document, so that nothing depends on a digest."""
    return TestUnit(
        key=key,
        ref=ref,
        kind=TableKind.CALL if isinstance(row, CallRow) else TableKind.RUN,
        rows=(row,),
        digest="",
        touches=touches,
        owner=owner,
        exempt=False,
        place=row.place,
    )


class UnitSummary(NamedTuple):
    """A test unit without its rows; each field is that of `TestUnit`."""

    key: str
    ref: str
    digest: str
    touches: tuple[str, ...]
    owner: str


AnyUnit = TestUnit | UnitSummary


def summarise_unit(unit: TestUnit) -> UnitSummary:
    """What the rest of a project needs to know of a unit."""
    return UnitSummary(
        key=unit.key, ref=unit.ref, digest=unit.digest, touches=unit.touches, owner=unit.owner
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenTest:
    """A test that a model wrote from prose, for a ref that has no example.

    `code` is one test function in the target language, named after the ref.
    """

    key: str
    ref: str
    code: str
    touches: tuple[str, ...]
    owner: str
    place: Place
