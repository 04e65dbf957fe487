"""Kept results are saved work and no more: whatever happens to them, the answer is right."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from headwater.workspace.kept_results import KeptResults

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_kept_is_found_by_another_process(tmp_path: Path) -> None:
    KeptResults(tmp_path / "a" / "kept").keep({b"one": b"1", b"two": b"2"})
    again = KeptResults(tmp_path / "a" / "kept")
    assert again.find([b"one", b"two", b"three"]) == {b"one": b"1", b"two": b"2"}
    again.keep({b"one": b"new"})
    assert again.find([b"one"]) == {b"one": b"new"}


def test_more_keys_than_one_question_holds(tmp_path: Path) -> None:
    results = {str(number).encode(): b"x" for number in range(1300)}
    kept = KeptResults(tmp_path / "kept")
    kept.keep(results)
    assert kept.find(results) == results


def test_nothing_is_there_before_anything_is_kept(tmp_path: Path) -> None:
    kept = KeptResults(tmp_path / "kept")
    assert kept.find([b"one"]) == {}
    kept.keep({})
    assert not (tmp_path / "kept").exists()


def test_a_damaged_file_is_begun_anew(tmp_path: Path) -> None:
    place = tmp_path / "kept"
    place.write_bytes(b"no database at all, and longer than a header of SQLite's" * 40)
    kept = KeptResults(place)
    assert kept.find([b"one"]) == {}
    kept.keep({b"one": b"1"})
    assert kept.find([b"one"]) == {b"one": b"1"}


def test_a_place_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    kept = KeptResults(tmp_path / "file" / "kept")
    kept.keep({b"one": b"1"})
    assert kept.find([b"one"]) == {}


def test_what_was_not_used_for_longest_is_forgotten(tmp_path: Path) -> None:
    place = tmp_path / "kept"
    kept = KeptResults(place, most_bytes=400_000)
    kept.keep({b"old": b"x" * 150_000, b"used": b"y" * 150_000})
    with closing(sqlite3.connect(place)) as database, database:
        database.execute("UPDATE results SET used = 0")
    assert kept.find([b"used"]) == {b"used": b"y" * 150_000}  # and it is marked as used now
    kept.keep({b"new": b"z" * 150_000})
    found = kept.find([b"old", b"used", b"new"])
    assert b"old" not in found
    assert {b"used", b"new"} <= found.keys()
