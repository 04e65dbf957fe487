"""What reports name by themselves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from headwater.steps.triage.clues import Frame, read_clues

TRACEBACK = """\
It broke again this morning.

Traceback (most recent call last):
  File "/app/run.py", line 3, in <module>
    print(f(1))
  File "/app/src/sums/f.py", line 12, in f
    return 1 / 0
           ~~^~~
ZeroDivisionError: division by zero

See FR-002.
"""


def test_a_traceback_is_frames_and_an_error_and_the_rest_is_prose() -> None:
    clues = read_clues(TRACEBACK, functions=["f"])
    assert clues.frames == (
        Frame(path="/app/run.py", line=3),
        Frame(path="/app/src/sums/f.py", line=12),
    )
    assert clues.error == "ZeroDivisionError: division by zero"
    assert clues.refs == ("FR-002",)
    assert [one.call for one in clues.claims] == ["`f(1)`"]
    assert clues.prose == "It broke again this morning.\n\n\nSee FR-002."


def test_the_output_of_pytest_names_tests_and_places() -> None:
    text = (
        "src/sums/f.py:12: ZeroDivisionError\n"
        "FAILED tests/001_sums/test_c1.py::test_fr_001[FR-001-1f9a03c2] - ZeroDivisionError\n"
    )
    clues = read_clues(text, functions=[])
    assert clues.tests == ("tests/001_sums/test_c1.py::test_fr_001[FR-001-1f9a03c2]",)
    assert clues.frames == (Frame(path="src/sums/f.py", line=12),)
    assert clues.refs == ()


def test_a_time_and_a_version_are_no_places() -> None:
    assert read_clues("at 12:30 with v1.2:3 on host:8080", functions=[]).frames == ()


@given(st.text(alphabet=st.sampled_from("f(1)[]{}'\"\\=→`|:, \nFRTfile\x00é"), max_size=200))
def test_any_text_is_read(text: str) -> None:
    clues = read_clues(text, functions=["f"])
    assert all(one.call.startswith("`f(") for one in clues.claims)
