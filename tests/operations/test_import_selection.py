"""Which features are imported: those that are named, not archived, and not there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.operations.import_specs import import_specs
from tests.operations.foreign_documents import CHANGE, write

if TYPE_CHECKING:
    from pathlib import Path


def test_numbers_go_on_after_those_that_are_there(mixed: Path) -> None:
    write(mixed, {"specs/041-old/spec.md": "# Old\n", "specs/20260101-120000-dated/spec.md": "#\n"})
    report = import_specs(mixed, [mixed / ".kiro/specs/crash"])
    assert [one.folder for one in report.features] == ["specs/042-crash"]


@pytest.mark.parametrize(
    ("path", "sources"),
    [
        ("openspec/specs", ["openspec/specs/sign-in"]),
        (CHANGE, [CHANGE]),
        (f"{CHANGE}/specs/sign-in", [CHANGE]),
        (f"{CHANGE}/proposal.md", [CHANGE]),
        (".kiro", [".kiro/specs/auth", ".kiro/specs/crash"]),
        (".", ["openspec/specs/sign-in", CHANGE, ".kiro/specs/auth", ".kiro/specs/crash"]),
    ],
)
def test_only_what_is_named_is_imported(mixed: Path, path: str, sources: list[str]) -> None:
    report = import_specs(mixed, [mixed / path])
    assert [one.source for one in report.features] == sources


def test_a_change_without_its_main_spec_tells_that_its_links_are_lost(mixed: Path) -> None:
    left = import_specs(mixed, [mixed / CHANGE]).left
    assert [one.place.line for one in left] == [12, 21]
    assert all("which was not imported with it" in one.what for one in left)


def test_archived_changes_come_only_when_asked_for(mixed: Path) -> None:
    write(mixed, {"openspec/changes/archive/2026-01-01-old/proposal.md": "## Why\n\nx\n"})
    plain, archived = (
        import_specs(mixed, [], archived=flag, write=False) for flag in (False, True)
    )
    names = {one.source for one in archived.features} - {one.source for one in plain.features}
    assert names == {"openspec/changes/archive/2026-01-01-old"}


def test_what_was_imported_is_imported_no_more(mixed: Path) -> None:
    import_specs(mixed, [mixed / ".kiro/specs/crash"])
    rest = import_specs(mixed, [])
    assert ".kiro/specs/crash" not in [one.source for one in rest.features]
    for paths in ([], [mixed / "openspec"]):
        with pytest.raises(HeadwaterError, match="everything was imported already"):
            import_specs(mixed, paths)
    with pytest.raises(HeadwaterError, match="there is a constitution already"):
        import_specs(mixed, [mixed / ".kiro/steering"])
    with pytest.raises(HeadwaterError, match=r"\.kiro/specs/crash was imported already: .*001"):
        import_specs(mixed, [mixed / ".kiro/specs/crash"])
