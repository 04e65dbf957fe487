"""Records of what items rest on, as files of a commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.basis import list_basis
from headwater.graph.lock import BasisRecord
from headwater.graph.records import basis_path, render_record
from headwater.operations.standing.grounds import gather_grounds
from headwater.spec.ids import split_ref

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from headwater.graph.lock import Settled
    from headwater.operations.standing.survey import Survey
    from headwater.workspace.kept_results import KeptResults


def write_basis_records(
    survey: Survey,
    refs: Collection[str],
    *,
    features: Collection[str],
    settled: Settled,
    kept: KeptResults | None,
) -> dict[str, bytes | None]:
    """The files that say what items rest on now, path to bytes; those that say so are left out.

    Args:
        survey: the repository with its documents as they are to be.
        refs: of decisions, components and tasks; those that no document has are passed over.
        features: numbers of those whose records go where their items are gone: path to None.
        settled: how they came to rest on that.
        kept: results of earlier runs; None for none.
    """
    index = survey.reading.index
    present = [ref for ref in refs if ref in index.items]
    grounds = gather_grounds(survey.reading, present, kept=kept)
    files: dict[str, bytes | None] = dict.fromkeys(_list_gone(survey, features))
    for ref in present:
        sources = list_basis(ref, index=index, grounds=grounds)
        record = BasisRecord(item=ref, settled=settled, sources=sources)
        files[_find_path(survey, ref)] = render_record(record).encode()
    return {path: data for path, data in files.items() if survey.lock.files.get(path) != data}


def _list_gone(survey: Survey, features: Collection[str]) -> Iterator[str]:
    for ref in survey.lock.bases:
        if ref not in survey.reading.index.items and split_ref(ref)[0] in features:
            yield _find_path(survey, ref)


def _find_path(survey: Survey, ref: str) -> str:
    number, local = split_ref(ref)
    return basis_path(survey.reading.summaries[number].folder, local)
