"""Rows for requirements whose examples are weak: proposed from measurements, drafted on a yes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.graph.strength import describe_survivor
from headwater.operations.building.prepare import prepare_feature
from headwater.operations.standing.reading import read_repository
from headwater.operations.standing.strength_records import is_weak
from headwater.operations.standing.survey import take_survey
from headwater.spec.drafted import find_drafted_mark
from headwater.spec.examples import TableKind
from headwater.spec.ids import split_ref
from headwater.spec.splice import SpliceError, apply_edits
from headwater.spec.splice_rows import add_rows, add_table, mark_drafted
from headwater.steps.change.cells import CALL_HEADER
from headwater.steps.settings import SearchSettings
from headwater.steps.strength.candidates import recheck
from headwater.workspace.lockfile import hold_build_lock
from headwater.workspace.publish_files import publish_files
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from headwater.graph.strength import RefStrength
    from headwater.operations.strength import StrengthPorts
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


def propose_more(
    path: Path, strengths: Iterable[RefStrength], *, floor: float, ports: StrengthPorts
) -> tuple[ProposedRow, ...]:
    """The rows that were found for requirements and scenarios below the floor, and hold now.

    Rows come from records, so each is run on the accepted code once more before it is shown.

    Args:
        path: a folder of the repository.
        strengths: as they were measured.
        floor: from 0 to 1.
        ports: languages and sandbox.

    Raises:
        HeadwaterError: there is no sandbox.
    """
    told: dict[tuple[str, str, str], list[str]] = {}
    for one in strengths:
        for survivor in one.survivors if is_weak(one, floor=floor) else ():
            if survivor.call:
                row = (one.ref, survivor.call, survivor.result)
                told.setdefault(row, []).append(describe_survivor(survivor))
    held = _keep_true(path, tuple(told), ports=ports) if told else frozenset()
    return tuple(
        ProposedRow(ref=row[0], call=row[1], result=row[2], tells=tuple(tells))
        for row, tells in told.items()
        if row in held
    )


def _keep_true(
    path: Path, rows: Sequence[tuple[str, str, str]], *, ports: StrengthPorts
) -> frozenset[tuple[str, str, str]]:
    survey = take_survey(open_repository(path).root, targets=ports.targets, kept=ports.kept)
    held: set[tuple[str, str, str]] = set()
    for number in dict.fromkeys(split_ref(ref)[0] for ref, _, _ in rows):
        target = survey.reading.target_of(survey.reading.summaries[number])
        if target is None:
            continue
        feature = survey.reading.find_feature(number)
        work = prepare_feature(
            survey, feature, target=target, todo=frozenset(), settings=SearchSettings()
        )
        found = recheck(
            [row for row in rows if split_ref(row[0])[0] == number],
            suite=work.suite,
            files={**work.files, **target.emit_support(work.suite.feature)},
            workbench=ports.open_workbench(target),
        )
        held |= {(one.ref, one.call, one.result) for one in found}
    return frozenset(held)


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
        made = [
            _draft_in(spec, [row for row in rows if split_ref(row.ref)[0] == number])
            for number in dict.fromkeys(split_ref(row.ref)[0] for row in rows)
            if (spec := reading.find_feature(number).spec) is not None
        ]
        drafted = tuple(row for one in made for row in one.rows)
        refs = ", ".join(dict.fromkeys(row.ref for row in drafted))
        commit = ""
        if drafted:
            commit = publish_files(
                repository,
                {one.path: one.data for one in made},
                message=f"Draft examples for {refs}",
                trailers={"Spec-Ref": refs},
            )
        left_out = tuple(reason for one in made for reason in one.left_out)
        return DraftedRows(commit=commit, rows=drafted, left_out=left_out)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Drafted:
    """A document with rows more, and why some are not among them."""

    path: str
    data: bytes
    rows: tuple[ProposedRow, ...]
    left_out: tuple[str, ...]


def _draft_in(spec: Spec, rows: Sequence[ProposedRow]) -> _Drafted:
    edits: list[Edit] = []
    drafted: list[ProposedRow] = []
    left_out: list[str] = []
    for ref in dict.fromkeys(row.ref for row in rows):
        own = [row for row in rows if row.ref == ref]
        try:
            edits += _edit(spec, split_ref(ref)[1], own)
            drafted += own
        except SpliceError as error:
            left_out.append(f"{ref}: {error.message}")
    return _Drafted(
        path=spec.source.path,
        data=apply_edits(spec.source.data, edits),
        rows=tuple(drafted),
        left_out=tuple(left_out),
    )


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
