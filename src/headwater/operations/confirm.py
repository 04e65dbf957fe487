"""`headwater confirm`: a suspect item looked at and kept, recorded in git."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.basis import RESTING
from headwater.graph.lock import Settled
from headwater.graph.records import LOCK_FOLDER
from headwater.graph.scope import suggest_names
from headwater.graph.vouching import RECORDED, list_carried
from headwater.operations.building.refusals import ProblemsError
from headwater.operations.checking.suspect_articles import list_citations
from headwater.operations.checking.suspect_items import find_suspect_items
from headwater.operations.drafting.feature import choose_feature
from headwater.operations.drafting.publish import refuse_uncommitted
from headwater.operations.standing.basis_records import write_basis_records
from headwater.operations.standing.survey import take_survey
from headwater.spec.ids import qualify, split_ref
from headwater.spec.model import Problem
from headwater.spec.read_project import CONSTITUTION_PATH
from headwater.workspace.publish import finish_publication
from headwater.workspace.publish_files import publish_files
from headwater.workspace.repository import open_repository, read_head

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from headwater.operations.checking.suspect_items import SuspectItem
    from headwater.operations.standing.survey import Survey
    from headwater.targets.interface import Target
    from headwater.workspace.kept_results import KeptResults
    from headwater.workspace.repository import Repository


@dataclass(frozen=True, kw_only=True, slots=True)
class ConfirmedItem:
    """A suspect item that was kept, and what had changed under it, as the end of a sentence."""

    ref: str
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ConfirmReport:
    """What was recorded.

    Attributes:
        confirmed: items that rest on what is there now.
        unchanged: refs that were asked for and not suspect, so that there was nothing to confirm.
        commit: the commit that holds the records, or what was checked out where none was needed.
    """

    confirmed: tuple[ConfirmedItem, ...]
    unchanged: tuple[str, ...]
    commit: str


def confirm(
    path: Path,
    refs: Sequence[str],
    *,
    targets: Mapping[str, Target],
    feature: str = "",
    kept: KeptResults | None = None,
) -> ConfirmReport:
    """Record that suspect items hold as they stand, against what they rest on now.

    Args:
        path: a folder of the repository.
        refs: of decisions, components and tasks; an id alone is of `feature`, or of the only
            feature that has it. None for every suspect item of `feature`.
        targets: languages that can be derived for, by name.
        feature: number, folder or slug.
        kept: results of earlier runs; None for none.

    Raises:
        ProblemsError: the record of one cannot be read.
        HeadwaterError: there is no such item, or documents have uncommitted changes.
    """
    repository = open_repository(path)
    finish_publication(repository)
    survey = take_survey(repository.root, targets=targets, kept=kept)
    number = choose_feature(repository, survey, feature).number if feature else ""
    asked = dict.fromkeys(_find_item(survey, ref, number) for ref in refs)
    _refuse_damaged(survey, asked)
    suspects = {one.ref: one for one in find_suspect_items(survey, kept=kept)}
    if not refs:
        asked = dict.fromkeys(ref for ref in suspects if split_ref(ref)[0] == number)
    wanted = [suspects[ref] for ref in asked if ref in suspects]
    commit = read_head(repository)
    if wanted:
        _refuse_uncommitted(repository, survey, wanted)
        commit = _record(repository, survey, wanted, kept=kept)
    return ConfirmReport(
        confirmed=tuple(ConfirmedItem(ref=one.ref, why=one.why) for one in wanted),
        unchanged=tuple(ref for ref in asked if ref not in suspects),
        commit=commit,
    )


def _find_item(survey: Survey, given: str, number: str) -> str:
    """The ref of the decision, component or task that a person means."""
    items = survey.reading.index.items
    known = {ref for ref, item in items.items() if item.kind in RESTING}
    name = qualify(given, feature=number) if number else given
    found = [name] if name in known else [ref for ref in known if split_ref(ref)[1] == name]
    if len(found) == 1:
        return found[0]
    if found:
        raise HeadwaterError(
            f"`{given}` stands in several features",
            hint=f"Choose one of: {', '.join(sorted(found))}; or name its feature with --feature.",
        )
    if name in items:
        raise HeadwaterError(
            f"expected a decision, component or task, found the {items[name].kind.value} {name}",
            hint="What is written in a spec or constitution rests on nothing that could change; "
            "`headwater approve` records that it was read.",
        )
    raise HeadwaterError(
        f"there is no decision, component or task `{given}`",
        hint=suggest_names(name, sorted(known)) or "`headwater status` lists what is suspect.",
    )


def _refuse_damaged(survey: Survey, refs: Iterable[str]) -> None:
    """Refuse items of which nobody can say whether they are suspect."""
    records = (survey.lock.bases.get(ref) for ref in refs)
    damaged = [record for record in records if isinstance(record, Problem)]
    if damaged:
        raise ProblemsError(damaged, consequence="nothing was confirmed", where="the lock")


def _refuse_uncommitted(
    repository: Repository, survey: Survey, items: Iterable[SuspectItem]
) -> None:
    """What is recorded must be what the commit holds, for whoever checks it out."""
    numbers = dict.fromkeys(split_ref(one.ref)[0] for one in items)
    folders = [survey.reading.summaries[number].folder for number in numbers]
    records = [f"{folder}/{LOCK_FOLDER}/*" for folder in folders]
    documents = (*(f"{folder}/*.md" for folder in folders), CONSTITUTION_PATH)
    policies = dict.fromkeys(path for path, _ in list_citations(survey.reading.constitution))
    refuse_uncommitted(repository, (*documents, *records, *policies))


def _record(
    repository: Repository,
    survey: Survey,
    items: Sequence[SuspectItem],
    *,
    kept: KeptResults | None,
) -> str:
    refs = [one.ref for one in items]
    files = write_basis_records(survey, refs, features=(), settled=Settled.CONFIRMED, kept=kept)
    return publish_files(
        repository,
        files,
        message=f"Confirm {', '.join(refs)}",
        trailers={"Confirmed": ", ".join(refs), RECORDED: ", ".join(list_carried(files))},
    )
