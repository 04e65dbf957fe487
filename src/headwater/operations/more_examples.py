"""Rows for requirements whose examples are weak: proposed from measurements, drafted on a yes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.graph.strength import describe_survivor
from headwater.operations.publish_files import publish_files
from headwater.operations.reading import read_repository
from headwater.operations.strength_records import is_weak
from headwater.spec.drafted import find_drafted_mark
from headwater.spec.examples import TableKind
from headwater.spec.ids import split_ref
from headwater.spec.splice import SpliceError, apply_edits
from headwater.spec.splice_rows import add_rows, add_table, mark_drafted
from headwater.steps.change.cells import CALL_HEADER
from headwater.workspace.lockfile import hold_build_lock
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from headwater.graph.strength import RefStrength
    from headwater.spec.examples import ExampleTable
    from headwater.spec.model import Requirement, Scenario, Source, Spec
    from headwater.spec.splice import Edit
    from headwater.targets.interface import Target
    from headwater.workspace.kept_results import KeptResults


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposedRow:
    """A row of a Call table of `ref`, and the changes to the code that it would tell."""

    ref: str
    call: str
    result: str
    tells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftedRows:
    """What was drafted, in which commit, and why the rest was left out."""

    commit: str
    rows: tuple[ProposedRow, ...]
    left_out: tuple[str, ...] = ()


def propose_more(strengths: Iterable[RefStrength], *, floor: float) -> tuple[ProposedRow, ...]:
    """The rows that were found for requirements and scenarios below the floor."""
    told: dict[tuple[str, str, str], list[str]] = {}
    for one in strengths:
        for survivor in one.survivors if is_weak(one, floor=floor) else ():
            if survivor.call:
                row = (one.ref, survivor.call, survivor.result)
                told.setdefault(row, []).append(describe_survivor(survivor))
    return tuple(
        ProposedRow(ref=ref, call=call, result=result, tells=tuple(tells))
        for (ref, call, result), tells in told.items()
    )


def draft_rows(
    path: Path,
    rows: Sequence[ProposedRow],
    *,
    targets: Mapping[str, Target],
    kept: KeptResults | None = None,
) -> DraftedRows:
    """Put rows under what they are about, marked for a person to confirm, in one commit.

    Args:
        path: a folder of the repository.
        rows: from `propose_more`.
        targets: languages that can be derived for, by name.
        kept: results of earlier runs; None for none.

    Raises:
        HeadwaterError: uncommitted changes are in the way; nothing was written.
    """
    repository = open_repository(path)
    with hold_build_lock(repository.root):
        reading = read_repository(repository.root, targets=targets, kept=kept)
        files: dict[str, bytes] = {}
        drafted: list[ProposedRow] = []
        left_out: list[str] = []
        for number in dict.fromkeys(split_ref(row.ref)[0] for row in rows):
            spec = reading.find_feature(number).spec
            if spec is None:
                continue
            edits: list[Edit] = []
            for ref in dict.fromkeys(row.ref for row in rows if split_ref(row.ref)[0] == number):
                own = [row for row in rows if row.ref == ref]
                try:
                    edits += _edit(spec, split_ref(ref)[1], own)
                    drafted += own
                except SpliceError as error:
                    left_out.append(f"{ref}: {error.message}")
            files[spec.source.path] = apply_edits(spec.source.data, edits)
        commit = ""
        if drafted:
            refs = ", ".join(dict.fromkeys(row.ref for row in drafted))
            commit = publish_files(
                repository,
                files,
                subject=f"Draft examples for {refs}",
                trailers={"Spec-Ref": refs},
            )
        return DraftedRows(commit=commit, rows=tuple(drafted), left_out=tuple(left_out))


def _edit(spec: Spec, local: str, rows: Sequence[ProposedRow]) -> list[Edit]:
    """The edits that add rows to one item.

    Raises:
        SpliceError: its lines take none.
    """
    cells = [(row.call, row.result) for row in rows]
    item = _find_item(spec, local)
    if item is None:
        raise SpliceError(f"{spec.source.path}: there is no {local} any more")
    table = _choose_table(spec.source, item)
    if table is not None:
        return [*mark_drafted(spec.source, table), add_rows(spec.source, table, cells)]
    requirement = next((one for one in spec.requirements if one.id == local), None)
    if requirement is None:
        raise SpliceError(f"{item.place}: {local} is a scenario without a table to add rows to")
    return [add_table(spec.source, requirement, CALL_HEADER, cells)]


def _find_item(spec: Spec, local: str) -> Requirement | Scenario | None:
    items: list[Requirement | Scenario] = [*spec.requirements]
    items += [scenario for story in spec.stories for scenario in story.scenarios]
    return next((one for one in items if one.id == local), None)


def _choose_table(source: Source, item: Requirement | Scenario) -> ExampleTable | None:
    """A table that nobody has confirmed: rows that somebody has are not put in doubt again."""
    for table in item.tables:
        fits = table.kind is TableKind.CALL and len(table.header) == len(CALL_HEADER)
        if fits and not table.sequence and find_drafted_mark(source, table):
            return table
    return None
