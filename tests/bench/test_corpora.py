from __future__ import annotations

import hashlib
import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest

from bench.corpora import CORPORA, HAND_COUNTS, main, render_corpus, render_hand_counts
from bench.corpus import UNREAD, ReadFile, read_spec_kit
from bench.foreign_corpus import read_kiro, read_openspec

if TYPE_CHECKING:
    from pathlib import Path

COUNTED = {"spec.md", "tasks.md", "requirements.md", "bugfix.md"}


def test_the_reader_finds_what_was_counted_by_hand(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every count is the same, or says why it is not; so no change of the reader loses an item."""
    monkeypatch.setenv("HEADWATER_DATA", str(data_folder))
    assert main() == 0
    printed = capsys.readouterr().out
    assert "| requirement | 325 |" in printed
    assert "| scenario | 1784 |" in printed
    assert "| requirement | 548 |" in printed
    assert printed.count("| same |") > 32
    assert "not explained" not in printed


@pytest.mark.parametrize("name", ["openspec", "kiro"])
def test_files_counted_by_hand_are_the_first_by_digest(data_folder: Path, name: str) -> None:
    """So nobody chose the ones that are read well."""
    folder = data_folder / "corpora" / name
    paths = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    paths = [path for path in paths if PurePosixPath(path).name in COUNTED]
    paths.sort(key=lambda path: hashlib.sha256(path.encode()).hexdigest())
    assert list(json.loads(HAND_COUNTS.read_text(encoding="utf-8"))[name]) == paths[:5]


def test_without_data_the_bench_says_what_to_set(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HEADWATER_DATA", "")
    assert main() == 2
    assert "HEADWATER_DATA names no folder that holds corpora/" in capsys.readouterr().err


def test_files_of_a_feature_are_counted_by_kind() -> None:
    folder = "specs/001-demo"
    files = read_spec_kit(
        {
            f"{folder}/spec.md": b"## Requirements\n\n- **FR-001**: a\n- b\n\n## Rules\n\nc\n",
            f"{folder}/tasks.md": b"- [ ] T001 a\n",
            f"{folder}/contracts/a.yaml": b"a: 1\n",
            f"{folder}/notes.md": b"not read",
        }
    )
    assert [file.path.removeprefix(f"{folder}/") for file in files] == [
        "contracts/a.yaml",
        "spec.md",
        "tasks.md",
    ]
    spec = files[1]
    assert (spec.items["requirement"], spec.problems, spec.unknown) == (1, ("item-without-id",), 1)
    printed = render_corpus(files, given=4, seconds=0.5, rest=UNREAD)
    assert "3 of 4 files read, in 0.50 s" in printed
    assert "| `item-without-id` | 1 |" in printed
    assert "1 of 45 bytes (2.2 %) were read as nothing." in printed


def test_changes_of_openspec_are_counted_by_kind() -> None:
    """What a delta changes or retires is told from what it adds; an archived one is read too."""
    delta = (
        b"Why.\n\n## ADDED Requirements\n\n### Requirement: A\n\nIt SHALL.\n\n#### Scenario: B\n\n"
        b"- **WHEN** a\n- **THEN** b\n\n"
        b"## MODIFIED Requirements\n\n### Requirement: C\n\nIt SHALL.\n\n"
        b"## REMOVED Requirements\n\n### Requirement: D\n\n**Reason**: old\n"
    )
    change = "openspec/changes/archive/2026-01-01-x"
    files = read_openspec(
        {
            f"{change}/specs/lock/spec.md": delta,
            f"{change}/tasks.md": b"- [ ] 1.1 a\n",
            f"{change}/README.md": b"not read",
        }
    )
    assert [(file.path.removeprefix(f"{change}/"), file.items) for file in files] == [
        (
            "specs/lock/spec.md",
            {
                "requirement": 1,
                "scenario": 1,
                "requirement that changes another": 1,
                "requirement that retires another": 1,
            },
        ),
        ("tasks.md", {"task": 1}),
    ]
    assert (files[0].unknown, files[1].total) == (4, 0)


def test_specs_of_kiro_are_counted_by_kind() -> None:
    spec = b"# R\n\n## Introduction\n\nabc\n\n## Requirements\n\n### Requirement 1: A\n\n"
    criteria = b"#### Acceptance Criteria\n\n1. It SHALL.\n2. It SHALL.\n"
    files = read_kiro(
        {
            ".kiro/specs/a/requirements.md": spec + criteria,
            ".kiro/specs/a/tasks.md": b"- [ ]* 1. a\n  - _Requirements: 1.9_\n",
            ".kiro/specs/a/research.md": b"b",
            ".kiro/specs/a/spec.json": b"{}",
            ".kiro/steering/tech.md": b"# Tech\n\n## Tests\n\nalways\n",
        }
    )
    assert [(file.path.removeprefix(".kiro/"), file.items, file.problems) for file in files] == [
        ("specs/a/requirements.md", {"story": 1, "requirement": 2}, ()),
        ("specs/a/research.md", {"copied document": 1}, ()),
        ("specs/a/tasks.md", {"task": 1, "mark without counterpart": 1}, ("task-ref-unknown",)),
        ("steering/tech.md", {"article": 1}, ()),
    ]
    assert files[0].unknown == len("##Introductionabc")


def test_every_corpus_has_counts_by_hand() -> None:
    counted = json.loads(HAND_COUNTS.read_text(encoding="utf-8"))
    assert list(counted) == [corpus.name for corpus in CORPORA]


def test_differences_from_counts_by_hand_are_told() -> None:
    files = [ReadFile(path="a.md", items={"task": 2, "story": 1}, problems=())]
    counts: dict[str, dict[str, int | str]] = {
        "a.md": {"task": 3, "note": "one is crossed out"},
        "b.md": {},
    }
    assert render_hand_counts(files, counts).splitlines()[2:] == [
        "| a.md | task | 3 | 2 | differs: one is crossed out |",
        "| a.md | story | 0 | 1 | differs: one is crossed out |",
        "| b.md | any item | 0 | 0 | same |",
    ]
