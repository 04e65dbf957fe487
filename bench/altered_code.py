"""Derived code altered as if it had been derived so: records, verifications and history agree.

What is seeded is what a build would leave that had accepted wrong code. Only its tests tell.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from headwater import __version__
from headwater.graph.digest import digest_bytes
from headwater.graph.lock import DerivedFile
from headwater.graph.records import (
    digest_record,
    lock_path,
    render_record,
    render_verification,
    verified_path,
)
from headwater.graph.verification import is_verified, make_verification
from headwater.graph.vouching import BUILDER, DERIVATION
from headwater.operations.standing.survey import take_survey
from headwater.spec.ids import split_ref
from headwater.wiring import list_targets
from headwater.workspace.git import run_git

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.graph.lock import ComponentRecord


def alter_code(root: Path, component: str, code: str) -> None:
    """Put other code in place of a component's, recorded and committed as if it had passed.

    Args:
        root: a built repository.
        component: `001/C2`; it has one file.
        code: the whole file.
    """
    survey = take_survey(root, targets=list_targets())
    record = survey.lock.records[component]
    (path,) = record.bodies
    target = list_targets()["python"]
    made = DerivedFile(path=path, sha256=digest_bytes(code.encode()))
    altered = replace(
        record,
        files=tuple(made if file.path == path else file for file in record.files),
        bodies={path: target.digest_body(code)},
    )
    (root / path).write_text(code, encoding="utf-8", newline="\n")
    number, local = split_ref(component)
    place = root / lock_path(survey.reading.summaries[number].folder, local)
    place.write_text(render_record(altered), encoding="utf-8")
    _verify_all(root)
    _commit(root, component, altered)


def _verify_all(root: Path) -> None:
    """Record every component as verified as it stands now."""
    survey = take_survey(root, targets=list_targets())
    for ref, conditions in survey.present.conditions.items():
        if not is_verified(survey.lock.verifications.get(ref, ()), conditions):
            number, local = split_ref(ref)
            place = root / verified_path(survey.reading.summaries[number].folder, local)
            with place.open("a", encoding="utf-8") as file:
                file.write(render_verification(make_verification(conditions, passed=1)))


def _commit(root: Path, component: str, record: ComponentRecord) -> None:
    message = (
        f"Derive {component}\n\n{DERIVATION}: {digest_record(record)}\n"
        f"{BUILDER}: headwater {__version__}\n"
    )
    run_git(root, ["add", "--all"])
    run_git(root, ["commit", "--quiet", "--message", message])
