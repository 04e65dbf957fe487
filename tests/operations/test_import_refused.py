"""Imports that are refused, with nothing written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.operations.import_specs import import_specs
from tests.interop.openspec_documents import MAIN
from tests.operations.foreign_documents import write

if TYPE_CHECKING:
    from pathlib import Path


def test_nothing_is_overwritten(mixed: Path) -> None:
    write(mixed, {"specs/001-sign-in": "in the way"})
    with pytest.raises(HeadwaterError, match="specs/001-sign-in"):
        import_specs(mixed, [])
    assert not (mixed / "specs/002-add-sign-out").exists()


@pytest.mark.parametrize("paths", [[], ["README.md"]])
def test_where_there_is_nothing_that_is_said(repository: Path, paths: list[str]) -> None:
    with pytest.raises(HeadwaterError, match="nothing"):
        import_specs(repository, [repository / path for path in paths])


def test_a_feature_is_not_imported_without_one_of_its_documents(mixed: Path) -> None:
    (mixed / ".kiro/specs/auth/requirements.md").write_bytes(b"\xff")
    with pytest.raises(
        HeadwaterError, match=r"\.kiro/specs/auth/requirements\.md:1:1: expected UTF"
    ):
        import_specs(mixed, [])
    assert not (mixed / "specs").exists()


def test_what_would_read_otherwise_is_refused_and_nothing_written(repository: Path) -> None:
    text = "- **FR-001**: this would become a requirement"
    main = MAIN.replace("It tells its owner.", text)
    write(repository, {"openspec/specs/sign-in/spec.md": main})
    with pytest.raises(HeadwaterError, match="openspec/specs/sign-in cannot be imported"):
        import_specs(repository, [])
    assert not (repository / "specs").exists()
