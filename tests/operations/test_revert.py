from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.operations.revert import Outcome, revert
from tests.cli.projects import CODE_PATH, RECORD_PATH, SPEC_PATH, TEST_PATH

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VERIFIED_PATH = "specs/001-titles/headwater.lock/C1.verified.jsonl"
FEATURE_PATH = "specs/001-titles/headwater.lock/feature.json"


def read_all(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not {".git", ".headwater"} & set(path.relative_to(root).parts)
    }


def outcomes(root: Path, file: str = "") -> dict[str, Outcome]:
    report = revert(root, root / file if file else None)
    return {entry.path: entry.outcome for entry in report.files}


def test_restores_an_edited_file_byte_for_byte_and_nothing_else(
    built: Path, run_git: Callable[..., str]
) -> None:
    before = read_all(built)
    (built / CODE_PATH).write_bytes(b"edited\r\n")
    (built / TEST_PATH).write_bytes(b"edited too\n")
    (built / "README.md").write_bytes(b"mine\n")
    (built / "new.txt").write_bytes(b"mine\n")

    report = revert(built, built / CODE_PATH)

    assert [(one.path, one.outcome) for one in report.files] == [(CODE_PATH, Outcome.RESTORED)]
    assert report.files[0].commit == run_git(built, "rev-parse", "HEAD").strip()
    after = read_all(built)
    assert after[CODE_PATH] == before[CODE_PATH]
    assert after[TEST_PATH] == b"edited too\n"
    assert after["README.md"] == after["new.txt"] == b"mine\n"


def test_brings_back_what_is_missing(built: Path) -> None:
    before = read_all(built)
    shutil.rmtree(built / "src")

    assert outcomes(built, "src") == {CODE_PATH: Outcome.RESTORED}
    assert read_all(built) == before


def test_leaves_index_and_history_as_they_are(built: Path, run_git: Callable[..., str]) -> None:
    (built / CODE_PATH).write_bytes(b"edited\n")
    run_git(built, "add", "--all")
    index, head = run_git(built, "ls-files", "-s"), run_git(built, "rev-parse", "HEAD")

    revert(built, built / CODE_PATH)

    assert (run_git(built, "ls-files", "-s"), run_git(built, "rev-parse", "HEAD")) == (index, head)


def test_finds_the_recorded_bytes_in_history_when_head_has_others(
    built: Path, run_git: Callable[..., str]
) -> None:
    before = read_all(built)
    recorded = run_git(built, "log", "-1", "--format=%H", "--", CODE_PATH).strip()
    for text in (b"first edit\n", b"second edit\n"):
        (built / CODE_PATH).write_bytes(text)
        run_git(built, "commit", "--quiet", "-am", "Edit by hand")

    report = revert(built, built / CODE_PATH)

    assert report.files[0].commit == recorded
    assert read_all(built) == before


def test_an_untouched_file_is_unchanged(built: Path) -> None:
    before = read_all(built)

    assert outcomes(built, CODE_PATH) == {CODE_PATH: Outcome.UNCHANGED}
    assert outcomes(built, "src") == {}
    assert outcomes(built) == {}
    assert read_all(built) == before


def test_everything_at_once(built: Path) -> None:
    """Edited and missing files, a feature's own files, and a damaged record."""
    before = read_all(built)
    (built / CODE_PATH).write_bytes(b"edited\n")
    (built / TEST_PATH).unlink()
    (built / "tests/001_titles/conftest.py").write_bytes(b"")
    (built / RECORD_PATH).write_bytes(before[RECORD_PATH].replace(b"001/C1", b"001/C9", 1))

    assert set(outcomes(built).values()) == {Outcome.RESTORED}
    assert read_all(built) == before


@pytest.mark.parametrize("path", [RECORD_PATH, FEATURE_PATH])
@pytest.mark.parametrize("content", [b"", b"{}", b"no JSON", None])
def test_restores_a_damaged_or_lost_record(built: Path, path: str, content: bytes | None) -> None:
    before = read_all(built)
    if content is None:
        (built / path).unlink()
    else:
        (built / path).write_bytes(content)

    assert outcomes(built, path) == {path: Outcome.RESTORED}
    assert read_all(built) == before


def test_a_record_that_was_committed_damaged_comes_from_before(
    built: Path, run_git: Callable[..., str]
) -> None:
    before = read_all(built)
    (built / RECORD_PATH).write_bytes(b"damaged\n")
    run_git(built, "commit", "--quiet", "-am", "Damage the record")

    assert outcomes(built, RECORD_PATH) == {RECORD_PATH: Outcome.RESTORED}
    assert read_all(built) == before


def test_a_sound_record_and_a_merge_conflict_stay_as_they_are(built: Path) -> None:
    assert outcomes(built, RECORD_PATH) == {RECORD_PATH: Outcome.UNCHANGED}
    conflict = b"<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n"
    (built / RECORD_PATH).write_bytes(conflict)

    assert outcomes(built) == {}
    assert (built / RECORD_PATH).read_bytes() == conflict


@pytest.mark.parametrize("path", ["README.md", SPEC_PATH, VERIFIED_PATH, "nothing.py", "docs"])
def test_a_file_that_no_record_names_is_refused(built: Path, path: str) -> None:
    (built / "docs").mkdir()
    (built / SPEC_PATH).write_bytes(b"# edited\n")

    with pytest.raises(HeadwaterError, match="no lock record names"):
        revert(built, built / path)
    assert (built / SPEC_PATH).read_bytes() == b"# edited\n"


def test_nothing_is_written_when_one_file_cannot_be_found(
    built: Path, run_git: Callable[..., str]
) -> None:
    """History that was cut off no longer holds the code as recorded."""
    (built / CODE_PATH).write_bytes(b"edited\n")
    run_git(built, "checkout", "--quiet", "--orphan", "cut")
    run_git(built, "commit", "--quiet", "-am", "All that is left")
    (built / TEST_PATH).write_bytes(b"edited\n")

    with pytest.raises(HeadwaterError, match=f"expected {CODE_PATH} as it was recorded"):
        revert(built, None)
    assert (built / TEST_PATH).read_bytes() == b"edited\n"
