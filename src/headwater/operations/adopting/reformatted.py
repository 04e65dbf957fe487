"""Code that was reformatted and means the same: its record gets its new bytes, and that is all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.graph.digest import digest_bytes
from headwater.graph.records import digest_record, lock_path, render_record
from headwater.graph.vouching import RECORDED
from headwater.operations.building.accept import Commit
from headwater.operations.building.hand_edits import ADOPTED
from headwater.operations.standing.deviations import find_deviations_file
from headwater.spec.ids import split_ref

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.graph.lock import ComponentRecord
    from headwater.operations.building.hand_edits import HandEdit
    from headwater.operations.standing.survey import Survey


def make_reformatted_commit(survey: Survey, edits: Sequence[HandEdit]) -> Commit:
    """The commit that takes reformatted files as they are.

    What was recorded of their meaning holds on: sources, syntax, verifications, and who made it.
    """
    files: dict[str, bytes | None] = {}
    digests = []
    for ref in dict.fromkeys(one.component for one in edits):
        number, local = split_ref(ref)
        own = {one.path: one.data for one in edits if one.component == ref}
        record = _take_bytes(survey.lock.records[ref], own)
        digests.append(digest_record(record))
        files |= own
        folder = survey.reading.summaries[number].folder
        files[lock_path(folder, local)] = render_record(record).encode()
        if deviations := find_deviations_file(survey, ref):
            files[deviations] = None
    paths = ", ".join(one.path for one in edits)
    return Commit(
        files=files,
        message=f"Take {paths} as reformatted by hand",
        trailers={
            "Spec-Ref": ", ".join(dict.fromkeys(one.component for one in edits)),
            RECORDED: ", ".join(digests),
            ADOPTED: paths,
        },
    )


def _take_bytes(record: ComponentRecord, files: dict[str, bytes]) -> ComponentRecord:
    taken = (
        replace(file, sha256=digest_bytes(files[file.path])) if file.path in files else file
        for file in record.files
    )
    return replace(record, files=tuple(taken))
