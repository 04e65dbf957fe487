from __future__ import annotations

from typing import TYPE_CHECKING

from bench.corpora import main, render_corpus, render_hand_counts
from bench.corpus import ReadFile, read_spec_kit

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_reader_finds_what_was_counted_by_hand(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every count is the same, or says why it is not; so no change of the reader loses an item."""
    monkeypatch.setenv("HEADWATER_DATA", str(data_folder))
    assert main() == 0
    printed = capsys.readouterr().out
    assert "| requirement | 325 |" in printed
    assert printed.count("| same |") > 15
    assert "not explained" not in printed


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
    printed = render_corpus(files, given=4, seconds=0.5)
    assert "3 of 4 files read, in 0.50 s" in printed
    assert "| `item-without-id` | 1 |" in printed
    assert "1 of 45 bytes (2.2 %) were read as nothing." in printed


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
