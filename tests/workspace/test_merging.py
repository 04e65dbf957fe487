"""Three-way merges."""

from __future__ import annotations

from headwater.workspace.merging import merge_texts

BASE = b"one\n\ntwo\n\nthree\n"


def test_changes_to_different_places_come_together() -> None:
    merged = merge_texts(
        base=BASE, current=b"ONE\n\ntwo\n\nthree\n", proposed=b"one\n\ntwo\n\nTHREE\n"
    )
    assert (merged.data, merged.conflicts) == (b"ONE\n\ntwo\n\nTHREE\n", 0)


def test_changes_to_one_place_are_marked_and_counted() -> None:
    merged = merge_texts(base=BASE, current=b"1\n\ntwo\n\nthree\n", proposed=b"I\n\ntwo\n\nthree\n")
    assert merged.conflicts == 1
    assert b"<<<<<<< as it is\n1\n" in merged.data
    assert b"=======\nI\n>>>>>>> as it is drafted now\n" in merged.data


def test_marks_that_a_text_quotes_are_no_conflicts() -> None:
    quoted = b"<<<<<<< example\n"
    merged = merge_texts(base=BASE, current=BASE + quoted, proposed=b"1\n\ntwo\n\nthree\n")
    assert (merged.data, merged.conflicts) == (b"1\n\ntwo\n\nthree\n" + quoted, 0)
